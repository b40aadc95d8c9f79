"""Where a placement is done: a vårdcentral or a clinic."""

from typing import Any

from pydantic import model_validator
from sqlmodel import Field

from schema.columns import ONE_LINE, Day, Line, Name
from schema.tables.base import STRICT, Record, reference, with_sort_key


class Unit(Record, table=True):
    """Enhet: vårdcentral or clinic, with its verksamhetschef and approval as teaching unit."""

    __tablename__ = "unit"
    __table_args__ = (STRICT,)

    name: Name = Field(sa_type=ONE_LINE)
    sort_key: str = Field(default="", sa_type=ONE_LINE, index=True)
    site: Line = Field(default="", sa_type=ONE_LINE)
    """Hospital or town."""
    region: Line = Field(default="", sa_type=ONE_LINE)
    phone: Line = Field(default="", sa_type=ONE_LINE)
    head_id: str | None = reference("person", optional=True)
    """Verksamhetschef."""
    approved_on: Day | None = None
    """Day of the latest yearly approval as a teaching unit."""
    capacity: int | None = Field(default=None, ge=0, le=100)
    """How many in training the unit can take at a time."""
    active: bool = True

    @model_validator(mode="before")
    @classmethod
    def _sort(cls, values: Any) -> Any:
        return with_sort_key(values)
