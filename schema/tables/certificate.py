"""Issued certificates."""

from typing import Any

from sqlmodel import Field

from schema.columns import MANY_LINES, ONE_LINE, Choice, Day, Json, Line, Note
from schema.tables.base import STRICT, Lockable, iso_day, reference
from schema.words import CertificateKind


class Certificate(Lockable, table=True):
    """Intyg for a placement or a whole training, with what the pre-flight said when issued."""

    __tablename__ = "certificate"
    __table_args__ = (iso_day("issued_on"), STRICT)

    training_id: str = reference("training")
    placement_id: str | None = reference("placement", optional=True)
    kind: CertificateKind = Field(
        default=CertificateKind.PLACEMENT, sa_type=Choice(CertificateKind)
    )
    number: Line = Field(default="", sa_type=ONE_LINE)
    template_version: Line = Field(default="", sa_type=ONE_LINE)
    issued_on: Day
    place: Line = Field(default="", sa_type=ONE_LINE)
    signer_id: str | None = reference("person", optional=True)
    consulted_id: str | None = reference("person", optional=True)
    delegated: bool = False
    override_reason: Note = Field(default="", sa_type=MANY_LINES)
    """Why it was issued although the pre-flight was red; printed on it."""
    checks: list[dict[str, Any]] = Field(default_factory=list, sa_type=Json)
