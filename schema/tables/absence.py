"""Away from the training: kind and days, never a diagnosis."""

from pydantic import model_validator
from sqlmodel import Field

from schema.columns import Choice, Day
from schema.tables.base import STRICT, Record, iso_day, reference
from schema.words import AbsenceKind


class Absence(Record, table=True):
    """Frånvaro from `start` to `end`, both inclusive. Holds no free text, so that no diagnosis
    can be written here."""

    __tablename__ = "absence"
    __table_args__ = (iso_day("start"), iso_day("end"), STRICT)

    training_id: str = reference("training")
    kind: AbsenceKind = Field(sa_type=Choice(AbsenceKind))
    start: Day
    end: Day
    percent: int = Field(default=100, ge=1, le=100)
    """How much of the working time the absence takes, per cent."""
    applied_on: Day | None = None
    approved_on: Day | None = None

    @model_validator(mode="after")
    def _order(self) -> "Absence":
        if self.end < self.start:
            raise ValueError("invalid.end_before_start")
        return self
