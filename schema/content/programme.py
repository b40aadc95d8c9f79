"""A region's plan as data: what must happen, how often, by whom, and where that is written.

One file per region or site; `nationell` holds the law alone and the others extend it. A programme
with variants (a region with several hospitals) holds them all in one file, each requirement
naming the variants that it concerns.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from schema.content.base import (
    ContentFile,
    ContentModel,
    Label,
    Line,
    Slug,
    content_fault,
    first_repeated,
)
from schema.content.requirement import DocumentCode, RequirementId, RequirementSource
from schema.content.requirement_kinds import AnyRequirement
from schema.fault import Fault
from schema.words import AbsenceKind, Kind


class Document(ContentModel):
    """A document that requirements are taken from."""

    code: DocumentCode
    title: Label
    publisher: Annotated[Line, Field(min_length=1)]
    version: Annotated[Line, Field(max_length=40)] = ""
    valid_from: date | None = None
    valid_to: date | None = None
    link: Line = ""
    law: bool = False
    """Law, regulation or a national authority: it does not end with a region's plan."""


class Variant(ContentModel):
    """A hospital with a plan of its own within the programme."""

    id: Slug
    title: Label
    site: Label


class NamedCourse(ContentModel):
    """A course or activity that records can name, so that it can be chosen and counted."""

    id: Slug
    title: Label
    days: Annotated[float, Field(gt=0, le=60)] | None = None


class ServedRules(ContentModel):
    """Which absence counts as served time, and need not be made up."""

    counts: Annotated[tuple[AbsenceKind, ...], Field(max_length=7)]
    sick_days: Annotated[int, Field(strict=True, ge=0, le=400)] = 0
    """A spell of illness of at most so many calendar days counts; a longer one does not."""
    source: RequirementSource
    assumption: Line = ""


class Programme(ContentFile):
    """A plan. `extends` names the one whose requirements it takes over; `resolve` joins them."""

    kind: Literal["programme"]
    training: Kind = Kind.AT
    region: Label
    sites: Annotated[tuple[Label, ...], Field(max_length=20)] = ()
    extends: Slug | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    """The last day of the plan's own validity, inclusive."""
    documents: Annotated[tuple[Document, ...], Field(max_length=40)] = ()
    variants: Annotated[tuple[Variant, ...], Field(max_length=20)] = ()
    variant: Slug | None = None
    """Which of them this is, once resolved."""
    courses: Annotated[tuple[NamedCourse, ...], Field(max_length=60)] = ()
    served: ServedRules | None = None
    replaces: Annotated[tuple[RequirementId, ...], Field(max_length=60)] = ()
    """Requirements of the extended plan that this one asks for in its own words."""
    requirements: Annotated[tuple[AnyRequirement, ...], Field(max_length=200)] = ()

    @model_validator(mode="after")
    def _dates_are_in_order(self) -> Programme:
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise content_fault("end_before_start", at=("valid_to",))
        return self

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Programme:
        lists: dict[str, tuple[str, list[str]]] = {
            "documents": ("code", [document.code for document in self.documents]),
            "variants": ("id", [variant.id for variant in self.variants]),
            "courses": ("id", [course.id for course in self.courses]),
            "requirements": ("id", [requirement.id for requirement in self.requirements]),
        }
        for name, (field, ids) in lists.items():
            place = first_repeated(ids)
            if place is not None:
                raise content_fault("repeated_id", at=(name, place, field), value=ids[place])
        return self

    @model_validator(mode="after")
    def _names_are_known(self) -> Programme:
        if self.extends is None:
            known = {document.code for document in self.documents}
            for place, requirement in enumerate(self.requirements):
                if requirement.source.document not in known:
                    raise content_fault(
                        "unknown_document",
                        at=("requirements", place, "source", "document"),
                        value=requirement.source.document,
                    )
        variants = {variant.id for variant in self.variants}
        for place, requirement in enumerate(self.requirements):
            for name in requirement.variants:
                if self.variant is None and name not in variants:
                    raise content_fault(
                        "unknown_variant", at=("requirements", place, "variants"), value=name
                    )
        return self

    def requirement(self, id: str) -> AnyRequirement | None:
        """Return the requirement with `id`, or None."""
        return next((found for found in self.requirements if found.id == id), None)

    def document(self, code: str) -> Document | None:
        """Return the document with `code`, or None."""
        return next((found for found in self.documents if found.code == code), None)


