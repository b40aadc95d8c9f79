"""Development account: what is asked for and what is used."""

from sqlmodel import Field

from schema.columns import ONE_LINE, Day, Name
from schema.tables.base import STRICT, Record, iso_day, reference


class AccountEntry(Record, table=True):
    """One purchase on the development account, in whole öre."""

    __tablename__ = "account_entry"
    __table_args__ = (iso_day("receipt_on"), STRICT)

    training_id: str = reference("training")
    title: Name = Field(sa_type=ONE_LINE)
    amount_ore: int = Field(ge=0, le=100_000_000)
    approved_on: Day | None = None
    receipt_on: Day | None = None
    paid_on: Day | None = None
    capital_good: bool = False
