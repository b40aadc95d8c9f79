"""The kollegium and what it decides about each trainee."""

from sqlmodel import Field

from schema.columns import MANY_LINES, ONE_LINE, Choice, Day, Json, Line, Name, Note
from schema.tables.base import STRICT, Lockable, Record, iso_day, reference
from schema.words import Outcome


class Kollegium(Record, table=True):
    """The meeting. `evidence` freezes what it saw: version ids by record id."""

    __tablename__ = "kollegium"
    __table_args__ = (iso_day("day"), STRICT)

    title: Name = Field(sa_type=ONE_LINE)
    day: Day
    evidence_on: Day | None = None
    programme_id: Line = Field(default="", sa_type=ONE_LINE)
    present: list[str] = Field(default_factory=list, sa_type=Json, max_length=200)
    evidence: dict[str, str] = Field(default_factory=dict, sa_type=Json)
    closed_on: Day | None = None


class Decision(Lockable, table=True):
    """The kollegium's outcome for one training."""

    __tablename__ = "decision"
    __table_args__ = (STRICT,)

    kollegium_id: str = reference("kollegium")
    training_id: str = reference("training")
    outcome: Outcome | None = Field(default=None, sa_type=Choice(Outcome))
    text: Note = Field(default="", sa_type=MANY_LINES)
    shown_on: Day | None = None
