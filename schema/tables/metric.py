"""Yearly figures that no other record gives."""

from sqlmodel import Field

from schema.columns import ONE_LINE, Line, Name
from schema.tables.base import STRICT, Record


class Metric(Record, table=True):
    """Mätetal: a figure with numerator, denominator and target for one year."""

    __tablename__ = "metric"
    __table_args__ = (STRICT,)

    year: int = Field(ge=1990, le=2200, index=True)
    code: Name = Field(sa_type=ONE_LINE)
    numerator: float | None = None
    denominator: float | None = None
    target: float | None = None
    source: Line = Field(default="", sa_type=ONE_LINE)
