"""Section × unit × dates × percentage × supervisor."""

from pydantic import model_validator
from sqlmodel import Field

from schema.columns import MANY_LINES, ONE_LINE, Choice, Day, Line, Note
from schema.tables.base import STRICT, Record, iso_day, reference
from schema.words import SectionCode


class Placement(Record, table=True):
    """Placering. `end` is its last day, inclusive. Percentage is 50 to 100: below half time
    nothing counts (SOSFS 1999:5, 1 kap. 2 §)."""

    __tablename__ = "placement"
    __table_args__ = (iso_day("start"), iso_day("end"), STRICT)

    training_id: str = reference("training")
    section: SectionCode = Field(sa_type=Choice(SectionCode))
    unit_id: str | None = reference("unit", optional=True)
    specialty: Line = Field(default="", sa_type=ONE_LINE)
    """The clinic's specialty within the section, e.g. ortopedi."""
    start: Day
    end: Day
    percent: int = Field(default=100, ge=50, le=100)
    supervisor_id: str | None = reference("person", optional=True)
    clinical_supervisor_id: str | None = reference("person", optional=True)
    note: Note = Field(default="", sa_type=MANY_LINES)

    @model_validator(mode="after")
    def _order(self) -> "Placement":
        if self.end < self.start:
            raise ValueError("invalid.end_before_start")
        return self
