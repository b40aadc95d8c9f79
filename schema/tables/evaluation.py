"""The trainee's view of a placement, anonymous once sealed."""

from typing import Any

from sqlmodel import Field, SQLModel

from schema.columns import ONE_LINE, Choice, Json, Line
from schema.identity import new_id
from schema.tables.base import STRICT, reference
from schema.words import SectionCode


class Evaluation(SQLModel, table=True):
    """Utvärdering: no trainee, no author, no exact time, and never in the change history, so
    that nobody can find out who wrote it. `period` is a half-year such as "2026-2"."""

    __tablename__ = "evaluation"
    __table_args__ = (STRICT,)

    id: str = Field(default_factory=new_id, primary_key=True, max_length=36)
    unit_id: str = reference("unit")
    section: SectionCode = Field(sa_type=Choice(SectionCode))
    period: Line = Field(sa_type=ONE_LINE)
    instrument_id: Line = Field(sa_type=ONE_LINE)
    instrument_version: Line = Field(sa_type=ONE_LINE)
    answers: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
