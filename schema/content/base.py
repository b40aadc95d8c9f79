"""What all content files share: identity, bounded clean text, and faults that carry a code.

A content file comes from outside (a region's own, a colleague's), so every text is cleaned, every
list has an upper bound and unknown keys are refused.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from schema.text import clean


class ContentModel(BaseModel):
    """A piece of a content file: unknown keys are refused, and nothing changes once read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def content_fault(code: str, *, at: tuple[str | int, ...] = (), **values: object) -> Exception:
    """Return the error a validator raises for fault `code` of the catalogue `content`.

    `at` is the place below the model that is being validated, so that the line of the very item
    can be told and not only that of the list it stands in.
    """
    context: dict[str, Any] = {"at": at, **values}
    # The sentence for users is the catalogue's; this text is for developers.
    return PydanticCustomError(code, "content.{code}", {"code": code, **context})


def _one_line(value: object) -> object:
    return clean(value, one_line=True) if isinstance(value, str) else value


def _paragraphs(value: object) -> object:
    return clean(value).strip() if isinstance(value, str) else value


def _version(value: object) -> object:
    """Let `version = 1` stand for `version = "1"`: a hand-written file should not fail on it."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
"""A name for machines: small letters a–z, digits and hyphens. Also a file's name, so no dots."""
Version = Annotated[
    str,
    BeforeValidator(_version),
    StringConstraints(pattern=r"^[0-9]{1,4}(\.[0-9]{1,4}){0,3}$"),
]
"""Numbers with dots, ordered by number: 1 < 1.1 < 1.2 < 2 < 10."""
Label = Annotated[str, BeforeValidator(_one_line), StringConstraints(min_length=1, max_length=120)]
"""A heading, a question or a choice: one line, never empty."""
ShortLabel = Annotated[
    str, BeforeValidator(_one_line), StringConstraints(min_length=1, max_length=24)
]
"""What fits in a list's column or beside a digit on a line of 80."""
Line = Annotated[str, BeforeValidator(_one_line), StringConstraints(max_length=300)]
"""One line of explanation; may be empty."""
Paragraph = Annotated[str, BeforeValidator(_paragraphs), StringConstraints(max_length=2000)]
"""Several lines of explanation; may be empty."""
Source = Annotated[str, BeforeValidator(_one_line), StringConstraints(min_length=1, max_length=400)]
"""Where it is taken from: document and section. Never empty, for nothing ships without one."""


class ContentFile(ContentModel):
    """What every content file begins with."""

    kind: str
    id: Slug
    version: Version
    title: Label
    source: Source
    note: Annotated[Paragraph, Field(default="")]


def first_repeated(values: list[str]) -> int | None:
    """Return the place of the first value that has stood before, or None."""
    seen: set[str] = set()
    for place, value in enumerate(values):
        if value in seen:
            return place
        seen.add(value)
    return None
