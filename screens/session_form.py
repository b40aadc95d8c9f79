"""The fields of a session: what is typed becomes an entry, and what will not do is said there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from at_tui.language import has, text
from at_tui.problem import Problem
from at_tui.session_records import SessionStart, count_weeks
from at_tui.supervising import NextSession, SessionEntry
from schema.fault import Fault
from schema.text import clean
from schema.words import CancelReason, SupervisionForm, SupervisionStatus
from screens.dates import with_weekday
from screens.session_agreed import AgreedRows
from screens.session_carried import CarriedList
from screens.session_parts import (
    STATUS_LETTER,
    between,
    booked_words,
    day_beside,
    day_words,
    heading,
    label,
    letters_of,
    number_field,
    reason_of,
    topics_offered,
)
from screens.text import beside, safe
from screens.widgets.choice_field import ChoiceField, Option
from screens.widgets.date_field import DateField
from screens.widgets.goals_field import GoalsField
from screens.widgets.letters import Letters

if TYPE_CHECKING:
    from textual.content import Content

    from schema.content.curriculum import Curriculum
    from schema.content.prompts import PromptSet

_UNDER = {
    "cancel_reason": "reason-line",
    "day": "day-line",
    "minutes": "day-line",
    "note": "note",
    "next_day": "next-line",
    "next_minutes": "next-line",
}
"""The line under which a field's fault is told."""