def resolve(
    programme: Programme, others: Mapping[str, Programme], variant: str | None = None
) -> Programme:
    """Return `programme` joined with what it extends, for one variant.

    Its own requirements come first, then the extended plan's that it neither holds under the
    same id nor replaces. Without a variant, only what concerns every variant is left.

    Raises:
        Fault: `programme.unknown_parent`, `programme.circle`, `programme.unknown_variant`,
            `programme.unknown_document` or `programme.unknown_replaced`, each with `programme`
            and `value`.
    """
    chain = [programme]
    while (parent := chain[-1].extends) is not None:
        if parent not in others:
            raise Fault("programme.unknown_parent", programme=programme.id, value=parent)
        if any(parent == link.id for link in chain):
            raise Fault("programme.circle", programme=programme.id, value=parent)
        chain.append(others[parent])
    joined = chain.pop()
    while chain:
        joined = _join(chain.pop(), joined)
    return _choose(joined, variant)


def variant_ids(programme: Programme) -> list[tuple[str, str | None]]:
    """Return what a training can name: (programme id, variant), `orebro-uso` for a variant."""
    if not programme.variants:
        return [(programme.id, None)]
    return [(f"{programme.id}-{variant.id}", variant.id) for variant in programme.variants]


def find(programmes: Mapping[str, Programme], id: str) -> Programme:
    """Return the resolved programme that a training names, e.g. `varmland` or `orebro-uso`.

    Raises:
        Fault: `programme.unknown` with `value`, or what `resolve` raises.
    """
    if id in programmes:
        return resolve(programmes[id], programmes)
    for programme in programmes.values():
        for name, variant in variant_ids(programme):
            if name == id:
                return resolve(programme, programmes, variant)
    raise Fault("programme.unknown", exit_code=2, value=id)


def _join(child: Programme, parent: Programme) -> Programme:
    """Return `child` with everything of `parent` that it does not say itself."""
    own = {requirement.id for requirement in child.requirements}
    inherited = {requirement.id for requirement in parent.requirements}
    for id in child.replaces:
        if id not in inherited:
            raise Fault("programme.unknown_replaced", programme=child.id, value=id)
    kept = tuple(
        requirement
        for requirement in parent.requirements
        if requirement.id not in own and requirement.id not in child.replaces
    )
    codes = {document.code for document in child.documents}
    documents = child.documents + tuple(
        document for document in parent.documents if document.code not in codes
    )
    known = {document.code for document in documents}
    for requirement in child.requirements:
        if requirement.source.document not in known:
            value = f"{requirement.id}: {requirement.source.document}"
            raise Fault("programme.unknown_document", programme=child.id, value=value)
    names = {course.id for course in child.courses}
    courses = child.courses + tuple(course for course in parent.courses if course.id not in names)
    return child.model_copy(
        update={
            "extends": None,
            "documents": documents,
            "courses": courses,
            "served": child.served or parent.served,
            "variants": child.variants or parent.variants,
            "requirements": child.requirements + kept,
        }
    )


def _choose(programme: Programme, variant: str | None) -> Programme:
    """Return `programme` for one of its variants, under that variant's own id and title."""
    if variant is None:
        shared = tuple(found for found in programme.requirements if not found.variants)
        return programme.model_copy(update={"requirements": shared})
    chosen = next((found for found in programme.variants if found.id == variant), None)
    if chosen is None:
        raise Fault("programme.unknown_variant", programme=programme.id, value=variant)
    return programme.model_copy(
        update={
            "id": f"{programme.id}-{variant}",
            "title": chosen.title,
            "sites": (chosen.site,),
            "variant": variant,
            "requirements": tuple(
                found
                for found in programme.requirements
                if not found.variants or variant in found.variants
            ),
        }
    )
