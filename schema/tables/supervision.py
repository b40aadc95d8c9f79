"""The supervision session: planned, held or cancelled."""

import sqlalchemy as sa
from pydantic import model_validator
from sqlmodel import Field

from schema.columns import MANY_LINES, Choice, Day, Json, Note
from schema.tables.base import STRICT, Record, iso_day, reference
from schema.words import CancelReason, SupervisionForm, SupervisionStatus


class Supervision(Record, table=True):
    """Handledningssamtal on `day`, `minutes` long (1 to 480).

    A cancelled session keeps its day and its reason; a new date is a session of its own that
    names it in `replaces_id`.
    """

    __tablename__ = "supervision"
    __table_args__ = (
        # Holds all that the first page asks, so that it need not read the notes.
        sa.Index(
            "supervision_by_training", "training_id", "day", "status", "form", "minutes", "id"
        ),
        iso_day("day"),
        STRICT,
    )

    training_id: str = reference("training")
    placement_id: str | None = reference("placement", optional=True)
    supervisor_id: str | None = reference("person", optional=True)
    day: Day
    minutes: int = Field(default=60, ge=1, le=480)
    status: SupervisionStatus = Field(
        default=SupervisionStatus.PLANNED, sa_type=Choice(SupervisionStatus)
    )
    form: SupervisionForm = Field(
        default=SupervisionForm.INDIVIDUAL, sa_type=Choice(SupervisionForm)
    )
    cancel_reason: CancelReason | None = Field(default=None, sa_type=Choice(CancelReason))
    replaces_id: str | None = Field(default=None, max_length=36, sa_type=sa.Unicode)
    topics: list[str] = Field(default_factory=list, sa_type=Json, max_length=40)
    """Letters of the discussion prompts that were taken up."""
    goals: list[str] = Field(default_factory=list, sa_type=Json, max_length=400)
    """Ids of goals touched."""
    note: Note = Field(default="", sa_type=MANY_LINES)

    @model_validator(mode="after")
    def _reason(self) -> "Supervision":
        if (self.status == SupervisionStatus.CANCELLED) != (self.cancel_reason is not None):
            raise ValueError("invalid.cancel_reason")
        return self
