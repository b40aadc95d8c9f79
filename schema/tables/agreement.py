"""What was agreed, who does it, by when."""

import sqlalchemy as sa
from sqlmodel import Field

from schema.columns import ONE_LINE, Choice, Day, Name
from schema.tables.base import STRICT, Record, iso_day, reference
from schema.words import AgreementOwner


class Agreement(Record, table=True):
    """Överenskommelse. Open until it is done or dropped; open ones are carried to the next
    session of the same training."""

    __tablename__ = "agreement"
    __table_args__ = (iso_day("due"), STRICT)

    training_id: str = reference("training")
    origin_kind: str = Field(default="Supervision", max_length=40, sa_type=sa.Unicode)
    origin_id: str | None = Field(default=None, max_length=36, sa_type=sa.Unicode, index=True)
    """The record in which it was agreed: a session, a talk, a kollegium's decision."""
    text: Name = Field(sa_type=ONE_LINE)
    owner: AgreementOwner = Field(default=AgreementOwner.TRAINEE, sa_type=Choice(AgreementOwner))
    owner_id: str | None = Field(default=None, max_length=36, sa_type=sa.Unicode)
    """The named person, when the owner is more than a role."""
    agreed_on: Day
    due: Day | None = None
    done_on: Day | None = None
    dropped_on: Day | None = None
