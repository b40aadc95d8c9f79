"""Behovsanpassad or extended training."""

from datetime import date

import sqlalchemy as sa
from pydantic import ValidationInfo, field_validator
from sqlmodel import Field

from schema.columns import MANY_LINES, ONE_LINE, Day, Json, Line, Note, cleaned
from schema.tables.base import STRICT, Record, iso_day, reference
from schema.words import RoleKind


class SupportPlan(Record, table=True):
    """Stödplan: restricted to the roles it names, never in an ordinary print by accident."""

    __tablename__ = "support_plan"
    __table_args__ = (iso_day("opened_on"), STRICT)

    training_id: str = reference("training")
    decision_id: str | None = reference("decision", optional=True)
    """The kollegium's decision that it follows from."""
    opened_on: Day
    concern: Note = Field(default="", sa_type=MANY_LINES)
    unmet_goals: list[str] = Field(default_factory=list, sa_type=Json, max_length=400)
    measures: Note = Field(default="", sa_type=MANY_LINES)
    responsible_id: str | None = reference("person", optional=True)
    follow_ups: list[str] = Field(default_factory=list, sa_type=Json, max_length=60)
    """Days of follow-up, ISO 8601."""
    followed_up: dict[str, str] = Field(default_factory=dict, sa_type=Json)
    """What was found, by the day (ISO 8601) on which it was followed up."""
    told: list[str] = Field(default_factory=list, sa_type=Json, max_length=40)
    """Roles that have been told."""
    told_on: dict[str, str] = Field(default_factory=dict, sa_type=Json)
    """Day (ISO 8601) on which each role was told, where it is known."""
    shown_to: list[str] = Field(
        default_factory=lambda: [RoleKind.STUDIEREKTOR.value, RoleKind.AT_CHEF.value],
        sa_type=Json,
        max_length=40,
    )
    """Values of `RoleKind`: JSON gives back plain text, which is what the list holds."""
    extension_months: float | None = Field(default=None, ge=0, le=24)
    """Months decided; 0 is a decision that there shall be none, None is no decision."""
    extension_decided_on: Day | None = None
    extension_decided_by_id: str | None = reference("person", optional=True)
    closed_on: Day | None = None
    outcome: Line = Field(default="", sa_type=ONE_LINE)
    restricted: bool = Field(default=True, sa_type=sa.Boolean)

    @field_validator("shown_to", mode="after")
    @classmethod
    def _real_roles(cls, value: list[str]) -> list[str]:
        if not {role.value for role in RoleKind} >= set(value):
            raise ValueError("invalid.role")
        return [str(role) for role in dict.fromkeys(value)]

    @field_validator("follow_ups", mode="after")
    @classmethod
    def _real_days(cls, value: list[str]) -> list[str]:
        return sorted({_day(each) for each in value})

    @field_validator("followed_up", "told_on", mode="after")
    @classmethod
    def _by_day(cls, value: dict[str, str], info: ValidationInfo) -> dict[str, str]:
        if len(repr(value)) > 100_000:
            raise ValueError("invalid.too_much")
        found: dict[str, str] = cleaned(value)
        for day in found if info.field_name == "followed_up" else found.values():
            _day(day)
        return found


def _day(written: str) -> str:
    try:
        return date.fromisoformat(written).isoformat()
    except ValueError:
        raise ValueError("invalid.date_parsing") from None
