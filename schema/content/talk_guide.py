"""A talk as data: which talks it is for, what is taken up, and whose questions they are.

The questions have the same form as an instrument's, so that one screen draws both.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from schema.content.instrument import Instrument
from schema.words import TalkKind


class TalkGuide(Instrument):
    """The questions of some kinds of talk."""

    kind: Literal["talk"]  # type: ignore[assignment]  # the same form under another name
    talks: Annotated[tuple[TalkKind, ...], Field(min_length=1, max_length=10)]
    basis: Literal["placement", "training"]
    """Whether it looks back on the placement or on the whole training."""
    agreements: Annotated[int, Field(strict=True, ge=0, le=12)] = 3
    """Empty lines for what is agreed, each with who and when; more may be added."""
    revised: bool = False
    """Whether a new version is a revision, as of a plan, and no correction."""
