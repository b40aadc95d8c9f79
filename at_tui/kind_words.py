"""Words about one training in its own name: the catalogue says AT-läkare where most are one.

Words about everybody in training need none of this: there the catalogue says läkare.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeVar

from schema.words import Kind

# Pydantic takes 0.1 s to import: at run time only for a BT.
if TYPE_CHECKING:
    from pydantic import BaseModel

M = TypeVar("M", bound="BaseModel")

_DOCTOR = re.compile(r"\bAT-(?=läkar)", re.IGNORECASE)
_QUOTED = frozenset({"id", "source", "note", "documents"})
"""Fields of a content file that name it, or say where it comes from: kept as they are."""


def of_kind(words: str, kind: str) -> str:
    """Return `words` of the catalogue for a training of this kind: the BT-läkare of a BT.

    Never for text that someone has written.
    """
    return words if kind == Kind.AT else _DOCTOR.sub(f"{Kind(kind)}-", words)


def of_kinds(words: str, kinds: Iterable[str]) -> str:
    """Return `words` of the catalogue for trainings of these kinds: AT- och BT-läkare for both."""
    found = set(kinds)
    if len(found) < len(Kind):
        return of_kind(words, next(iter(found), Kind.AT))
    both = "AT- OCH BT-" if words.isupper() else "AT- och BT-"
    return _DOCTOR.sub(both, words)


def content_of_kind(file: M, kind: str) -> M:
    """Return a content file (a form, a guide) with its questions and help as `of_kind` has them.

    Its id, its version and its sources are as they were.
    """
    if kind == Kind.AT:
        return file
    changed = {
        name: _said(value, kind)
        for name, value in file
        if name not in _QUOTED and value is not None
    }
    return file.model_copy(update=changed)


def _said(value: object, kind: str) -> object:
    from pydantic import BaseModel

    if isinstance(value, BaseModel):
        return content_of_kind(value, kind)
    if type(value) is str:
        return of_kind(value, kind)
    if type(value) in (tuple, list):
        return type(value)(_said(each, kind) for each in value)  # type: ignore[attr-defined, call-arg]
    return value
