"""A supervisor's judgement that a goal is reached."""

import sqlalchemy as sa
from sqlmodel import Field

from schema.columns import MANY_LINES, ONE_LINE, Day, Json, Line, Note
from schema.tables.base import STRICT, Record, iso_day, reference


class GoalMark(Record, table=True):
    """Måluppfyllelse for one goal, with the evidence it rests on. A withdrawn mark stays, with
    its day and reason."""

    __tablename__ = "goal_mark"
    __table_args__ = (
        sa.Index("goal_mark_by_goal", "training_id", "goal_id"),
        iso_day("day"),
        STRICT,
    )

    training_id: str = reference("training")
    curriculum_id: Line = Field(sa_type=ONE_LINE)
    goal_id: Line = Field(sa_type=ONE_LINE)
    day: Day
    marked_by_id: str | None = reference("person", optional=True)
    evidence: list[str] = Field(default_factory=list, sa_type=Json, max_length=100)
    """Ids of the sessions and assessments it rests on."""
    note: Note = Field(default="", sa_type=MANY_LINES)
    withdrawn_on: Day | None = None
    withdrawn_reason: Line = Field(default="", sa_type=ONE_LINE)
