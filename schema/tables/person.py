"""Those around the doctor in training, and the roles they hold."""

from typing import Any

from pydantic import model_validator
from sqlmodel import Field

from schema.columns import MANY_LINES, ONE_LINE, Choice, Day, Line, Name, Note
from schema.tables.base import STRICT, Record, iso_day, reference, with_sort_key
from schema.words import RoleKind


class Person(Record, table=True):
    """Handledare, studierektor, verksamhetschef and others, with what qualifies them."""

    __tablename__ = "person"
    __table_args__ = (STRICT,)

    name: Name = Field(sa_type=ONE_LINE)
    sort_key: str = Field(default="", sa_type=ONE_LINE, index=True)
    title: Line = Field(default="", sa_type=ONE_LINE)
    """Position, e.g. överläkare, distriktsläkare."""
    email: Line = Field(default="", sa_type=ONE_LINE)
    phone: Line = Field(default="", sa_type=ONE_LINE)
    unit_id: str | None = reference("unit", optional=True)
    licensed: bool | None = None
    """Legitimerad läkare; None when nobody has said."""
    specialty: Line = Field(default="", sa_type=ONE_LINE)
    """Specialistkompetens; empty when none or unknown."""
    late_st: bool = False
    """ST-läkare late in training, judged fit to supervise."""
    permanent: bool | None = None
    """Tillsvidareanställd (Blekinge asks it of a delegate)."""
    supervisor_course_on: Day | None = None
    """Handledarutbildning done."""
    supervisor_refresher_on: Day | None = None
    consultation_course_on: Day | None = None
    presence_percent: int | None = Field(default=None, ge=0, le=100)
    """Share of working time at the unit, per cent."""
    active: bool = True

    @model_validator(mode="before")
    @classmethod
    def _sort(cls, values: Any) -> Any:
        return with_sort_key(values)


class Role(Record, table=True):
    """A role that a person holds, at a unit or everywhere, from a day to a day (inclusive)."""

    __tablename__ = "role"
    __table_args__ = (iso_day("start"), iso_day("end"), STRICT)

    person_id: str = reference("person")
    kind: RoleKind = Field(sa_type=Choice(RoleKind))
    unit_id: str | None = reference("unit", optional=True)
    start: Day | None = None
    end: Day | None = None
    delegated_by_id: str | None = reference("person", optional=True)
    """The verksamhetschef on whose delegation the person certifies."""
    note: Note = Field(default="", sa_type=MANY_LINES)

    @model_validator(mode="after")
    def _order(self) -> "Role":
        if self.start and self.end and self.end < self.start:
            raise ValueError("invalid.end_before_start")
        return self
