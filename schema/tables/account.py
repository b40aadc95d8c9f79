"""Development account: what is asked for and what is used."""

from sqlmodel import Field

from schema.columns import ONE_LINE, Choice, Day, Line, Name
from schema.tables.base import STRICT, Record, iso_day, reference
from schema.words import AccountPurpose


class AccountEntry(Record, table=True):
    """One purchase on the development account, in whole öre: applied for, approved or refused,
    and paid against its receipt."""

    __tablename__ = "account_entry"
    __table_args__ = (iso_day("receipt_on"), STRICT)

    training_id: str = reference("training")
    title: Name = Field(sa_type=ONE_LINE)
    purpose: AccountPurpose = Field(default=AccountPurpose.OTHER, sa_type=Choice(AccountPurpose))
    amount_ore: int = Field(ge=0, le=100_000_000)
    applied_on: Day | None = None
    approved_on: Day | None = None
    approved_by_id: str | None = reference("person", optional=True)
    refused_on: Day | None = None
    refused_reason: Line = Field(default="", sa_type=ONE_LINE)
    receipt_on: Day | None = None
    """Day of the original receipt."""
    paid_on: Day | None = None
    """Day the receipt was handed in and the money paid."""
    capital_good: bool = False
