"""The kollegium, what it decides about each trainee, and the evidence it had before it."""

from typing import Any

from pydantic import field_validator
from sqlmodel import Field

from schema.columns import (
    MANY_LINES,
    ONE_LINE,
    Choice,
    Day,
    Json,
    Line,
    Moment,
    Name,
    Note,
    Utc,
    cleaned,
)
from schema.tables.base import STRICT, Lockable, Record, iso_day, reference
from schema.words import MeetingRhythm, Outcome


def _bounded(value: Any) -> Any:
    """Clean a JSON value, and refuse one that no meeting fills."""
    if len(repr(value)) > 200_000:
        raise ValueError("invalid.too_much")
    return cleaned(value)


class MeetingSeries(Record, table=True):
    """How often a programme's kollegium meets, and who is called to it.

    Each meeting falls on the `week`-th `weekday` of one of the `months`; the month is what a
    meeting of the series is known by, so that a moved meeting stays the same one.
    """

    __tablename__ = "meeting_series"
    __table_args__ = (iso_day("first_on"), STRICT)

    title: Name = Field(sa_type=ONE_LINE)
    programme_id: Line = Field(default="", sa_type=ONE_LINE)
    rhythm: MeetingRhythm = Field(default=MeetingRhythm.QUARTERLY, sa_type=Choice(MeetingRhythm))
    months: list[int] = Field(default_factory=list, sa_type=Json, max_length=12)
    """1 to 12; empty: the months that the rhythm proposes."""
    weekday: int = Field(default=1, ge=0, le=4)
    """0 is Monday."""
    week: int = Field(default=3, ge=1, le=5)
    """Which such weekday of the month; 5 is the last."""
    starts_at: Line = Field(default="13.00", sa_type=ONE_LINE)
    """Swedish time, "13.00"."""
    minutes: int = Field(default=120, ge=15, le=600)
    place: Line = Field(default="", sa_type=ONE_LINE)
    invited: list[dict[str, str]] = Field(default_factory=list, sa_type=Json, max_length=200)
    """`name` and `email` of each, and `person_id` of those in the register."""
    agenda: Note = Field(default="", sa_type=MANY_LINES)
    """Empty: the usual agenda."""
    first_on: Day | None = None
    """No meeting before this day."""
    active: bool = True

    @field_validator("months", mode="after")
    @classmethod
    def _real_months(cls, value: list[int]) -> list[int]:
        if any(not 1 <= month <= 12 for month in value):
            raise ValueError("invalid.month")
        return sorted(set(value))

    @field_validator("invited", mode="after")
    @classmethod
    def _clean(cls, value: list[dict[str, str]]) -> list[dict[str, str]]:
        bounded: list[dict[str, str]] = _bounded(value)
        return bounded


class Kollegium(Record, table=True):
    """The meeting: when and where, who took part, and whose turn comes when."""

    __tablename__ = "kollegium"
    __table_args__ = (iso_day("day"), STRICT)

    title: Name = Field(sa_type=ONE_LINE)
    day: Day
    starts_at: Line = Field(default="", sa_type=ONE_LINE)
    """Swedish time, "13.00"; empty when it is not said."""
    minutes: int = Field(default=120, ge=15, le=600)
    """How long it is planned to take."""
    place: Line = Field(default="", sa_type=ONE_LINE)
    programme_id: Line = Field(default="", sa_type=ONE_LINE)
    series_id: str | None = reference("meeting_series", optional=True)
    period: Line = Field(default="", sa_type=ONE_LINE)
    """Which meeting of its series it is, e.g. "2026-11"."""
    chair_id: str | None = reference("person", optional=True)
    evidence_on: Day | None = None
    """The records are seen as they stood at the end of this day."""
    training_ids: list[str] = Field(default_factory=list, sa_type=Json, max_length=500)
    """Those to be taken up, in the order of the meeting; empty until it is opened."""
    attendance: list[dict[str, str]] = Field(default_factory=list, sa_type=Json, max_length=200)
    """`name` and `role` of each, and `person_id` of those in the register."""
    reminded: dict[str, str] = Field(default_factory=dict, sa_type=Json)
    """Day (ISO 8601) on which a person or unit was last asked for what is lacking, by id."""
    note: Note = Field(default="", sa_type=MANY_LINES)
    closed_on: Day | None = None

    @field_validator("attendance", "reminded", mode="after")
    @classmethod
    def _clean(cls, value: Any) -> Any:
        return _bounded(value)


class Decision(Lockable, table=True):
    """The kollegium's outcome for one training. Its actions are agreements that name it."""

    __tablename__ = "decision"
    __table_args__ = (STRICT,)

    kollegium_id: str = reference("kollegium")
    training_id: str = reference("training")
    outcome: Outcome | None = Field(default=None, sa_type=Choice(Outcome))
    """None: taken up, or about to be, and not yet decided."""
    text: Note = Field(default="", sa_type=MANY_LINES)
    discussed_on: Day | None = None
    """Day on which the page was on the screen of the meeting."""
    shown_on: Day | None = None
    """Day on which the trainee was told."""


class FrozenEvidence(Record, table=True):
    """What a kollegium had before it about one training; written once, never changed.

    `versions` are ids of the change history, each of which names its record: what stood there
    then can be read there as long as it has not been lawfully erased.
    """

    __tablename__ = "frozen_evidence"
    __table_args__ = (iso_day("evidence_on"), STRICT)

    kollegium_id: str = reference("kollegium")
    training_id: str = reference("training")
    evidence_on: Day
    taken_at: Moment = Field(sa_type=Utc)
    versions: list[str] = Field(default_factory=list, sa_type=Json, max_length=20_000)
    rules_id: Line = Field(default="", sa_type=ONE_LINE)
    rules_version: Line = Field(default="", sa_type=ONE_LINE)
    proposal: Outcome | None = Field(default=None, sa_type=Choice(Outcome))
    """What the rules proposed: på spår, för tunt underlag or samtal."""
    reasons: list[dict[str, Any]] = Field(default_factory=list, sa_type=Json, max_length=100)
    """The rules that said so: `rule` and the `sentence` as it was shown."""
    findings: list[dict[str, Any]] = Field(default_factory=list, sa_type=Json, max_length=300)
    """`requirement`, `status` and `sentence` of the programme's requirements."""

    @field_validator("reasons", "findings", mode="after")
    @classmethod
    def _clean(cls, value: Any) -> Any:
        return _bounded(value)
