"""What the judge answers: one finding for each requirement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

Number = int | float | Fraction


class Status(StrEnum):
    """How it stands with a requirement on a day. Absence of records is never said to be absence
    of the thing: the sentence says what the records lack."""

    MET = "uppfyllt"
    ON_WAY = "på väg"
    """Nothing is due yet, or what was missed lies behind and it is on course again."""
    SOON = "snart"
    """Due within two weeks, and not yet in the records."""
    LATE = "försenat"
    """It was due, and can still be done."""
    MISSING = "saknas"
    """Not in the records, and can no longer be done in its time; or a limit that is not kept."""
    NOT_ASKED = "ej aktuellt"
    UNKNOWN = "kan inte bedömas"


URGENCY = (
    Status.LATE, Status.SOON, Status.MISSING, Status.UNKNOWN, Status.ON_WAY, Status.MET,
    Status.NOT_ASKED,
)  # fmt: skip
"""The order in which a reader needs them."""


@dataclass(frozen=True, slots=True)
class Source:
    """The sentence that asks for it."""

    document: str
    title: str
    section: str
    says: str
    verified: bool
    assumption: str
    """What had to be chosen to make it checkable; empty when the source says it all."""
    valid_to: date | None
    """The last day of the plan's validity, where it has one."""


@dataclass(frozen=True, slots=True)
class Part:
    """One window, placement or person of a requirement that concerns several."""

    label: str
    status: Status
    need: Number | None = None
    have: Number | None = None
    window: tuple[date, date] | None = None
    due: date | None = None
    counted: tuple[str, ...] = ()
    placement_id: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """How one requirement stands.

    `need` and `have` are in `unit`: months, weeks, hours, days, times, kr, or windows such as
    `week` of which so many were met.
    """

    requirement_id: str
    title: str
    kind: str
    strength: str
    status: Status
    need: Number | None
    have: Number | None
    unit: str | None
    window: tuple[date, date] | None
    """The window that `on` lies in, where the requirement has windows."""
    next_date: date | None
    counted: tuple[str, ...]
    """Ids of the records that counted, by day."""
    sentence: str
    source: Source
    in_force: bool
    """False when the plan's validity has ended: it is shown as what once held."""
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a kind says of a requirement; the judge adds what every finding carries."""

    status: Status
    sentence: str
    need: Number | None = None
    have: Number | None = None
    unit: str | None = None
    window: tuple[date, date] | None = None
    next_date: date | None = None
    counted: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
