"""The written rules by which a kollegium's cases are sorted before the meeting.

A rule counts one thing and says how much of it there must be, or may be. Whoever does not keep a
rule is put in its group, and the rule is always shown beside the name. Those whom no rule holds
are on track.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field, model_validator

from schema.content.base import (
    ContentFile,
    ContentModel,
    Label,
    Slug,
    Source,
    content_fault,
    first_repeated,
)
from schema.content.instrument import Category
from schema.content.requirement import Strength
from schema.words import Outcome

Measure: TypeAlias = Literal[
    "observations",
    "assessors",
    "settings",
    "narratives",
    "supervision_share",
    "quiet_weeks",
    "late",
    "missing",
    "falling",
    "low",
    "concern",
    "open_actions",
    "last_outcome",
]
"""What a rule counts:

`observations` signed forms · `assessors` different ones · `settings` different ones ·
`narratives` forms in which somebody wrote what to keep or change · `supervision_share` per cent
of the placement's weeks with a session held · `quiet_weeks` whole weeks since the last session ·
`late`, `missing` requirements of the programme · `falling` areas in which the two latest levels
are lower than the two before · `low` areas whose latest level is low · `concern` open stödplaner
· `open_actions` actions of earlier kollegier that are late · `last_outcome` whether the last
kollegium decided one of some outcomes."""

COUNTED_FORMS = frozenset({"observations", "assessors", "settings", "narratives"})
_WINDOWED = COUNTED_FORMS | {"supervision_share", "falling", "low"}
_ENOUGH = COUNTED_FORMS | {"supervision_share"}
_OF_PROGRAMME = frozenset({"late", "missing"})

RequirementKind: TypeAlias = Literal[
    "duration", "order", "cadence", "hours", "course", "milestone", "assessment",
    "qualification", "kollegium", "leave", "account", "absence", "exam",
]  # fmt: skip


class TriageRule(ContentModel):
    """One rule: what is counted, over which time, and where the line goes."""

    id: Slug
    label: Label
    """The rule in one line, as the study director reads it."""
    group: Literal[Outcome.TALK, Outcome.THIN_EVIDENCE]
    """Where it puts whoever does not keep it: `talk` or `thin_evidence`."""
    measure: Measure
    at_least: Annotated[int, Field(strict=True, ge=1, le=100)] | None = None
    at_most: Annotated[int, Field(strict=True, ge=0, le=100)] | None = None
    weeks: Annotated[int, Field(strict=True, ge=1, le=260)] | None = None
    """Only what lies within so many weeks back; None: the whole training."""
    from_week: Annotated[int, Field(strict=True, ge=1, le=260)] = 1
    """Not asked of those who have not come to this week of the training."""
    categories: Annotated[tuple[Category, ...], Field(max_length=7)] = ("observation", "exam")
    """Kinds of forms that count."""
    strengths: Annotated[tuple[Strength, ...], Field(max_length=4)] = ("ska",)
    """How binding the requirements are that count."""
    kinds: Annotated[tuple[RequirementKind, ...], Field(max_length=13)] = ()
    """Kinds of requirements that count; empty: all."""
    drop: Annotated[float, Field(gt=0, le=9)] = 1
    """How many steps of the scale is a fall."""
    level: Annotated[int, Field(strict=True, ge=0, le=9)] = 1
    """At this step of the scale, counted from its lowest as 1, or below it is low."""
    outcomes: Annotated[tuple[Outcome, ...], Field(max_length=5)] = ()
    active: bool = True
    source: Source

    @model_validator(mode="after")
    def _the_line_fits_the_measure(self) -> TriageRule:
        wanted = "at_least" if self.measure in _ENOUGH else "at_most"
        other = "at_most" if wanted == "at_least" else "at_least"
        if getattr(self, wanted) is None:
            raise content_fault("triage_line", at=(wanted,), value=wanted, measure=self.measure)
        given = self.model_fields_set
        loose = {
            other: True,
            "weeks": self.measure not in _WINDOWED,
            "categories": self.measure not in COUNTED_FORMS,
            "strengths": self.measure not in _OF_PROGRAMME,
            "kinds": self.measure not in _OF_PROGRAMME,
            "drop": self.measure != "falling",
            "level": self.measure != "low",
            "outcomes": self.measure != "last_outcome",
        }
        for key, no_use in loose.items():
            if no_use and key in given:
                raise content_fault("triage_key", at=(key,), value=key, measure=self.measure)
        if self.measure == "last_outcome" and not self.outcomes:
            raise content_fault("triage_outcomes", at=("outcomes",))
        return self


class TriageRules(ContentFile):
    """A set of rules; the first that is in use under `standard` is used unless another is named."""

    kind: Literal["triage"]
    rules: Annotated[tuple[TriageRule, ...], Field(min_length=1, max_length=60)]

    @model_validator(mode="after")
    def _ids_are_unique(self) -> TriageRules:
        place = first_repeated([rule.id for rule in self.rules])
        if place is not None:
            raise content_fault(
                "repeated_id", at=("rules", place, "id"), value=self.rules[place].id
            )
        return self

    def rule(self, id: str) -> TriageRule | None:
        """Return the rule with `id`, or None."""
        return next((rule for rule in self.rules if rule.id == id), None)
