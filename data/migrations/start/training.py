"""One training: its placements, its absence, and what is kept about them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from data.migrations.start.columns import day, reference


def make() -> None:
    """Make the tables of this room."""
    _training()
    _placement()
    _absence()
    _education()
    _introduction()
    _talk()
    _agreement()
    _account_entry()
    _exam_date()
    _exam_sitting()
    _evaluation()


def _training() -> None:
    op.create_table(
        "training",
        sa.Column("id", sa.Unicode, nullable=False, primary_key=True),
        sa.Column("rev", sa.Integer, nullable=False),
        sa.Column("trainee_id", sa.Unicode, nullable=False),
        sa.Column("kind", sa.Unicode, nullable=False),
        sa.Column("programme_id", sa.Unicode, nullable=False),
        sa.Column("programme_version", sa.Unicode, nullable=False),
        sa.Column("curriculum_id", sa.Unicode, nullable=False),
        sa.Column("curriculum_version", sa.Unicode, nullable=False),
        sa.Column("start", sa.Date, nullable=False),
        sa.Column("end", sa.Date, nullable=True),
        sa.Column("norm_months", sa.Integer, nullable=False),
        sa.Column("main_supervisor_id", sa.Unicode, nullable=True),
        sa.Column("ended_on", sa.Date, nullable=True),
        sa.Column("ended_reason", sa.Unicode, nullable=False),
        sa.Column("completed", sa.Boolean, nullable=True),
        sa.Column("stayed", sa.Boolean, nullable=True),
        sa.Column("note", sa.Unicode, nullable=False),
        reference("main_supervisor_id", "person"),
        reference("trainee_id", "trainee"),
        day("end"),
        day("start"),
        sqlite_strict=True,
    )
    op.create_index("ix_training_main_supervisor_id", "training", ["main_supervisor_id"])
    op.create_index("ix_training_trainee_id", "training", ["trainee_id"])


def _placement() -> None:
    op.create_table(
        "placement",
        sa.Column("id", sa.Unicode, nullable=False, primary_key=True),
        sa.Column("rev", sa.Integer, nullable=False),
        sa.Column("training_id", sa.Unicode, nullable=False),
        sa.Column("section", sa.Unicode, nullable=False),
        sa.Column("unit_id", sa.Unicode, nullable=True),
        sa.Column("specialty", sa.Unicode, nullable=False),
        sa.Column("start", sa.Date, nullable=False),
        sa.Column("end", sa.Date, nullable=False),
        sa.Column("percent", sa.Integer, nullable=False),
        sa.Column("supervisor_id", sa.Unicode, nullable=True),
        sa.Column("clinical_supervisor_id", sa.Unicode, nullable=True),
        sa.Column("note", sa.Unicode, nullable=False),
        reference("supervisor_id", "person"),
        reference("clinical_supervisor_id", "person"),
        reference("training_id", "training"),
        reference("unit_id", "unit"),
        day("end"),
        day("start"),
        sqlite_strict=True,
    )
    op.create_index("ix_placement_clinical_supervisor_id", "placement", ["clinical_supervisor_id"])
    op.create_index("ix_placement_supervisor_id", "placement", ["supervisor_id"])
    op.create_index("ix_placement_training_id", "placement", ["training_id"])
    op.create_index("ix_placement_unit_id", "placement", ["unit_id"])


def _absence() -> None:
    op.create_table(
        "absence",
        sa.Column("id", sa.Unicode, nullable=False, primary_key=True),
        sa.Column("rev", sa.Integer, nullable=False),
        sa.Column("training_id", sa.Unicode, nullable=False),
        sa.Column("kind", sa.Unicode, nullable=False),
        sa.Column("start", sa.Date, nullable=False),
        sa.Column("end", sa.Date, nullable=False),
        sa.Column("percent", sa.Integer, nullable=False),
        sa.Column("applied_on", sa.Date, nullable=True),
        sa.Column("approved_on", sa.Date, nullable=True),
        reference("training_id", "training"),
        day("end"),
        day("start"),
        sqlite_strict=True,
    )
    op.create_index("ix_absence_training_id", "absence", ["training_id"])


def _education() -> None:
    op.create_table(
        "education",
        sa.Column("id", sa.Unicode, nullable=False, primary_key=True),
        sa.Column("rev", sa.Integer, nullable=False),
        sa.Column("training_id", sa.Unicode, nullable=False),
        sa.Column("placement_id", sa.Unicode, nullable=True),
        sa.Column("kind", sa.Unicode, nullable=False),
        sa.Column("title", sa.Unicode, nullable=False),
        sa.Column("course_id", sa.Unicode, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("minutes", sa.Integer, nullable=False),
        sa.Column("days", sa.Float, nullable=False),
        sa.Column("planned", sa.Boolean, nullable=False),
        sa.Column("attended", sa.Boolean, nullable=False),
        sa.Column("absence_notified", sa.Boolean, nullable=False),
        sa.Column("absence_reason", sa.Unicode, nullable=False),
        sa.Column("compulsory", sa.Boolean, nullable=False),
        reference("placement_id", "placement"),
        reference("training_id", "training"),
        day("day"),
        sqlite_strict=True,
    )
    op.create_index("education_by_training", "education", ["training_id", "day"])
    op.create_index("ix_education_placement_id", "education", ["placement_id"])
    op.create_index("ix_education_training_id", "education", ["training_id"])


def _introduction() -> None:
    op.create_table(
        "introduction",
        sa.Column("id", sa.Unicode, nullable=False, primary_key=True),
        sa.Column("rev", sa.Integer, nullable=False),
        sa.Column("training_id", sa.Unicode, nullable=False),
        sa.Column("placement_id", sa.Unicode, nullable=True),
        sa.Column("kind", sa.Unicode, nullable=False),
        sa.Column("held_on", sa.Date, nullable=True),
        sa.Column("letter_on", sa.Date, nullable=True),
        sa.Column("points", sa.Unicode, nullable=False),
        sa.Column("letter", sa.Unicode, nullable=False),
        reference("placement_id", "placement"),
        reference("training_id", "training"),
        day("held_on"),
        sqlite_strict=True,
    )
    op.create_index("ix_introduction_placement_id", "introduction", ["placement_id"])
    op.create_index("ix_introduction_training_id", "introduction", ["training_id"])


def _talk() -> None:
    op.create_table(
        "talk",
        sa.Column("id", sa.Unicode, nullable=False, primary_key=True),
        sa.Column("rev", sa.Integer, nullable=False),
        sa.Column("status", sa.Unicode, nullable=False),
        sa.Column("corrects_id", sa.Unicode, nullable=True),
        sa.Column("correction_reason", sa.Unicode, nullable=False),
        sa.Column("void_reason", sa.Unicode, nullable=False),
        sa.Column("training_id", sa.Unicode, nullable=False),
        sa.Column("placement_id", sa.Unicode, nullable=True),
        sa.Column("kind", sa.Unicode, nullable=False),
        sa.Column("booked_on", sa.Date, nullable=True),
        sa.Column("held_on", sa.Date, nullable=True),
        sa.Column("with_id", sa.Unicode, nullable=True),
        sa.Column("note", sa.Unicode, nullable=False),
        sa.Column("guide_version", sa.Unicode, nullable=False),
        sa.Column("answers", sa.Unicode, nullable=False),
        sa.Column("basis", sa.Unicode, nullable=False),
        reference("placement_id", "placement"),
        reference("training_id", "training"),
        reference("with_id", "person"),
        day("booked_on"),
        day("held_on"),
        sqlite_strict=True,
    )
    op.create_index("ix_talk_placement_id", "talk", ["placement_id"])
    op.create_index("ix_talk_status", "talk", ["status"])
    op.create_index("ix_talk_training_id", "talk", ["training_id"])
    op.create_index("ix_talk_with_id", "talk", ["with_id"])


def _agreement() -> None:
    op.create_table(
        "agreement",
        sa.Column("id", sa.Unicode, nullable=False, primary_key=True),
        sa.Column("rev", sa.Integer, nullable=False),
        sa.Column("training_id", sa.Unicode, nullable=False),
        sa.Column("origin_kind", sa.Unicode, nullable=False),
        sa.Column("origin_id", sa.Unicode, nullable=True),
        sa.Column("text", sa.Unicode, nullable=False),
        sa.Column("owner", sa.Unicode, nullable=False),
        sa.Column("owner_id", sa.Unicode, nullable=True),
        sa.Column("agreed_on", sa.Date, nullable=False),
        sa.Column("due", sa.Date, nullable=True),
        sa.Column("done_on", sa.Date, nullable=True),
        sa.Column("dropped_on", sa.Date, nullable=True),
        reference("training_id", "training"),
        day("due"),
        sqlite_strict=True,
    )
    op.create_index("ix_agreement_origin_id", "agreement", ["origin_id"])
    op.create_index("ix_agreement_training_id", "agreement", ["training_id"])


def _account_entry() -> None:
    op.create_table(
        "account_entry",
        sa.Column("id", sa.Unicode, nullable=False, primary_key=True),
        sa.Column("rev", sa.Integer, nullable=False),
        sa.Column("training_id", sa.Unicode, nullable=False),
        sa.Column("title", sa.Unicode, nullable=False),
        sa.Column("purpose", sa.Unicode, nullable=False),
        sa.Column("amount_ore", sa.Integer, nullable=False),
        sa.Column("applied_on", sa.Date, nullable=True),
        sa.Column("approved_on", sa.Date, nullable=True),
        sa.Column("approved_by_id", sa.Unicode, nullable=True),
        sa.Column("refused_on", sa.Date, nullable=True),
        sa.Column("refused_reason", sa.Unicode, nullable=False),
        sa.Column("receipt_on", sa.Date, nullable=True),
        sa.Column("paid_on", sa.Date, nullable=True),
        sa.Column("capital_good", sa.Boolean, nullable=False),
        reference("approved_by_id", "person"),
        reference("training_id", "training"),
        day("receipt_on"),
        sqlite_strict=True,
    )
    op.create_index("ix_account_entry_approved_by_id", "account_entry", ["approved_by_id"])
    op.create_index("ix_account_entry_training_id", "account_entry", ["training_id"])


def _exam_date() -> None:
    op.create_table(
        "exam_date",
        sa.Column("id", sa.Unicode, nullable=False, primary_key=True),
        sa.Column("rev", sa.Integer, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("opens_on", sa.Date, nullable=True),
        sa.Column("apply_by", sa.Date, nullable=True),
        sa.Column("source", sa.Unicode, nullable=False),
        day("day"),
        sqlite_strict=True,
    )


def _exam_sitting() -> None:
    op.create_table(
        "exam_sitting",
        sa.Column("id", sa.Unicode, nullable=False, primary_key=True),
        sa.Column("rev", sa.Integer, nullable=False),
        sa.Column("training_id", sa.Unicode, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("registered_on", sa.Date, nullable=True),
        sa.Column("oral", sa.Boolean, nullable=False),
        sa.Column("points", sa.Integer, nullable=True),
        sa.Column("passed", sa.Boolean, nullable=True),
        sa.Column("documents", sa.Unicode, nullable=False),
        reference("training_id", "training"),
        day("day"),
        sqlite_strict=True,
    )
    op.create_index("ix_exam_sitting_training_id", "exam_sitting", ["training_id"])


def _evaluation() -> None:
    op.create_table(
        "evaluation",
        sa.Column("id", sa.Unicode, nullable=False, primary_key=True),
        sa.Column("unit_id", sa.Unicode, nullable=True),
        sa.Column("section", sa.Unicode, nullable=False),
        sa.Column("period", sa.Unicode, nullable=False),
        sa.Column("about", sa.Unicode, nullable=False),
        sa.Column("instrument_id", sa.Unicode, nullable=False),
        sa.Column("instrument_version", sa.Unicode, nullable=False),
        sa.Column("answers", sa.Unicode, nullable=False),
        reference("unit_id", "unit"),
        sqlite_strict=True,
    )
    op.create_index("ix_evaluation_unit_id", "evaluation", ["unit_id"])
