"""The kollegium: meetings, decisions, what they rested on, support plans."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from data.migrations.start.columns import day, reference


def make() -> None:
    """Make the tables of this room."""
    _meeting_series()
    _kollegium()
    _decision()
    _frozen_evidence()
    _support_plan()


def _meeting_series() -> None:
    op.create_table(
        "meeting_series",
        sa.Column("id", sa.Unicode, nullable=False, primary_key=True),
        sa.Column("rev", sa.Integer, nullable=False),
        sa.Column("title", sa.Unicode, nullable=False),
        sa.Column("programme_id", sa.Unicode, nullable=False),
        sa.Column("rhythm", sa.Unicode, nullable=False),
        sa.Column("months", sa.Unicode, nullable=False),
        sa.Column("weekday", sa.Integer, nullable=False),
        sa.Column("week", sa.Integer, nullable=False),
        sa.Column("starts_at", sa.Unicode, nullable=False),
        sa.Column("minutes", sa.Integer, nullable=False),
        sa.Column("place", sa.Unicode, nullable=False),
        sa.Column("invited", sa.Unicode, nullable=False),
        sa.Column("agenda", sa.Unicode, nullable=False),
        sa.Column("first_on", sa.Date, nullable=True),
        sa.Column("active", sa.Boolean, nullable=False),
        day("first_on"),
        sqlite_strict=True,
    )


def _kollegium() -> None:
    op.create_table(
        "kollegium",
        sa.Column("id", sa.Unicode, nullable=False, primary_key=True),
        sa.Column("rev", sa.Integer, nullable=False),
        sa.Column("title", sa.Unicode, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("starts_at", sa.Unicode, nullable=False),
        sa.Column("minutes", sa.Integer, nullable=False),
        sa.Column("place", sa.Unicode, nullable=False),
        sa.Column("programme_id", sa.Unicode, nullable=False),
        sa.Column("series_id", sa.Unicode, nullable=True),
        sa.Column("period", sa.Unicode, nullable=False),
        sa.Column("chair_id", sa.Unicode, nullable=True),
        sa.Column("evidence_on", sa.Date, nullable=True),
        sa.Column("training_ids", sa.Unicode, nullable=False),
        sa.Column("attendance", sa.Unicode, nullable=False),
        sa.Column("reminded", sa.Unicode, nullable=False),
        sa.Column("note", sa.Unicode, nullable=False),
        sa.Column("closed_on", sa.Date, nullable=True),
        reference("series_id", "meeting_series"),
        reference("chair_id", "person"),
        day("day"),
        sqlite_strict=True,
    )
    op.create_index("ix_kollegium_chair_id", "kollegium", ["chair_id"])
    op.create_index("ix_kollegium_series_id", "kollegium", ["series_id"])


def _decision() -> None:
    op.create_table(
        "decision",
        sa.Column("id", sa.Unicode, nullable=False, primary_key=True),
        sa.Column("rev", sa.Integer, nullable=False),
        sa.Column("status", sa.Unicode, nullable=False),
        sa.Column("corrects_id", sa.Unicode, nullable=True),
        sa.Column("correction_reason", sa.Unicode, nullable=False),
        sa.Column("void_reason", sa.Unicode, nullable=False),
        sa.Column("kollegium_id", sa.Unicode, nullable=False),
        sa.Column("training_id", sa.Unicode, nullable=False),
        sa.Column("outcome", sa.Unicode, nullable=True),
        sa.Column("text", sa.Unicode, nullable=False),
        sa.Column("discussed_on", sa.Date, nullable=True),
        sa.Column("shown_on", sa.Date, nullable=True),
        reference("kollegium_id", "kollegium"),
        reference("training_id", "training"),
        sqlite_strict=True,
    )
    op.create_index("ix_decision_kollegium_id", "decision", ["kollegium_id"])
    op.create_index("ix_decision_status", "decision", ["status"])
    op.create_index("ix_decision_training_id", "decision", ["training_id"])


def _frozen_evidence() -> None:
    op.create_table(
        "frozen_evidence",
        sa.Column("id", sa.Unicode, nullable=False, primary_key=True),
        sa.Column("rev", sa.Integer, nullable=False),
        sa.Column("kollegium_id", sa.Unicode, nullable=False),
        sa.Column("training_id", sa.Unicode, nullable=False),
        sa.Column("evidence_on", sa.Date, nullable=False),
        sa.Column("taken_at", sa.Unicode, nullable=False),
        sa.Column("versions", sa.Unicode, nullable=False),
        sa.Column("rules_id", sa.Unicode, nullable=False),
        sa.Column("rules_version", sa.Unicode, nullable=False),
        sa.Column("proposal", sa.Unicode, nullable=True),
        sa.Column("reasons", sa.Unicode, nullable=False),
        sa.Column("findings", sa.Unicode, nullable=False),
        reference("kollegium_id", "kollegium"),
        reference("training_id", "training"),
        day("evidence_on"),
        sqlite_strict=True,
    )
    op.create_index("ix_frozen_evidence_kollegium_id", "frozen_evidence", ["kollegium_id"])
    op.create_index("ix_frozen_evidence_training_id", "frozen_evidence", ["training_id"])


def _support_plan() -> None:
    op.create_table(
        "support_plan",
        sa.Column("id", sa.Unicode, nullable=False, primary_key=True),
        sa.Column("rev", sa.Integer, nullable=False),
        sa.Column("training_id", sa.Unicode, nullable=False),
        sa.Column("decision_id", sa.Unicode, nullable=True),
        sa.Column("opened_on", sa.Date, nullable=False),
        sa.Column("concern", sa.Unicode, nullable=False),
        sa.Column("unmet_goals", sa.Unicode, nullable=False),
        sa.Column("measures", sa.Unicode, nullable=False),
        sa.Column("responsible_id", sa.Unicode, nullable=True),
        sa.Column("follow_ups", sa.Unicode, nullable=False),
        sa.Column("followed_up", sa.Unicode, nullable=False),
        sa.Column("told", sa.Unicode, nullable=False),
        sa.Column("told_on", sa.Unicode, nullable=False),
        sa.Column("shown_to", sa.Unicode, nullable=False),
        sa.Column("extension_months", sa.Float, nullable=True),
        sa.Column("extension_decided_on", sa.Date, nullable=True),
        sa.Column("extension_decided_by_id", sa.Unicode, nullable=True),
        sa.Column("closed_on", sa.Date, nullable=True),
        sa.Column("outcome", sa.Unicode, nullable=False),
        sa.Column("restricted", sa.Boolean, nullable=False),
        reference("decision_id", "decision"),
        reference("extension_decided_by_id", "person"),
        reference("responsible_id", "person"),
        reference("training_id", "training"),
        day("opened_on"),
        sqlite_strict=True,
    )
    op.create_index("ix_support_plan_decision_id", "support_plan", ["decision_id"])
    op.create_index(
        "ix_support_plan_extension_decided_by_id", "support_plan", ["extension_decided_by_id"]
    )
    op.create_index("ix_support_plan_responsible_id", "support_plan", ["responsible_id"])
    op.create_index("ix_support_plan_training_id", "support_plan", ["training_id"])
