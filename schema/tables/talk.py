"""Talks and milestones: mittsamtal, halvtid, slutsamtal and the rest."""

from typing import Any

from sqlmodel import Field

from schema.columns import MANY_LINES, ONE_LINE, Choice, Day, Json, Line, Note
from schema.tables.base import STRICT, Lockable, iso_day, reference
from schema.words import TalkKind


class Talk(Lockable, table=True):
    """Samtal. `held_on` is empty while it is only booked for `booked_on`."""

    __tablename__ = "talk"
    __table_args__ = (iso_day("booked_on"), iso_day("held_on"), STRICT)

    training_id: str = reference("training")
    placement_id: str | None = reference("placement", optional=True)
    kind: TalkKind = Field(sa_type=Choice(TalkKind))
    booked_on: Day | None = None
    held_on: Day | None = None
    with_id: str | None = reference("person", optional=True)
    note: Note = Field(default="", sa_type=MANY_LINES)
    guide_version: Line = Field(default="", sa_type=ONE_LINE)
    """Version of the guide (`data/talks/`) whose questions `answers` answer."""
    answers: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    """By the id of the guide's question: text, or the id of what was chosen."""
    basis: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    """What the records said when it was signed: both saw this, whatever is recorded later."""
