"""The doctor in training."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from pydantic import field_validator, model_validator
from sqlmodel import Field

from schema.columns import ONE_LINE, Day, Line, Name
from schema.fault import Fault
from schema.personnummer import parse
from schema.tables.base import STRICT, Record, with_sort_key


class Trainee(Record, table=True):
    """AT-läkare or BT-läkare. Personnummer is optional: kept as 12 digits, masked on screen."""

    __tablename__ = "trainee"
    __table_args__ = (STRICT,)

    name: Name = Field(sa_type=ONE_LINE)
    sort_key: str = Field(default="", sa_type=ONE_LINE, index=True)
    personnummer: str | None = Field(default=None, sa_type=sa.Unicode)
    email: Line = Field(default="", sa_type=ONE_LINE)
    phone: Line = Field(default="", sa_type=ONE_LINE)
    start_group: Line = Field(default="", sa_type=ONE_LINE)
    """The group that begins together, e.g. "HT 2026"."""
    degree_on: Day | None = None
    """Day of läkarexamen."""
    degree_place: Line = Field(default="", sa_type=ONE_LINE)

    @field_validator("personnummer", mode="before")
    @classmethod
    def _twelve_digits(cls, value: object) -> object:
        if value is None or value == "":
            return None
        # Ten digits need a day to tell the century by: whoever takes them in reads them first.
        if not isinstance(value, str) or len(value) != 12:
            raise ValueError("personnummer.form")
        try:
            return parse(value, on=date.max).digits
        except Fault as fault:
            raise ValueError(fault.code) from None

    @model_validator(mode="before")
    @classmethod
    def _sort(cls, values: Any) -> Any:
        return with_sort_key(values)
