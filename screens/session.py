"""The weekly session: open, tick off, save; or write what it was about."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding

from at_tui import settings
from at_tui.content_in_use import curriculum_for, topics
from at_tui.language import say, text
from at_tui.problem import Problem
from at_tui.session_records import SessionStart, draft_key, open_session, placement_week
from at_tui.session_saving import save_session
from at_tui.supervising import (
    MOST_CARRIED,
    Sensitive,
    SessionEntry,
    check_session,
    find_in_entry,
)
from schema.fault import Fault, Invalid
from schema.words import SupervisionStatus
from screens.dates import clock, full, with_weekday
from screens.session_form import SessionForm
from screens.text import beside, safe, safe_note
from screens.widgets.confirm import Confirm
from screens.widgets.drafts import DraftPage
from screens.widgets.keys import bind

if TYPE_CHECKING:
    from schema.content.curriculum import Curriculum
    from schema.content.prompts import PromptSet


class SessionScreen(DraftPage[str]):
    """Log, cancel or plan a session. Dismissed with the session's id once it is saved.

    Args:
        training_id: Whose.
        supervision_id: The session; None for this week's planned one, or a new one.
        blank: With None above: a session of its own, whatever is planned.
    """

    AREA = "session"
    CSS_PATH = "session.tcss"
    BINDINGS: ClassVar[list[Any]] = [
        bind("ctrl+s,f2", "save", "app.save"),
        bind("1", "tick(1)", "session.tick", as_="1–9"),
        *(
            Binding(str(n), f"tick({n})", show=False, id=f"session.tick{n}")
            for n in range(2, MOST_CARRIED + 1)
        ),
        bind("h", "status('held')", "session.held", show=False),
        bind("i", "status('cancelled')", "session.cancelled", show=False),
        bind("p", "status('planned')", "session.planned", show=False),
        bind("n", "go('note')", "session.note"),
        bind("o", "go('agreed')", "session.agree", show=False),
        bind("g", "go('goals')", "session.goals", show=False),
    ]

    def __init__(
        self, training_id: str, supervision_id: str | None = None, *, blank: bool = False
    ) -> None:
        super().__init__()
        self._training_id, self._supervision_id, self._blank = training_id, supervision_id, blank
        self._start: SessionStart | None = None
        self._form: SessionForm | None = None
        self._untouched: dict[str, Any] = {}
        self._no_patients: set[str] = set()
        """What the user has said is no patient's."""

    @property
    def start(self) -> SessionStart:
        """What the form opened with."""
        if self._start is None:
            raise RuntimeError("the form has not been read yet")
        return self._start

    @property
    def form(self) -> SessionForm:
        """The fields."""
        if self._form is None:
            raise RuntimeError("the form has not been laid out yet")
        return self._form

    def body(self) -> ComposeResult:
        """Read the records and lay out the form."""
        try:
            with self.store.read() as work:
                self._start = open_session(
                    work,
                    self._training_id,
                    self._supervision_id,
                    on=self.today,
                    blank=self._blank,
                )
        except Fault as fault:
            if self.is_running:  # not laid out ahead, where nobody asked for it
                self.desk.say(say(fault), "error")
                self.call_after_refresh(self._leave)
            return
        self.draft_key = draft_key(self._training_id, self.start.supervision_id)
        id, version = self.start.curriculum

        @cache
        def curriculum() -> Curriculum | None:
            return curriculum_for(id, version, self.start.kind)

        self._form = SessionForm(self.start, self._topics, curriculum)
        yield self._form

    @property
    def _topics(self) -> PromptSet | None:
        """The topics: offered as the user has set it, and always when some were taken up."""
        wanted = settings.load()["session_topics"] or self.start.entry.topics
        return topics(self.start.kind) if wanted else None

    def on_mount(self) -> None:
        """Fetch the draft, and begin where digits and letters work."""
        if self._start is not None:
            self._title()
            self.form.focus()
            self.call_after_refresh(self._begin)

    def _leave(self) -> None:
        self.dismiss()

    def _begin(self) -> None:
        self._untouched = self.form.raw()
        self.form.opened = True
        self.fetch_draft()

    def _title(self) -> None:
        start, day = self.start, self.form.day.day
        words = [full(day)] if day else []
        week = placement_week(start, day)
        if week is not None:
            number = start.number(day)
            words.append(text("session.where", week=week[0], weeks=week[1], number=number))
        self.set_title(
            text("session.title", name=start.trainee_name),
            safe(" · ".join(words), "$text-muted"),
        )

    # Drafts

    def on_session_form_changed(self) -> None:
        """Keep a draft of what differs from what the form opened with."""
        self._title()
        self.refresh_bindings()
        if self._untouched and self.form.raw() != self._untouched:
            self.draft_changed()

    def draft_content(self) -> dict[str, Any]:
        """Return what is typed, and which revision of the session it was typed on."""
        return {"rev": self._rev, **self.form.raw()}

    def restore_draft(self, content: dict[str, Any]) -> None:
        """Fill the form with a draft, and say so when the session is not what it was."""
        self.call_later(self.form.restore, content)
        if content.get("rev") != self._rev:
            self.desk.say(text("session.draft_older"), "warning")

    @property
    def _rev(self) -> int:
        record = self.start.records.get(self.start.supervision_id or "")
        return record.rev if record else 0

    # Actions

    def record_of_focus(self) -> str:
        """Return the session's id, when it has been saved."""
        return self._start.supervision_id or "" if self._start else ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out the digits when there is nothing to tick off."""
        if action == "tick":
            # Asked for each digit whenever the keys are drawn.
            form = self._form
            if form is None or not form.start.carried:
                return False
            return form.chosen_status is not SupervisionStatus.PLANNED
        return True

    def action_tick(self, number: int) -> None:
        """Tick off an agreement from last time."""
        self.form.carried.tick(number)

    def action_status(self, status: str) -> None:
        """Choose what became of the session."""
        self.form.choose_status(SupervisionStatus(status))

    def action_go(self, where: str) -> None:
        """Put the focus on a field."""
        if where == "note":
            self.form.words.focus()
        elif where == "goals":
            self.form.goals.focus()
        else:
            self.form.agreed.focus_new()

    def action_help(self) -> None:
        """Show the questions behind the topics when one stands there, else the page's help."""
        prompts = self._topics if self.form.topics.has_focus else None
        if prompts is None:
            super().action_help()
            return
        from screens.session_topics import Topics

        self.app.push_screen(Topics(prompts, self.form.topics.chosen))

    def action_save(self) -> None:
        """Save, or show all that is wrong, or ask about what looks like a patient's."""
        entry, problems = self.form.read()
        told = {problem.field for problem in problems}
        problems += [p for p in check_session(entry, self.start.facts) if p.field not in told]
        self.form.show_problems(problems)
        self.quiet = bool(problems)
        if problems:
            self._not_saved(problems)
            return
        asked = [one for one in find_in_entry(entry) if one.excerpt not in self._no_patients]
        if asked:
            self._ask(entry, asked)
        else:
            self._write(entry)

    def _not_saved(self, problems: list[Problem]) -> None:
        self.note(safe(text("session.to_mend", count=len(problems)), "$error"))

    def _ask(self, entry: SessionEntry, found: list[Sensitive]) -> None:
        lines = [
            text(
                "session.sensitive.found",
                what=text(f"session.sensitive.{one.hit.kind}"),
                excerpt=one.excerpt,
            )
            for one in found
        ]
        question = Confirm(
            text("session.sensitive.title"),
            safe_note("\n".join([*lines, "", text("session.sensitive.more")])),
            yes=text("session.sensitive.keep"),
            no=text("session.sensitive.correct"),
        )

        def answered(no_patients: bool | None) -> None:
            if no_patients:
                self._no_patients |= {one.excerpt for one in found}
                self._write(entry)
            else:
                self._correct(found[0])

        self.app.push_screen(question, answered)

    def _correct(self, found: Sensitive) -> None:
        """Put the focus on the text that was pointed out, with it selected."""
        if found.field != "note":
            self.form.agreed.row(int(found.field.removeprefix("agreed_"))).words.focus()
            return
        area = self.form.words
        area.focus()
        at = area.text.find(found.excerpt)
        if at >= 0:
            before = area.text[:at].split("\n")
            start = (len(before) - 1, len(before[-1]))
            area.move_cursor(start)
            area.move_cursor((start[0], start[1] + len(found.excerpt)), select=True)
            area.scroll_cursor_visible()

    def _write(self, entry: SessionEntry) -> None:
        try:
            with self.store.work(self.author) as work:
                saved = save_session(work, self.start, entry, author=self.author)
        except Invalid as invalid:
            problems = [Problem(name, code, values) for name, code, values in invalid.problems]
            self.form.show_problems(problems)
            self.quiet = True
            self._not_saved(problems)
        except Fault as fault:
            if fault.code == "store.stale":
                self._stale()
            else:
                self.desk.say(say(fault), "error")
            self.note(safe(text("session.not_saved"), "$error"))
        else:
            self.settle_draft()
            self.desk.save_toast(self._said(entry))
            self.dismiss(saved)

    def _said(self, entry: SessionEntry) -> str:
        values: dict[str, object] = {
            "name": self.start.trainee_name,
            "time": clock(self.desk.now()),
        }
        day = entry.next.day if entry.next else None
        if day is None:
            return text("session.saved", **values)
        moved = entry.status is SupervisionStatus.CANCELLED
        key = "session.saved_moved" if moved else "session.saved_next"
        return text(key, day=with_weekday(day, self.today), **values)

    def _stale(self) -> None:
        """Read the records anew under what is typed, and say what the other window saved."""
        typed = self.form.carried.raw()
        try:
            with self.store.read() as work:
                self._start = open_session(
                    work, self._training_id, self.start.supervision_id, on=self.today
                )
        except Fault as fault:
            self.desk.say(say(fault), "error")
            return
        self.form.start = self.start
        self.form.carried.replace(self.start.carried)
        self.form.carried.restore(typed)
        note = self.start.entry.note
        words = beside(
            safe(text("session.stale")),
            safe(text("session.stale_note", note=note)) if note else "",
        )
        self.desk.say(words, "warning")
