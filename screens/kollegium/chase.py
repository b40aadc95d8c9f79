"""Påminn: who owes the meeting what, with the mail to each, and the page to print."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from at_tui.kollegium.chase import Debtor, chase_list, chase_texts, needed_by
from at_tui.language import say, text
from at_tui.printing import file_name, write_document
from schema.fault import Fault
from screens.dates import read_day, short, with_weekday
from screens.kollegium.printing import print_chase
from screens.text import safe, safe_note
from screens.trainee.print_dialog import PrintChoice, PrintDialog
from screens.widgets.keys import bind
from screens.widgets.page import Page
from screens.widgets.picker import Picker
from screens.widgets.reason import Reason
from screens.widgets.rows import Column, Row

# The records bring SQLModel: the worker loads it.
if TYPE_CHECKING:
    from at_tui.kollegium.whole import Cohort


class ChasePage(Page[None]):
    """The list over the mail to the one it stands on.

    Args:
        known: A cohort that has been read; None reads it.
    """

    AREA = "chase"
    DEFAULT_CSS = """
    ChasePage Picker { height: 2fr; }
    ChasePage #mail { height: 3fr; border-top: solid $line; padding: 0 3; }
    ChasePage #mail > Static { height: auto; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        bind("c", "copy", "chase.copy"),
        bind("s", "save", "chase.save"),
        bind("p", "print", "chase.print"),
        bind("n", "remind", "chase.remind"),
        bind("a", "all", "chase.all"),
        bind("d", "until", "chase.until"),
    ]

    def __init__(self, known: Cohort | None = None) -> None:
        super().__init__()
        self._cohort = known
        self._debtors: dict[str, Debtor] = {}
        self._until: date | None = None

    def body(self) -> ComposeResult:
        """Lay out the list and the mail."""
        columns = [
            Column(text("chase.who"), width=24, grow=2, most=34),
            Column(text("chase.unit"), width=20, grow=2, most=40),
            Column(text("chase.debts"), width=10),
            Column(text("chase.reminded"), width=9),
        ]
        yield Picker(columns, type_to_filter=False, enter=False, marks=True)
        with VerticalScroll(id="mail"):
            yield Static(markup=False)

    def on_mount(self) -> None:
        """Work it out in a thread."""
        self.set_title(text("chase.title"))
        picker = self.query_one(Picker)
        picker.show([], empty=safe(text("chase.reading")))
        picker.focus()
        self.reload()

    def reload(self) -> None:
        """Read and work it out in a thread."""
        self.run_worker(self._read, thread=True, exclusive=True, name="chase")

    def _read(self) -> None:
        from at_tui.kollegium.whole import judged, read_cohort

        try:
            cohort = self._cohort or read_cohort(self.store, self.author, self.today)
            if not cohort.judged:
                cohort = judged(cohort)
        except Fault as fault:
            self.app.call_from_thread(self.desk.say, say(fault), "error")
            return
        found = chase_list(cohort.cases, cohort.shelf, cohort.meeting_id)
        self.app.call_from_thread(self._came, cohort, found)

    def _came(self, cohort: Cohort, found: Sequence[Debtor]) -> None:
        self._cohort = cohort
        self._debtors = {f"{d.person_id}:{d.unit_id if not d.person_id else ''}": d for d in found}
        self._title()
        rows = [_row(id, debtor, self.today) for id, debtor in self._debtors.items()]
        self.query_one(Picker).show(rows, empty=safe(text("chase.nothing")))
        self._tell()
        self.refresh_bindings()

    def _title(self) -> None:
        count = sum(len(d.debts) for d in self._debtors.values())
        key = "chase.counts_one" if len(self._debtors) == 1 else "chase.counts"
        counted = text(key, people=len(self._debtors), count=count)
        when = text("chase.needed", until=with_weekday(self.until, self.today))
        self.set_title(text("chase.title"), f"{counted} · {when}" if self._debtors else when)

    @property
    def meeting_day(self) -> date | None:
        """The day of the next meeting; None when none is set up."""
        meeting = self._cohort.next_meeting if self._cohort else None
        return meeting.day if meeting else None

    @property
    def until(self) -> date:
        """The day by which it is needed."""
        return self._until or needed_by(self.today, self.meeting_day)

    # What is shown

    def on_picker_moved(self, event: Picker.Moved) -> None:
        """Show the mail to the one the cursor stands on."""
        event.stop()
        self._tell()

    def on_picker_marked(self, event: Picker.Marked) -> None:
        """Marked rows are what the keys are about."""
        event.stop()
        self._tell()

    def _tell(self) -> None:
        debtor = self._debtors.get(self.query_one(Picker).selected or "")
        words = self._mails([debtor]) if debtor else ""
        self.query_one("#mail > Static", Static).update(safe_note(words))
        self.query_one("#mail").scroll_home(animate=False)

    def _mails(self, debtors: Sequence[Debtor]) -> str:
        sender = self._cohort.author if self._cohort else ""
        return chase_texts(debtors, meeting_day=self.meeting_day, until=self.until, sender=sender)

    def _chosen(self) -> list[Debtor]:
        """Return those marked, else the one under the cursor."""
        picker = self.query_one(Picker)
        marked = [d for id, d in self._debtors.items() if id in picker.marked]
        one = self._debtors.get(picker.selected or "")
        return marked or ([one] if one else [])

    # What is done here

    def action_all(self) -> None:
        """Mark all, or none."""
        rows = self.query_one(Picker).rows
        every = set(self._debtors)
        rows.marked = set() if rows.marked == every else every
        rows.show(rows.rows)

    def action_copy(self) -> None:
        """Copy the mails."""
        chosen = self._chosen()
        if not chosen:
            return
        self.app.copy_to_clipboard(self._mails(chosen))
        what = text("chase.what_more", count=len(chosen))
        if len(chosen) == 1:
            what = text("chase.what_one", name=chosen[0].name or chosen[0].unit or "–")
        self.desk.say(f"{text('chase.copied', what=what)} {text('chase.copied_more')}")

    def action_save(self) -> None:
        """Write the mails to a file."""
        chosen = self._chosen()
        name = file_name(text("chase.file"), self.today.isoformat(), ending="txt")
        words = self._mails(chosen)
        self._ask(
            text("chase.save_title"),
            "chase.saved",
            lambda folder: write_document(folder, name, words.encode()),
            text("chase.save_button"),
        )

    def action_print(self) -> None:
        """Print the whole list."""
        cohort, debtors, day = self._cohort, list(self._debtors.values()), self.meeting_day
        if cohort is not None:
            self._ask(
                text("chase.print_title"),
                "chase.printed",
                lambda folder: print_chase(debtors, cohort, folder, day),
            )

    def _ask(self, title: str, done: str, write: Callable[[Path], Path], button: str = "") -> None:
        def chosen(choice: PrintChoice | None) -> None:
            if choice is not None:
                folder = choice.folder
                self.run_worker(lambda: self._write(folder, done, write), thread=True, name="print")

        self.app.push_screen(PrintDialog(title, notes=False, button=button), chosen)

    def _write(self, folder: Path, done: str, write: Callable[[Path], Path]) -> None:
        try:
            path = write(folder)
        except Fault as fault:
            self.app.call_from_thread(self.desk.say, say(fault), "error")
            return
        self.app.call_from_thread(self.desk.say, text(done, path=path))

    def action_until(self) -> None:
        """Change the day by which it is needed."""

        def typed(words: str | None) -> None:
            if words is None:
                return
            try:
                self._until = read_day(words, self.today)
            except Fault as fault:
                self.desk.say(say(fault), "error")
                return
            self._title()
            self._tell()

        asked = Reason(
            text("chase.until_title"), text("chase.until_more"), label=text("chase.until_label")
        )
        self.app.push_screen(asked, typed)

    def action_remind(self) -> None:
        """Note on the next meeting that they have been asked."""
        from at_tui.kollegium.meetings import remind
        from schema.tables import Kollegium

        cohort, chosen = self._cohort, self._chosen()
        if cohort is None or not chosen:
            return
        if cohort.next_meeting is None:
            self.desk.say(text("chase.no_meeting_to_note"), "warning")
            return
        try:
            with self.store.work(self.author) as work:
                meeting = work.need(Kollegium, cohort.meeting_id)
                remind(work, meeting, [d.person_id or d.unit_id for d in chosen], self.today)
        except Fault as fault:
            self.desk.say(say(fault), "error")
            return
        self.desk.save_toast(text("chase.noted", count=len(chosen)))
        self._cohort = None
        self.reload()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out what there is nobody for."""
        if action in ("copy", "save", "print", "remind", "all", "until"):
            return bool(self._debtors)
        return True


def _row(id: str, debtor: Debtor, on: date) -> Row:
    count = len(debtor.debts)
    points = text("chase.point_one") if count == 1 else text("chase.points", count=count)
    name = safe(debtor.name, "bold") if debtor.name else safe(text("chase.nobody"), "$warning")
    reminded = safe(short(debtor.reminded, on) if debtor.reminded else "–", "$text-muted")
    return Row(id, (name, safe(debtor.unit or "–", "$text-muted"), points, reminded))
