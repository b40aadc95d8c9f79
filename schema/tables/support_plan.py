"""Behovsanpassad or extended training."""

import sqlalchemy as sa
from sqlmodel import Field

from schema.columns import MANY_LINES, ONE_LINE, Day, Json, Line, Note
from schema.tables.base import STRICT, Record, iso_day, reference
from schema.words import RoleKind


class SupportPlan(Record, table=True):
    """Stödplan: restricted to the roles it names, never in an ordinary print by accident."""

    __tablename__ = "support_plan"
    __table_args__ = (iso_day("opened_on"), STRICT)

    training_id: str = reference("training")
    opened_on: Day
    concern: Note = Field(default="", sa_type=MANY_LINES)
    unmet_goals: list[str] = Field(default_factory=list, sa_type=Json, max_length=400)
    measures: Note = Field(default="", sa_type=MANY_LINES)
    responsible_id: str | None = reference("person", optional=True)
    follow_ups: list[str] = Field(default_factory=list, sa_type=Json, max_length=60)
    """Days of follow-up, ISO 8601."""
    told: list[str] = Field(default_factory=list, sa_type=Json, max_length=40)
    """Roles that have been told."""
    shown_to: list[RoleKind] = Field(
        default_factory=lambda: [RoleKind.STUDIEREKTOR, RoleKind.AT_CHEF], sa_type=Json
    )
    extension_months: float | None = Field(default=None, ge=0, le=24)
    extension_decided_on: Day | None = None
    closed_on: Day | None = None
    outcome: Line = Field(default="", sa_type=ONE_LINE)
    restricted: bool = Field(default=True, sa_type=sa.Boolean)
