"""The kunskapsprov (eAT): when it is given, registration and result."""

from typing import Annotated

from pydantic import StringConstraints, model_validator
from sqlmodel import Field

from schema.columns import ONE_LINE, Day, Json, Line
from schema.tables.base import STRICT, Record, iso_day, reference


class ExamSitting(Record, table=True):
    """One sitting of the eAT-prov; `passed` is empty until the result is known."""

    __tablename__ = "exam_sitting"
    __table_args__ = (iso_day("day"), STRICT)

    training_id: str = reference("training")
    day: Day
    registered_on: Day | None = None
    oral: bool = False
    points: int | None = Field(default=None, ge=0, le=80)
    passed: bool | None = None
    documents: list[Annotated[str, StringConstraints(max_length=64)]] = Field(
        default_factory=list, sa_type=Json, max_length=40
    )
    """Ids of what the registration asks for and has been seen to (`data/exams/`)."""


class ExamDate(Record, table=True):
    """A day on which the eAT-prov is given, as a study director has typed it in."""

    __tablename__ = "exam_date"
    __table_args__ = (iso_day("day"), STRICT)

    day: Day
    opens_on: Day | None = None
    """First day of registration."""
    apply_by: Day | None = None
    """Last day of registration, inclusive."""
    source: Line = Field(default="", sa_type=ONE_LINE)

    @model_validator(mode="after")
    def _order(self) -> "ExamDate":
        if self.apply_by and self.apply_by > self.day:
            raise ValueError("invalid.apply_after_day")
        if self.opens_on and self.apply_by and self.opens_on > self.apply_by:
            raise ValueError("invalid.end_before_start")
        return self
