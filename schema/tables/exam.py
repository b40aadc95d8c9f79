"""The kunskapsprov (eAT): registration and result."""

from sqlmodel import Field

from schema.columns import Day
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
