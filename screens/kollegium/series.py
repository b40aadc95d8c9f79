"""A series of meetings: how often, on which day, who is invited, and the agenda."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, ClassVar, cast

from at_tui.kollegium.series import agenda, slots
from at_tui.language import text
from schema.words import MeetingRhythm
from screens.dates import short
from screens.kollegium.meetings_form import clock_problem, programme_options
from screens.kollegium.meetings_people import PeopleDialog
from screens.widgets.choice_field import Option
from screens.widgets.form import Field, Kind, Problem
from screens.widgets.form_page import FormPage
from screens.widgets.keys import bind

# Table classes bring SQLModel: only for typing here.
if TYPE_CHECKING:
    from at_tui.kollegium.series import SeriesLike
    from schema.tables import MeetingSeries

_ON, _OFF = "on", "off"


class SeriesForm(FormPage[str]):
    """The rhythm with its next days; dismissed with the series' id.

    Args:
        series_id: Which; None for a new one.
    """

    AREA = "meetings"
    BINDINGS: ClassVar[list[Any]] = [
        bind("f5", "people", "meetings.people"),
        bind("f6", "usual", "meetings.usual"),
    ]

    def __init__(self, series_id: str | None = None) -> None:
        super().__init__()
        self._series_id = series_id
        self._series: MeetingSeries | None = None
        self.draft_key = f"series:{series_id or 'new'}"

    def on_mount(self) -> None:
        """Show the next days beside the title."""
        super().on_mount()
        self.call_after_refresh(self._coming)

    def help_text(self) -> str:
        """Return what the rhythm and the lines mean."""
        return text("meetings.series_help").strip()

    def fields(self) -> Sequence[Field]:
        """Ask how often, when, where and who."""
        from schema.tables import MeetingSeries

        if self._series_id:
            with self.store.read() as work:
                self._series = work.need(MeetingSeries, self._series_id)
        t = text
        rhythms = tuple(Option(r, t(f"word.rhythm.{r}")) for r in MeetingRhythm)
        weeks = tuple(Option(str(n), t(f"meetings.week.{n}")) for n in range(1, 6))
        days = tuple(Option(str(n), t(f"meetings.weekday.{n}")) for n in range(5))
        switch = (Option(_ON, t("meetings.field.active_on")),
                  Option(_OFF, t("meetings.field.active_off")))  # fmt: skip
        return [
            Field("title", t("meetings.field.title"), required=True),
            Field("programme_id", t("meetings.field.programme"), Kind.CHOICE,
                  options=programme_options()),
            Field("rhythm", t("meetings.field.rhythm"), Kind.CHOICE, required=True,
                  options=rhythms),
            Field("months", t("meetings.field.months"), width=20,
                  hint=t("meetings.field.months_hint")),
            Field("week", t("meetings.field.week"), Kind.CHOICE, required=True, options=weeks),
            Field("weekday", t("meetings.field.weekday"), Kind.CHOICE, required=True,
                  options=days),
            Field("starts_at", t("meetings.field.starts_at"), required=True, width=8),
            Field("minutes", t("meetings.field.minutes"), Kind.NUMBER, required=True, least=15,
                  most=600, unit=t("meetings.field.minutes_unit")),
            Field("place", t("meetings.field.place")),
            Field("invited", t("meetings.field.invited"), Kind.NOTE, lines=4,
                  hint=t("meetings.field.invited_hint")),
            Field("agenda", t("meetings.field.agenda"), Kind.NOTE, lines=6,
                  hint=t("meetings.field.agenda_hint")),
            Field("first_on", t("meetings.field.first_on"), Kind.DATE),
            Field("active", t("meetings.field.active"), Kind.CHOICE, required=True,
                  options=switch),
        ]  # fmt: skip

    def values(self) -> Mapping[str, Any]:
        """Return the series, or the usual one."""
        from at_tui.kollegium.calendar import invited_lines

        if self._series is None:
            return {
                "title": text("kollegium.meeting.title"), "rhythm": MeetingRhythm.QUARTERLY,
                "week": "3", "weekday": "1", "starts_at": "13.00", "minutes": 120, "active": _ON,
            }  # fmt: skip
        found = self._series.model_dump()
        found["months"] = " ".join(str(m) for m in self._series.months)
        found["week"], found["weekday"] = str(self._series.week), str(self._series.weekday)
        found["invited"] = invited_lines(self._series.invited)
        found["active"] = _ON if self._series.active else _OFF
        return found

    # The next days, as the form stands

    def on_form_changed(self) -> None:
        """Keep a draft, and show the days anew."""
        super().on_form_changed()
        self._coming()

    def _coming(self) -> None:
        title = text("meetings.series_edit_title" if self._series_id else "meetings.series_title")
        self.set_title(title, self._days())

    def _days(self) -> str:
        raw = self.form.raw()
        months = read_months(raw.get("months", ""))
        first = getattr(self.form.input("first_on"), "day", None)
        if raw.get("active") == _OFF:
            return text("meetings.not_active")
        if months is None or not raw.get("rhythm") or not raw.get("week"):
            return ""
        like = SimpleNamespace(
            id="", rhythm=MeetingRhythm(raw["rhythm"]), months=months, week=int(raw["week"]),
            weekday=int(raw["weekday"] or 1), first_on=first, active=True,
        )  # fmt: skip
        days = [short(s.day, self.today) for s in slots(cast("SeriesLike", like), self.today, 3)]
        return text("meetings.coming", days=", ".join(days))

    # What is filled in for one

    def action_people(self) -> None:
        """Fetch people from the register."""

        def chosen(lines: str | None) -> None:
            if lines:
                before = self.form.raw()["invited"].rstrip()
                self.form.set("invited", "\n".join(filter(None, [before, lines])))

        self.app.push_screen(PeopleDialog(), chosen)

    def action_usual(self) -> None:
        """Fill in the usual agenda, to be changed."""
        raw = self.form.raw()["minutes"]
        minutes = int(raw) if str(raw).isdigit() else 120
        self.form.set("agenda", agenda(minutes=minutes))

    # Saving

    def check(self, values: dict[str, Any]) -> list[Problem]:
        """Refuse a time of day and months that are none."""
        found = clock_problem(values)
        if "months" in values and read_months(values["months"]) is None:
            found.append(("months", "meetings.invalid_month", {}))
        return found

    def save(self, values: dict[str, Any]) -> str:
        """Write the series."""
        from at_tui.kollegium.calendar import read_invited
        from at_tui.kollegium.meetings import save_series
        from data.find import people
        from schema.tables import MeetingSeries

        with self.store.work(self.author) as work:
            new = {
                **values,
                "programme_id": values.get("programme_id") or "",
                "months": read_months(values["months"]) or [],
                "week": int(values["week"]),
                "weekday": int(values["weekday"]),
                "invited": read_invited(values["invited"], people(work)),
                "active": values["active"] == _ON,
            }
            old = self._series.model_dump() if self._series else {}
            return save_series(work, MeetingSeries(**{**old, **new})).id


def read_months(written: str) -> list[int] | None:
    """Return the months that are written as numbers; None when any is no month."""
    parts = re.findall(r"[^\s,;]+", written)
    if not all(part.isdigit() and 1 <= int(part) <= 12 for part in parts):
        return None
    return sorted({int(part) for part in parts})
