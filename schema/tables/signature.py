"""Who signed which version of what, with which meaning, when."""

import sqlalchemy as sa
from sqlmodel import Field

from schema.columns import ONE_LINE, Choice, Line, Moment, Name, Utc
from schema.tables.base import STRICT, Record
from schema.words import Meaning


class Signature(Record, table=True):
    """A signature covers one version of one record and is shown in print."""

    __tablename__ = "signature"
    __table_args__ = (STRICT,)

    record_kind: str = Field(max_length=40, sa_type=sa.Unicode)
    record_id: str = Field(max_length=36, sa_type=sa.Unicode, index=True)
    version_id: str = Field(max_length=64, sa_type=sa.Unicode)
    """Hash id of the version in the change history that was signed."""
    signer_id: str = Field(max_length=36, sa_type=sa.Unicode)
    """A person's or a trainee's id."""
    signer_name: Name = Field(sa_type=ONE_LINE)
    signer_title: Line = Field(default="", sa_type=ONE_LINE)
    meaning: Meaning = Field(sa_type=Choice(Meaning))
    at: Moment = Field(sa_type=Utc)
    delegated_by: Line = Field(default="", sa_type=ONE_LINE)
    """The verksamhetschef's name when signed on delegation."""
