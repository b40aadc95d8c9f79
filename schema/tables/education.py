"""Lectures, courses, self-study, conferences."""

import sqlalchemy as sa
from pydantic import model_validator
from sqlmodel import Field

from schema.columns import ONE_LINE, Choice, Day, Line, Name
from schema.tables.base import STRICT, Record, iso_day, reference
from schema.words import EducationKind


class Education(Record, table=True):
    """Utbildning: minutes for teaching and self-study, days for courses and conferences."""

    __tablename__ = "education"
    __table_args__ = (
        sa.Index("education_by_training", "training_id", "day"),
        iso_day("day"),
        STRICT,
    )

    training_id: str = reference("training")
    placement_id: str | None = reference("placement", optional=True)
    kind: EducationKind = Field(sa_type=Choice(EducationKind))
    title: Name = Field(sa_type=ONE_LINE)
    course_id: Line = Field(default="", sa_type=ONE_LINE)
    """Id of the named course in the programme, when it is one."""
    day: Day
    minutes: int = Field(default=0, ge=0, le=14_400)
    days: float = Field(default=0, ge=0, le=60)
    planned: bool = False
    """Not held yet, or nobody has said who was there: neither attended nor missed."""
    attended: bool = True
    absence_notified: bool = False
    absence_reason: Line = Field(default="", sa_type=ONE_LINE)
    compulsory: bool = False

    @model_validator(mode="after")
    def _known_when_held(self) -> "Education":
        if self.planned and (self.attended or self.absence_notified or self.absence_reason):
            raise ValueError("invalid.planned_presence")
        return self
