"""One person's whole AT or BT."""

from pydantic import model_validator
from sqlmodel import Field

from schema.columns import MANY_LINES, ONE_LINE, Choice, Day, Line, Note
from schema.tables.base import STRICT, Record, iso_day, reference
from schema.words import Kind


class Training(Record, table=True):
    """Tjänstgöring: which programme and curriculum, from when, for how long.

    The versions are those it started under; moving to newer ones is an explicit act.
    """

    __tablename__ = "training"
    __table_args__ = (iso_day("start"), iso_day("end"), STRICT)

    trainee_id: str = reference("trainee")
    kind: Kind = Field(default=Kind.AT, sa_type=Choice(Kind))
    programme_id: Line = Field(default="nationell", sa_type=ONE_LINE)
    programme_version: Line = Field(default="", sa_type=ONE_LINE)
    curriculum_id: Line = Field(default="", sa_type=ONE_LINE)
    curriculum_version: Line = Field(default="", sa_type=ONE_LINE)
    start: Day
    end: Day | None = None
    """Last day by the person's own plan, inclusive."""
    norm_months: int = Field(default=18, ge=1, le=120)
    """Length of the block at full time, months."""
    main_supervisor_id: str | None = reference("person", optional=True)
    """Huvudhandledare."""
    ended_on: Day | None = None
    """Day the training was finished or broken off."""
    ended_reason: Line = Field(default="", sa_type=ONE_LINE)
    completed: bool | None = None
    """Whether it was finished, and not broken off; None when nobody has said."""
    stayed: bool | None = None
    """Whether the doctor works in the region a year after; None when nobody has said."""
    note: Note = Field(default="", sa_type=MANY_LINES)

    @model_validator(mode="after")
    def _order(self) -> "Training":
        if self.end and self.end < self.start:
            raise ValueError("invalid.end_before_start")
        return self
