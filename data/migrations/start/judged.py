"""What is observed and judged: sessions, forms, goals, certificates."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from data.migrations.start.columns import day, reference


def make() -> None:
    """Make the tables of this room."""
    _supervision()
    _assessment()
    _goal_mark()
    _certificate()
    _signature()


def _supervision() -> None:
    op.create_table(
        "supervision",
        sa.Column("id", sa.Unicode, nullable=False, primary_key=True),
        sa.Column("rev", sa.Integer, nullable=False),
        sa.Column("training_id", sa.Unicode, nullable=False),
        sa.Column("placement_id", sa.Unicode, nullable=True),
        sa.Column("supervisor_id", sa.Unicode, nullable=True),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("minutes", sa.Integer, nullable=False),
        sa.Column("status", sa.Unicode, nullable=False),
        sa.Column("form", sa.Unicode, nullable=False),
        sa.Column("cancel_reason", sa.Unicode, nullable=True),
        sa.Column("replaces_id", sa.Unicode, nullable=True),
        sa.Column("topics", sa.Unicode, nullable=False),
        sa.Column("goals", sa.Unicode, nullable=False),
        sa.Column("note", sa.Unicode, nullable=False),
        reference("placement_id", "placement"),
        reference("supervisor_id", "person"),
        reference("training_id", "training"),
        day("day"),
        sqlite_strict=True,
    )
    op.create_index("ix_supervision_placement_id", "supervision", ["placement_id"])
    op.create_index("ix_supervision_supervisor_id", "supervision", ["supervisor_id"])
    op.create_index("ix_supervision_training_id", "supervision", ["training_id"])
    op.create_index(
        "supervision_by_training",
        "supervision",
        ["training_id", "day", "status", "form", "minutes", "id"],
    )


def _assessment() -> None:
    op.create_table(
        "assessment",
        sa.Column("id", sa.Unicode, nullable=False, primary_key=True),
        sa.Column("rev", sa.Integer, nullable=False),
        sa.Column("status", sa.Unicode, nullable=False),
        sa.Column("corrects_id", sa.Unicode, nullable=True),
        sa.Column("correction_reason", sa.Unicode, nullable=False),
        sa.Column("void_reason", sa.Unicode, nullable=False),
        sa.Column("training_id", sa.Unicode, nullable=False),
        sa.Column("placement_id", sa.Unicode, nullable=True),
        sa.Column("instrument_id", sa.Unicode, nullable=False),
        sa.Column("instrument_version", sa.Unicode, nullable=False),
        sa.Column("variant", sa.Unicode, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("assessor_id", sa.Unicode, nullable=True),
        sa.Column("assessor_name", sa.Unicode, nullable=False),
        sa.Column("context", sa.Unicode, nullable=False),
        sa.Column("answers", sa.Unicode, nullable=False),
        sa.Column("own_answers", sa.Unicode, nullable=False),
        sa.Column("goals", sa.Unicode, nullable=False),
        reference("assessor_id", "person"),
        reference("placement_id", "placement"),
        reference("training_id", "training"),
        day("day"),
        sqlite_strict=True,
    )
    op.create_index(
        "assessment_by_training",
        "assessment",
        ["training_id", "day", "status", "instrument_id", "id"],
    )
    op.create_index("ix_assessment_assessor_id", "assessment", ["assessor_id"])
    op.create_index("ix_assessment_instrument_id", "assessment", ["instrument_id"])
    op.create_index("ix_assessment_placement_id", "assessment", ["placement_id"])
    op.create_index("ix_assessment_status", "assessment", ["status"])
    op.create_index("ix_assessment_training_id", "assessment", ["training_id"])


def _goal_mark() -> None:
    op.create_table(
        "goal_mark",
        sa.Column("id", sa.Unicode, nullable=False, primary_key=True),
        sa.Column("rev", sa.Integer, nullable=False),
        sa.Column("training_id", sa.Unicode, nullable=False),
        sa.Column("curriculum_id", sa.Unicode, nullable=False),
        sa.Column("goal_id", sa.Unicode, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("marked_by_id", sa.Unicode, nullable=True),
        sa.Column("evidence", sa.Unicode, nullable=False),
        sa.Column("note", sa.Unicode, nullable=False),
        sa.Column("withdrawn_on", sa.Date, nullable=True),
        sa.Column("withdrawn_reason", sa.Unicode, nullable=False),
        reference("marked_by_id", "person"),
        reference("training_id", "training"),
        day("day"),
        sqlite_strict=True,
    )
    op.create_index("goal_mark_by_goal", "goal_mark", ["training_id", "goal_id"])
    op.create_index("ix_goal_mark_marked_by_id", "goal_mark", ["marked_by_id"])
    op.create_index("ix_goal_mark_training_id", "goal_mark", ["training_id"])


def _certificate() -> None:
    op.create_table(
        "certificate",
        sa.Column("id", sa.Unicode, nullable=False, primary_key=True),
        sa.Column("rev", sa.Integer, nullable=False),
        sa.Column("status", sa.Unicode, nullable=False),
        sa.Column("corrects_id", sa.Unicode, nullable=True),
        sa.Column("correction_reason", sa.Unicode, nullable=False),
        sa.Column("void_reason", sa.Unicode, nullable=False),
        sa.Column("training_id", sa.Unicode, nullable=False),
        sa.Column("placement_id", sa.Unicode, nullable=True),
        sa.Column("kind", sa.Unicode, nullable=False),
        sa.Column("number", sa.Unicode, nullable=False),
        sa.Column("template_version", sa.Unicode, nullable=False),
        sa.Column("issued_on", sa.Date, nullable=False),
        sa.Column("place", sa.Unicode, nullable=False),
        sa.Column("signer_id", sa.Unicode, nullable=True),
        sa.Column("consulted_id", sa.Unicode, nullable=True),
        sa.Column("delegated", sa.Boolean, nullable=False),
        sa.Column("override_reason", sa.Unicode, nullable=False),
        sa.Column("checks", sa.Unicode, nullable=False),
        reference("training_id", "training"),
        reference("placement_id", "placement"),
        reference("signer_id", "person"),
        reference("consulted_id", "person"),
        day("issued_on"),
        sqlite_strict=True,
    )
    op.create_index("ix_certificate_consulted_id", "certificate", ["consulted_id"])
    op.create_index("ix_certificate_placement_id", "certificate", ["placement_id"])
    op.create_index("ix_certificate_signer_id", "certificate", ["signer_id"])
    op.create_index("ix_certificate_status", "certificate", ["status"])
    op.create_index("ix_certificate_training_id", "certificate", ["training_id"])


def _signature() -> None:
    op.create_table(
        "signature",
        sa.Column("id", sa.Unicode, nullable=False, primary_key=True),
        sa.Column("rev", sa.Integer, nullable=False),
        sa.Column("record_kind", sa.Unicode, nullable=False),
        sa.Column("record_id", sa.Unicode, nullable=False),
        sa.Column("version_id", sa.Unicode, nullable=False),
        sa.Column("signer_id", sa.Unicode, nullable=False),
        sa.Column("signer_name", sa.Unicode, nullable=False),
        sa.Column("signer_title", sa.Unicode, nullable=False),
        sa.Column("meaning", sa.Unicode, nullable=False),
        sa.Column("at", sa.Unicode, nullable=False),
        sa.Column("delegated_by", sa.Unicode, nullable=False),
        sqlite_strict=True,
    )
    op.create_index("ix_signature_record_id", "signature", ["record_id"])
