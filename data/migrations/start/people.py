"""People, units, and what they do there."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from data.migrations.start.columns import day, reference


def make() -> None:
    """Make the tables of this room."""
    _person()
    _role()
    _unit()
    _unit_response()
    _trainee()
    _recruitment()
    _metric()


def _person() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.Unicode, nullable=False, primary_key=True),
        sa.Column("rev", sa.Integer, nullable=False),
        sa.Column("name", sa.Unicode, nullable=False),
        sa.Column("sort_key", sa.Unicode, nullable=False),
        sa.Column("title", sa.Unicode, nullable=False),
        sa.Column("email", sa.Unicode, nullable=False),
        sa.Column("phone", sa.Unicode, nullable=False),
        sa.Column("unit_id", sa.Unicode, nullable=True),
        sa.Column("licensed", sa.Boolean, nullable=True),
        sa.Column("specialty", sa.Unicode, nullable=False),
        sa.Column("late_st", sa.Boolean, nullable=False),
        sa.Column("permanent", sa.Boolean, nullable=True),
        sa.Column("supervisor_course_on", sa.Date, nullable=True),
        sa.Column("supervisor_refresher_on", sa.Date, nullable=True),
        sa.Column("consultation_course_on", sa.Date, nullable=True),
        sa.Column("presence_percent", sa.Integer, nullable=True),
        sa.Column("active", sa.Boolean, nullable=False),
        reference("unit_id", "unit"),
        sqlite_strict=True,
    )
    op.create_index("ix_person_sort_key", "person", ["sort_key"])
    op.create_index("ix_person_unit_id", "person", ["unit_id"])


def _role() -> None:
    op.create_table(
        "role",
        sa.Column("id", sa.Unicode, nullable=False, primary_key=True),
        sa.Column("rev", sa.Integer, nullable=False),
        sa.Column("person_id", sa.Unicode, nullable=False),
        sa.Column("kind", sa.Unicode, nullable=False),
        sa.Column("unit_id", sa.Unicode, nullable=True),
        sa.Column("start", sa.Date, nullable=True),
        sa.Column("end", sa.Date, nullable=True),
        sa.Column("delegated_by_id", sa.Unicode, nullable=True),
        sa.Column("note", sa.Unicode, nullable=False),
        reference("person_id", "person"),
        reference("unit_id", "unit"),
        reference("delegated_by_id", "person"),
        day("end"),
        day("start"),
        sqlite_strict=True,
    )
    op.create_index("ix_role_delegated_by_id", "role", ["delegated_by_id"])
    op.create_index("ix_role_person_id", "role", ["person_id"])
    op.create_index("ix_role_unit_id", "role", ["unit_id"])


def _unit() -> None:
    op.create_table(
        "unit",
        sa.Column("id", sa.Unicode, nullable=False, primary_key=True),
        sa.Column("rev", sa.Integer, nullable=False),
        sa.Column("name", sa.Unicode, nullable=False),
        sa.Column("sort_key", sa.Unicode, nullable=False),
        sa.Column("site", sa.Unicode, nullable=False),
        sa.Column("region", sa.Unicode, nullable=False),
        sa.Column("phone", sa.Unicode, nullable=False),
        sa.Column("head_id", sa.Unicode, nullable=True),
        sa.Column("approved_on", sa.Date, nullable=True),
        sa.Column("capacity", sa.Integer, nullable=True),
        sa.Column("active", sa.Boolean, nullable=False),
        reference("head_id", "person"),
        sqlite_strict=True,
    )
    op.create_index("ix_unit_head_id", "unit", ["head_id"])
    op.create_index("ix_unit_sort_key", "unit", ["sort_key"])


def _unit_response() -> None:
    op.create_table(
        "unit_response",
        sa.Column("id", sa.Unicode, nullable=False, primary_key=True),
        sa.Column("rev", sa.Integer, nullable=False),
        sa.Column("unit_id", sa.Unicode, nullable=True),
        sa.Column("about", sa.Unicode, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("text", sa.Unicode, nullable=False),
        sa.Column("by_id", sa.Unicode, nullable=True),
        sa.Column("day", sa.Date, nullable=False),
        reference("by_id", "person"),
        reference("unit_id", "unit"),
        day("day"),
        sqlite_strict=True,
    )
    op.create_index("ix_unit_response_by_id", "unit_response", ["by_id"])
    op.create_index("ix_unit_response_unit_id", "unit_response", ["unit_id"])


def _trainee() -> None:
    op.create_table(
        "trainee",
        sa.Column("id", sa.Unicode, nullable=False, primary_key=True),
        sa.Column("rev", sa.Integer, nullable=False),
        sa.Column("name", sa.Unicode, nullable=False),
        sa.Column("sort_key", sa.Unicode, nullable=False),
        sa.Column("personnummer", sa.Unicode, nullable=True),
        sa.Column("email", sa.Unicode, nullable=False),
        sa.Column("phone", sa.Unicode, nullable=False),
        sa.Column("start_group", sa.Unicode, nullable=False),
        sa.Column("degree_on", sa.Date, nullable=True),
        sa.Column("degree_place", sa.Unicode, nullable=False),
        sqlite_strict=True,
    )
    op.create_index("ix_trainee_sort_key", "trainee", ["sort_key"])


def _recruitment() -> None:
    op.create_table(
        "recruitment",
        sa.Column("id", sa.Unicode, nullable=False, primary_key=True),
        sa.Column("rev", sa.Integer, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("title", sa.Unicode, nullable=False),
        sa.Column("kind", sa.Unicode, nullable=False),
        sa.Column("blocks", sa.Integer, nullable=False),
        sa.Column("groups", sa.Unicode, nullable=False),
        sa.Column("note", sa.Unicode, nullable=False),
        sqlite_strict=True,
    )
    op.create_index("ix_recruitment_year", "recruitment", ["year"])


def _metric() -> None:
    op.create_table(
        "metric",
        sa.Column("id", sa.Unicode, nullable=False, primary_key=True),
        sa.Column("rev", sa.Integer, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("code", sa.Unicode, nullable=False),
        sa.Column("numerator", sa.Float, nullable=True),
        sa.Column("denominator", sa.Float, nullable=True),
        sa.Column("target", sa.Float, nullable=True),
        sa.Column("source", sa.Unicode, nullable=False),
        sqlite_strict=True,
    )
    op.create_index("ix_metric_year", "metric", ["year"])