class SessionForm(VerticalScroll, can_focus=False):
    """All fields of one session.

    Args:
        start: What the form opens with.
        prompts: The topics; None when there are none.
        load: Reads the målbeskrivning, when it is first needed.
    """

    class Changed(Message):
        """Something was typed or chosen."""

    def __init__(
        self,
        start: SessionStart,
        prompts: PromptSet | None,
        load: Callable[[], Curriculum | None],
    ) -> None:
        super().__init__(id="session")
        self.start = start
        self.opened = False
        """Whether the user has the form; until then the inputs only tell what they begin with."""
        entry = start.entry
        due = entry.next.day if entry.next else start.next_planned
        placement = start.placement_on(entry.day)
        self._status = entry.status
        self.status = Letters(
            [(letter, text(f"session.{status}")) for letter, status in STATUS_LETTER.items()],
            letters_of(entry.status),
            single=True,
            id="status",
        )
        self.reason = Letters(
            [(text(f"session.reason_letter.{r}"), text(f"word.cancel.{r}")) for r in CancelReason],
            [text(f"session.reason_letter.{entry.cancel_reason}")] if entry.cancel_reason else [],
            single=True,
            id="reason",
        )
        self.day = DateField(entry.day, id="day")
        self.minutes = number_field(entry.minutes, "minutes")
        self.form = ChoiceField(
            [Option(form, text(f"word.form.{form}")) for form in SupervisionForm],
            entry.form,
            title=text("session.form"),
            optional=False,
            id="form",
        )
        self.carried = CarriedList(start.carried, start.kind, start.facts.on, id="carried")
        offered = topics_offered(start, prompts)
        self._has_topics = bool(offered)
        self.topics = Letters(offered, entry.topics, id="topics")
        self.goals = GoalsField(
            load, entry.goals, section=placement.section if placement else "", id="goals"
        )
        self.words = TextArea(
            entry.note, compact=True, tab_behavior="focus", show_line_numbers=False, id="note"
        )
        self.agreed = AgreedRows(entry.agreed, start.kind, due, id="agreed")
        self.next_day = DateField(entry.next.day if entry.next else None, id="next_day")
        self.next_minutes = number_field(
            entry.next.minutes if entry.next else entry.minutes, "next_minutes"
        )
        self._day_words = Static(classes="beside", markup=False)
        self._next_label = label("next")
        self._next_words = Static(classes="beside", markup=False)
        self._counts_line = Static(id="counts", markup=False)

    def compose(self) -> ComposeResult:
        """Lay out the fields."""
        yield self.status
        yield Horizontal(label("reason"), self.reason, classes="line", id="reason-line")
        yield Horizontal(
            label("day"), self.day, self._day_words, self.minutes, between(), self.form,
            classes="line", id="day-line",
        )  # fmt: skip
        yield heading("from_last", "from-last")
        yield self.carried
        yield heading("topics", "topics-heading")
        yield self.topics
        yield Horizontal(label("goals"), self.goals, classes="line", id="goals-line")
        hint = safe(f"({text('session.note_hint')})", "not bold $text-muted")
        words = beside(safe(text("session.note")), hint)
        yield Static(words, classes="heading", id="note-heading", markup=False)
        yield self.words
        yield self.agreed
        yield Horizontal(
            self._next_label, self.next_day, self._next_words, self.next_minutes,
            Static(text("session.minutes"), classes="unit", markup=False),
            classes="line", id="next-line",
        )  # fmt: skip
        yield self._counts_line

    def on_mount(self) -> None:
        """Show what belongs to the status."""
        self._follow()

    def focus(self, scroll_visible: bool = True) -> SessionForm:
        """Put the focus on the status, where digits and letters work."""
        self.status.focus(scroll_visible)
        return self

    # What the form holds

    @property
    def chosen_status(self) -> SupervisionStatus:
        """What became of the session."""
        return self._status

    def choose_status(self, status: SupervisionStatus) -> None:
        """Set what became of the session, and go on to the reason when it was cancelled."""
        self._status = status
        self.status.chosen = letters_of(status)
        planned, held = self.start.planned_for, self.start.entry.day
        if planned is not None and self.day.day in (planned, held):
            # A session held today may have been planned for Thursday: that is the day it is
            # cancelled for.
            self.day.day = held if status is SupervisionStatus.HELD else planned
        self._follow()
        if status is SupervisionStatus.CANCELLED:
            self.reason.focus()
        self.post_message(self.Changed())

    def read(self) -> tuple[SessionEntry, list[Problem]]:
        """Return the entry, and what in it could not be read."""
        problems: list[Problem] = []

        def day(field: DateField) -> Any:
            try:
                return field.read()
            except Fault as fault:
                problems.append(Problem(field.id or "", fault.code, fault.values))
                return None

        def number(field: Input) -> int | None:
            try:
                return int(clean(field.value, one_line=True))
            except ValueError:
                return None

        status = self.chosen_status
        talked = status is not SupervisionStatus.CANCELLED
        settled = status is not SupervisionStatus.PLANNED
        agreed, faults = self.agreed.read() if settled else (self.start.entry.agreed, [])
        problems += [Problem(f"agreed_{n}", fault.code, fault.values) for n, fault in faults]
        reason = self.reason.chosen[0] if self.reason.chosen else ""
        entry = SessionEntry(
            status=status,
            day=day(self.day),
            minutes=number(self.minutes),
            form=SupervisionForm(self.form.value),
            cancel_reason=None if talked else reason_of(reason),
            topics=tuple(self.topics.chosen) if talked else (),
            goals=self.goals.chosen if talked else (),
            note=clean(self.words.text).strip("\n"),
            carried=self.carried.value if settled else self.start.entry.carried,
            agreed=agreed,
            next=(
                NextSession(day(self.next_day), number(self.next_minutes))
                if settled and self.next_day.value.strip()
                else None
            ),
        )
        return entry, problems

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Show every fault under its field, and go to the first."""
        said: dict[str, list[str]] = {}
        for name, code, values in problems:
            words = text(code, **values) if has(code) else text("invalid.unknown")
            said.setdefault(name, []).append(words)
        agreed = {
            int(name.removeprefix("agreed_")): " ".join(words)
            for name, words in said.items()
            if name.startswith("agreed_")
        }
        self.query(".problem.field").remove()
        for name in reversed(said):
            if name in _UNDER:
                self._problem(name, " ".join(said[name]))
        row = self.agreed.show_problems(agreed)
        fields: dict[str, Widget] = {
            "cancel_reason": self.reason,
            "day": self.day,
            "minutes": self.minutes,
            "note": self.words,
            **({name: row.words for name in said if name.startswith("agreed_")} if row else {}),
            "next_day": self.next_day,
            "next_minutes": self.next_minutes,
        }
        for name, field in fields.items():
            if name in said:
                field.focus()
                return

    # Drafts

    def raw(self) -> dict[str, Any]:
        """Return what is typed and chosen, as JSON values."""
        return {
            "status": self.status.chosen,
            "reason": self.reason.chosen,
            "day": self.day.value,
            "minutes": self.minutes.value,
            "form": self.form.value,
            "carried": self.carried.raw(),
            "topics": self.topics.chosen,
            "goals": list(self.goals.chosen),
            "note": self.words.text,
            "agreed": self.agreed.raw(),
            "next_day": self.next_day.value,
            "next_minutes": self.next_minutes.value,
        }

    async def restore(self, raw: Mapping[str, Any]) -> None:
        """Fill the form with what `raw` returned, in another run perhaps."""
        for letter in raw.get("status", []):
            self._status = STATUS_LETTER.get(letter, self._status)
        self.status.chosen = letters_of(self._status)
        self.reason.chosen = raw.get("reason", [])
        self.day.value = raw.get("day", "")
        self.minutes.value = raw.get("minutes", "")
        self.form.value = raw.get("form", self.form.value)
        self.carried.restore(raw.get("carried", {}))
        self.topics.chosen = raw.get("topics", [])
        self.goals.chosen = raw.get("goals", [])
        self.words.text = raw.get("note", "")
        self.next_day.value = raw.get("next_day", "")
        self.next_minutes.value = raw.get("next_minutes", "")
        await self.agreed.restore(raw.get("agreed", []))
        self._follow()

    # What follows from what is typed

    @on(Letters.Changed, "#status")
    def _status_chosen(self, event: Letters.Changed) -> None:
        event.stop()
        # The letter of what is chosen already leaves it chosen: there is always one.
        self.choose_status(STATUS_LETTER[event.chosen[0]] if event.chosen else self._status)

    @on(Letters.Changed, "#reason")
    def _reason_chosen(self, event: Letters.Changed) -> None:
        event.stop()
        self._mended("cancel_reason")
        if event.chosen:
            self.next_day.focus()
        self.post_message(self.Changed())

    @on(Letters.Changed, "#topics")
    @on(GoalsField.Changed)
    @on(CarriedList.Changed)
    @on(AgreedRows.Changed)
    @on(ChoiceField.Changed, "#form")
    def _chosen(self, event: Message) -> None:
        event.stop()
        if not self.opened:
            return
        self._follow()
        self.post_message(self.Changed())

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _typed(self, event: Input.Changed | TextArea.Changed) -> None:
        event.stop()
        if not self.opened:
            return
        self._mended(event.control.id or "")
        self._follow()
        self.post_message(self.Changed())

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.screen.focus_next()

    def _problem(self, name: str, words: str) -> None:
        """Say what is wrong with a field, under the line it stands on."""
        said = Static(safe(f"✗ {words}"), classes=f"problem field for-{name}", markup=False)
        self.mount(said, after=f"#{_UNDER[name]}")

    def _mended(self, name: str) -> None:
        """Drop what was said of a field that is being mended."""
        if name in _UNDER:
            self.query(f".for-{name}").remove()

    def _follow(self) -> None:
        """Show the fields that belong to the status, and what the days mean."""
        if not self.is_attached:
            return
        status = self.chosen_status
        cancelled = status is SupervisionStatus.CANCELLED
        planned = status is SupervisionStatus.PLANNED
        shown = {
            ("reason-line",): cancelled,
            ("from-last", "carried"): bool(self.start.carried) and not planned,
            ("topics-heading", "topics"): not cancelled and self._has_topics,
            ("goals-line",): not cancelled,
            ("agreed", "next-line"): not planned,
        }
        for names, display in shown.items():
            for name in names:
                widget = self.get_child_by_id(name)
                if widget.display is not display:
                    widget.display = display
        label = text("session.new_time" if cancelled else "session.next")
        self._next_label.update(label, layout=False)
        day, next_day, on = self.day.day, self.next_day.day, self.start.facts.on
        self._day_words.update(day_beside(day_words(day, on) if day else ""), layout=False)
        words = day_words(next_day, on) if next_day else ""
        if not self.next_day.value.strip() and self.start.next_planned:
            words = booked_words(self.start.next_planned, on)
        self._next_words.update(day_beside(words), layout=False)
        self._counts_line.update(self._counts(status), layout=False)

    def _counts(self, status: SupervisionStatus) -> Content:
        """Say what the session counts towards. What the programme asks is the judge's to say."""
        day = self.day.day
        form = SupervisionForm(self.form.value)
        count = count_weeks(self.start, status, day, form)
        if count is None:
            words = text("session.counts_outside") if day and self.start.placements else ""
        else:
            key = "session.counts_one" if count.begun == 1 else "session.counts"
            words = text(key, met=count.met, begun=count.begun)
        planned = self.start.planned_for
        if planned is not None and planned != day:
            moved = text("session.planned_for", day=with_weekday(planned, self.start.facts.on))
            words = " · ".join(filter(None, (moved, words)))
        goals = len(self.goals.chosen)
        if goals and status is not SupervisionStatus.CANCELLED:
            words = " · ".join(filter(None, (words, text("session.counts_goals", count=goals))))
        return safe(words, "$text-muted")
