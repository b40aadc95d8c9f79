"""The first schema: all tables of the design."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def _day(column: str) -> Any:
    rule = sa.CheckConstraint(f'"{column}" IS date("{column}")', name=f"{column}_is_a_day")
    return rule.ddl_if(dialect="sqlite")


def _reference(column: str, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], deferrable=True, initially="DEFERRED")


def upgrade() -> None:
    """Make every table; references are checked at commit, so the order is free."""
    _absence()
    _account_entry()
    _agreement()
    _assessment()
    _certificate()
    _education()
    _evaluation()
    _unit_response()
    _exam_date()
    _exam_sitting()
    _goal_mark()
    _version()
    _head()
    _introduction()
    _meeting_series()
    _kollegium()
    _decision()
    _frozen_evidence()
    _meta()
    _draft()
    _pin()
    _metric()
    _person()
    _role()
    _placement()
    _recruitment()
    _signature()
    _supervision()
    _support_plan()
    _talk()
    _trainee()
    _training()
    _unit()


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
        _reference("training_id", "training"),
        _day("end"),
        _day("start"),
        sqlite_strict=True,
    )
    op.create_index("ix_absence_training_id", "absence", ["training_id"])


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
        _reference("approved_by_id", "person"),
        _reference("training_id", "training"),
        _day("receipt_on"),
        sqlite_strict=True,
    )
    op.create_index("ix_account_entry_approved_by_id", "account_entry", ["approved_by_id"])
    op.create_index("ix_account_entry_training_id", "account_entry", ["training_id"])


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
        _reference("training_id", "training"),
        _day("due"),
        sqlite_strict=True,
    )
    op.create_index("ix_agreement_origin_id", "agreement", ["origin_id"])
    op.create_index("ix_agreement_training_id", "agreement", ["training_id"])


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
        _reference("assessor_id", "person"),
        _reference("placement_id", "placement"),
        _reference("training_id", "training"),
        _day("day"),
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
        _reference("training_id", "training"),
        _reference("placement_id", "placement"),
        _reference("signer_id", "person"),
        _reference("consulted_id", "person"),
        _day("issued_on"),
        sqlite_strict=True,
    )
    op.create_index("ix_certificate_consulted_id", "certificate", ["consulted_id"])
    op.create_index("ix_certificate_placement_id", "certificate", ["placement_id"])
    op.create_index("ix_certificate_signer_id", "certificate", ["signer_id"])
    op.create_index("ix_certificate_status", "certificate", ["status"])
    op.create_index("ix_certificate_training_id", "certificate", ["training_id"])


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
        _reference("placement_id", "placement"),
        _reference("training_id", "training"),
        _day("day"),
        sqlite_strict=True,
    )
    op.create_index("education_by_training", "education", ["training_id", "day"])
    op.create_index("ix_education_placement_id", "education", ["placement_id"])
    op.create_index("ix_education_training_id", "education", ["training_id"])


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
        _reference("unit_id", "unit"),
        sqlite_strict=True,
    )
    op.create_index("ix_evaluation_unit_id", "evaluation", ["unit_id"])


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
        _reference("by_id", "person"),
        _reference("unit_id", "unit"),
        _day("day"),
        sqlite_strict=True,
    )
    op.create_index("ix_unit_response_by_id", "unit_response", ["by_id"])
    op.create_index("ix_unit_response_unit_id", "unit_response", ["unit_id"])


def _exam_date() -> None:
    op.create_table(
        "exam_date",
        sa.Column("id", sa.Unicode, nullable=False, primary_key=True),
        sa.Column("rev", sa.Integer, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("opens_on", sa.Date, nullable=True),
        sa.Column("apply_by", sa.Date, nullable=True),
        sa.Column("source", sa.Unicode, nullable=False),
        _day("day"),
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
        _reference("training_id", "training"),
        _day("day"),
        sqlite_strict=True,
    )
    op.create_index("ix_exam_sitting_training_id", "exam_sitting", ["training_id"])


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
        _reference("marked_by_id", "person"),
        _reference("training_id", "training"),
        _day("day"),
        sqlite_strict=True,
    )
    op.create_index("goal_mark_by_goal", "goal_mark", ["training_id", "goal_id"])
    op.create_index("ix_goal_mark_marked_by_id", "goal_mark", ["marked_by_id"])
    op.create_index("ix_goal_mark_training_id", "goal_mark", ["training_id"])


def _version() -> None:
    op.create_table(
        "version",
        sa.Column("node", sa.Unicode, nullable=False, primary_key=True),
        sa.Column("seq", sa.Integer, nullable=False, primary_key=True),
        sa.Column("id", sa.Unicode, nullable=False),
        sa.Column("kind", sa.Unicode, nullable=False),
        sa.Column("record_id", sa.Unicode, nullable=False),
        sa.Column("act", sa.Unicode, nullable=False),
        sa.Column("parents", sa.Unicode, nullable=False),
        sa.Column("payload", sa.Unicode, nullable=True),
        sa.Column("payload_hash", sa.Unicode, nullable=False),
        sa.Column("schema_version", sa.Integer, nullable=False),
        sa.Column("at", sa.Unicode, nullable=False),
        sa.Column("author", sa.Unicode, nullable=False),
        sa.Column("prev", sa.Unicode, nullable=False),
        sa.UniqueConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index("version_by_record", "version", ["record_id"])


def _head() -> None:
    op.create_table(
        "head",
        sa.Column("record_id", sa.Unicode, nullable=False, primary_key=True),
        sa.Column("version_id", sa.Unicode, nullable=False, primary_key=True),
        sqlite_strict=True,
    )


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
        _reference("placement_id", "placement"),
        _reference("training_id", "training"),
        _day("held_on"),
        sqlite_strict=True,
    )
    op.create_index("ix_introduction_placement_id", "introduction", ["placement_id"])
    op.create_index("ix_introduction_training_id", "introduction", ["training_id"])


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
        _day("first_on"),
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
        _reference("series_id", "meeting_series"),
        _reference("chair_id", "person"),
        _day("day"),
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
        _reference("kollegium_id", "kollegium"),
        _reference("training_id", "training"),
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
        _reference("kollegium_id", "kollegium"),
        _reference("training_id", "training"),
        _day("evidence_on"),
        sqlite_strict=True,
    )
    op.create_index("ix_frozen_evidence_kollegium_id", "frozen_evidence", ["kollegium_id"])
    op.create_index("ix_frozen_evidence_training_id", "frozen_evidence", ["training_id"])


def _meta() -> None:
    op.create_table(
        "meta",
        sa.Column("name", sa.Unicode, nullable=False, primary_key=True),
        sa.Column("value", sa.Unicode, nullable=False),
        sqlite_strict=True,
    )


def _draft() -> None:
    op.create_table(
        "draft",
        sa.Column("key", sa.Unicode, nullable=False, primary_key=True),
        sa.Column("content", sa.Unicode, nullable=False),
        sa.Column("at", sa.Unicode, nullable=False),
        sqlite_strict=True,
    )


def _pin() -> None:
    op.create_table(
        "pin",
        sa.Column("holder_id", sa.Unicode, nullable=False, primary_key=True),
        sa.Column("salt", sa.Unicode, nullable=False),
        sa.Column("digest", sa.Unicode, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sqlite_strict=True,
    )


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
        _reference("unit_id", "unit"),
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
        _reference("person_id", "person"),
        _reference("unit_id", "unit"),
        _reference("delegated_by_id", "person"),
        _day("end"),
        _day("start"),
        sqlite_strict=True,
    )
    op.create_index("ix_role_delegated_by_id", "role", ["delegated_by_id"])
    op.create_index("ix_role_person_id", "role", ["person_id"])
    op.create_index("ix_role_unit_id", "role", ["unit_id"])


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
        _reference("supervisor_id", "person"),
        _reference("clinical_supervisor_id", "person"),
        _reference("training_id", "training"),
        _reference("unit_id", "unit"),
        _day("end"),
        _day("start"),
        sqlite_strict=True,
    )
    op.create_index("ix_placement_clinical_supervisor_id", "placement", ["clinical_supervisor_id"])
    op.create_index("ix_placement_supervisor_id", "placement", ["supervisor_id"])
    op.create_index("ix_placement_training_id", "placement", ["training_id"])
    op.create_index("ix_placement_unit_id", "placement", ["unit_id"])


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
        _reference("placement_id", "placement"),
        _reference("supervisor_id", "person"),
        _reference("training_id", "training"),
        _day("day"),
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
        _reference("decision_id", "decision"),
        _reference("extension_decided_by_id", "person"),
        _reference("responsible_id", "person"),
        _reference("training_id", "training"),
        _day("opened_on"),
        sqlite_strict=True,
    )
    op.create_index("ix_support_plan_decision_id", "support_plan", ["decision_id"])
    op.create_index(
        "ix_support_plan_extension_decided_by_id", "support_plan", ["extension_decided_by_id"]
    )
    op.create_index("ix_support_plan_responsible_id", "support_plan", ["responsible_id"])
    op.create_index("ix_support_plan_training_id", "support_plan", ["training_id"])


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
        _reference("placement_id", "placement"),
        _reference("training_id", "training"),
        _reference("with_id", "person"),
        _day("booked_on"),
        _day("held_on"),
        sqlite_strict=True,
    )
    op.create_index("ix_talk_placement_id", "talk", ["placement_id"])
    op.create_index("ix_talk_status", "talk", ["status"])
    op.create_index("ix_talk_training_id", "talk", ["training_id"])
    op.create_index("ix_talk_with_id", "talk", ["with_id"])


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
        _reference("main_supervisor_id", "person"),
        _reference("trainee_id", "trainee"),
        _day("end"),
        _day("start"),
        sqlite_strict=True,
    )
    op.create_index("ix_training_main_supervisor_id", "training", ["main_supervisor_id"])
    op.create_index("ix_training_trainee_id", "training", ["trainee_id"])


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
        _reference("head_id", "person"),
        sqlite_strict=True,
    )
    op.create_index("ix_unit_head_id", "unit", ["head_id"])
    op.create_index("ix_unit_sort_key", "unit", ["sort_key"])
