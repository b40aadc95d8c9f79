"""A meeting: new, set up from what its series proposes, or moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from at_tui.language import text
from schema.fault import Fault
from screens.dates import full
from screens.person_forms import person_options
from screens.widgets.choice_field import Option
from screens.widgets.form import Field, Kind, Problem
from screens.widgets.form_page import FormPage

# Table classes bring SQLModel: only for typing here.
if TYPE_CHECKING:
    from at_tui.kollegium.calendar import Proposed
    from schema.tables import Kollegium


class MeetingForm(FormPage[str]):
    """Day, time and place; dismissed with the meeting's id.

    Args:
        meeting_id: Which; None for a new one.
        proposed: The meeting of a series that is to be set up.
    """

    AREA = "meetings"

    def __init__(self, meeting_id: str | None = None, *, proposed: Proposed | None = None) -> None:
        super().__init__()
        self._meeting_id, self._proposed = meeting_id, proposed
        self._meeting: Kollegium | None = None
        of = meeting_id or (proposed.id if proposed else "new")
        self.draft_key = f"meeting:{of}"

    def on_mount(self) -> None:
        """Say which it is."""
        super().on_mount()
        key = "edit" if self._meeting_id else "slot" if self._proposed else "new"
        right = full(self._meeting.day) if self._meeting else ""
        self.set_title(text(f"meetings.{key}_title"), right)

    def help_text(self) -> str:
        """Return what moving does."""
        return text("meetings.meeting_help").strip()

    def fields(self) -> Sequence[Field]:
        """Ask when and where."""
        from schema.tables import Kollegium

        with self.store.read() as work:
            if self._meeting_id:
                self._meeting = work.need(Kollegium, self._meeting_id)
            people = person_options(work)
        t = text
        return [
            Field("title", t("meetings.field.title"), required=True),
            Field("day", t("meetings.field.day"), Kind.DATE, required=True),
            Field("starts_at", t("meetings.field.starts_at"), width=8),
            Field(
                "minutes", t("meetings.field.minutes"), Kind.NUMBER, required=True, least=15,
                most=600, unit=t("meetings.field.minutes_unit"),
            ),
            Field("place", t("meetings.field.place")),
            Field("programme_id", t("meetings.field.programme"), Kind.CHOICE,
                  options=programme_options()),
            Field("chair_id", t("meetings.field.chair"), Kind.CHOICE, options=people),
        ]  # fmt: skip

    def values(self) -> Mapping[str, Any]:
        """Return the meeting, what its series says, or the usual."""
        if self._meeting is not None:
            return self._meeting.model_dump()
        if self._proposed is not None:
            series = self._proposed.series
            return {**series.model_dump(), "day": self._proposed.slot.day, "chair_id": self.author}
        return {
            "title": text("kollegium.meeting.title"), "starts_at": "13.00", "minutes": 120,
            "chair_id": self.author,
        }  # fmt: skip

    def check(self, values: dict[str, Any]) -> list[Problem]:
        """Refuse a time of day that is none."""
        return clock_problem(values)

    def save(self, values: dict[str, Any]) -> str:
        """Write the meeting."""
        from at_tui.kollegium.meetings import change_meeting, meeting_of, new_meeting

        values["programme_id"] = values.get("programme_id") or ""
        with self.store.work(self.author) as work:
            if self._meeting is not None:
                return change_meeting(work, self._meeting, **values).id
            if self._proposed is not None:
                series, slot = self._proposed.series, self._proposed.slot
                found = meeting_of(work, series, slot)
                work.flush()
                return change_meeting(work, found, **values).id
            return new_meeting(work, **values).id


def programme_options() -> tuple[Option, ...]:
    """Return the programmes to choose from."""
    from at_tui.beginnings import programme_names

    return tuple(Option(id, title) for id, title in programme_names())


def clock_problem(values: Mapping[str, Any]) -> list[Problem]:
    """Return what is wrong with the time of day."""
    from at_tui.kollegium.series import clock

    written = values.get("starts_at") or ""
    if written and clock(written) is None:
        fault = Fault("kollegium.no_clock", exit_code=2)
        return [("starts_at", fault.code, fault.values)]
    return []
