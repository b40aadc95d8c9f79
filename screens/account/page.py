"""Utvecklingskonto och ledighet of one trainee: what the plan grants, and what is used of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from at_tui.language import say, text
from schema.fault import Fault
from screens.account.forms import PurchaseForm
from screens.account.leave_forms import CourseLeaveForm, ExamLeaveForm
from screens.account.rows import rows_of, rule_sentences, rules_of
from screens.dates import full
from screens.trainee.print_dialog import PrintChoice, PrintDialog
from screens.widgets.confirm import Confirm
from screens.widgets.keys import bind
from screens.widgets.picker import Picker
from screens.widgets.reading_page import ReadingPage
from screens.widgets.reason import Reason
from screens.widgets.rows import TALL

# The plans bring pydantic (0.1 s) and the tables SQLModel (0.6 s): loaded in the worker.
if TYPE_CHECKING:
    from at_tui.accounts.leave import LeaveLine
    from at_tui.accounts.reading import Purse
    from schema.tables import Absence, AccountEntry


class AccountPage(ReadingPage["Purse"]):
    """The balance, each purchase with what comes next, and the leave.

    Args:
        training_id: Whose.
    """

    AREA = "account"
    READS = "account"
    LEAVES = True
    DEFAULT_CSS = """
    AccountPage #rules { height: auto; max-height: 9; padding: 0 3; margin-top: 1; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        bind("n", "new", "account.new"),
        bind("g", "approve", "account.approve"),
        bind("a", "refuse", "account.refuse"),
        bind("l", "course", "account.course"),
        bind("t", "exam", "account.exam"),
        bind("p", "print", "account.print"),
        bind("delete", "remove", "trainee.remove", show=False),
    ]

    def __init__(self, training_id: str) -> None:
        super().__init__()
        self._training_id = training_id
        self._purse: Purse | None = None

    def body(self) -> ComposeResult:
        """Lay out the list over the plan's rules."""
        yield Picker((), type_to_filter=False, filters=False)
        yield Static(id="rules", markup=False)

    def on_mount(self) -> None:
        """Begin in the list."""
        self.set_title(text("account.title"), full(self.today))
        self.query_one(Picker).focus()

    def find(self) -> Purse:
        """Return the account and the leave."""
        from at_tui.accounts.reading import purse

        return purse(self.store, self._training_id, self.today)

    def came(self, found: Purse) -> None:
        """Fill the page."""
        self._purse = found
        self.set_title(text("account.title_of", name=found.trainee.name), full(self.today))
        self.query_one(Picker).show(list(rows_of(found)))
        self.query_one("#rules", Static).update(Content("\n").join(self._rules(found)))
        self.refresh_bindings()

    def _rules(self, found: Purse) -> list[Content]:
        return list(rules_of(found, all_of_them=self.size.height >= TALL))

    def help_text(self) -> str:
        """Return what is done here, and the plan's rules."""
        rules = list(rule_sentences(self._purse)) if self._purse else []
        return "\n".join([text("account.help").strip(), "", *rules]).strip()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out the keys of what the plan does not grant."""
        found = self._purse
        granted = {
            "new": found is not None and found.account is not None,
            "approve": found is not None and not found.grants_nothing,
            "refuse": found is not None and not found.grants_nothing,
            "print": found is not None and not found.grants_nothing,
            "course": found is not None and found.course is not None,
            "exam": found is not None and bool(found.exam),
        }
        return granted.get(action, True)

    # Forms

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Open a purchase, or a leave."""
        event.stop()
        kind, _, id = event.row_id.partition(":")
        training = self._training_id
        if kind == "entry":
            self.desk.go(lambda: PurchaseForm(training, id))
        elif kind == "course":
            self.desk.go(lambda: CourseLeaveForm(training, id))
        elif kind == "exam":
            day, _, absence = id.partition("/")
            self.desk.go(lambda: ExamLeaveForm(training, day, absence or None))

    def action_new(self) -> None:
        """Apply for money."""
        self.desk.go(lambda: PurchaseForm(self._training_id))

    def action_course(self) -> None:
        """Apply for leave for a course."""
        self.desk.go(lambda: CourseLeaveForm(self._training_id))

    def action_exam(self) -> None:
        """Enter leave before the next sitting."""
        if self._purse is None or not self._purse.exam:
            return
        days = [day for day, _ in self._purse.exam]
        day = next((d for d in days if d >= self.today), days[-1])
        self.desk.go(lambda: ExamLeaveForm(self._training_id, day.isoformat()))

    # What is done with a row

    def _entry(self) -> AccountEntry | None:
        kind, _, id = (self.query_one(Picker).selected or "").partition(":")
        lines = self._purse.lines if self._purse and kind == "entry" else ()
        found = (line.entry for line in lines if line.entry.id == id)
        return cast("AccountEntry | None", next(found, None))

    def _chosen_leave(self) -> LeaveLine | None:
        """Return the leave under the cursor."""
        kind, _, id = (self.query_one(Picker).selected or "").partition(":")
        if self._purse is None or kind not in ("course", "exam"):
            return None
        absence = id.rpartition("/")[2]
        lines = (line for leave in self._purse.leaves for line in leave.lines)
        return next((line for line in lines if line.absence.id == absence), None)

    def _waiting(self) -> AccountEntry | Absence | None:
        """Return the application under the cursor, or say that there is none."""
        leave = self._chosen_leave()
        if leave is not None and leave.waiting:
            return cast("Absence", leave.absence)
        entry = self._entry()
        if entry is None or entry.approved_on or entry.refused_on or entry.paid_on:
            self.desk.say(text("account.not.waiting"), "warning")
            return None
        return entry

    def action_approve(self) -> None:
        """Approve the application under the cursor, unless the plan forbids it."""
        found = self._waiting()
        if found is None:
            return
        from at_tui.accounts import acts

        if self._chosen_leave() is not None:
            leave = cast("Absence", found)
            self._do(lambda: acts.grant(self.store, leave, self.author, self.today), "approved")
            return
        entry = cast("AccountEntry", found)
        self._do(lambda: acts.approve(self.store, entry, self.author, self.today), "approved")

    def action_refuse(self) -> None:
        """Refuse the application under the cursor: a purchase with a reason; a leave is taken
        out of the absence."""
        found = self._waiting()
        if found is None:
            return
        if self._chosen_leave() is not None:
            self.action_remove()
            return
        from at_tui.accounts.acts import refuse

        entry = cast("AccountEntry", found)

        def answered(reason: str | None) -> None:
            if reason:
                self._do(
                    lambda: refuse(self.store, entry, reason, self.author, self.today), "refused"
                )

        question = text("account.refuse.question", title=entry.title)
        more, label = text("account.refuse.more"), text("account.refuse.label")
        self.app.push_screen(Reason(question, more, label=label), answered)

    def action_remove(self) -> None:
        """Take back an application or a leave."""
        from at_tui.accounts.acts import remove

        entry = self._entry()
        if entry is not None and (entry.paid_on or entry.refused_on):
            self.desk.say(text("account.not.removable"), "warning")
            return
        record: Any = entry
        question = text("account.remove.entry", title=entry.title) if entry else ""
        more = text("account.remove.entry_more")
        if entry is None:
            leave = self._chosen_leave()
            if leave is None:
                return
            from screens.trainee.words import period

            record = leave.absence
            days = period(record.start, record.end, self.today)
            question, more = text("account.remove.leave", days=days), text("account.remove.more")

        def answered(yes: bool | None) -> None:
            if yes:
                self._do(lambda: remove(self.store, record, self.author), "")

        self.app.push_screen(Confirm(question, more), answered)

    def _do(self, act: Any, done: str) -> None:
        try:
            act()
        except Fault as fault:
            self.desk.say(say(fault), "error")
            return
        self.desk.save_toast(text(f"account.done.{done}" if done else "account.remove.done"))
        self.reload()

    # Printing

    def action_print(self) -> None:
        """Print the statement of the account."""
        if self._purse is not None and not self._purse.grants_nothing:
            title = text("account.title_of", name=self._purse.trainee.name)
            self.app.push_screen(PrintDialog(title, notes=False), self._print)

    def _print(self, choice: PrintChoice | None) -> None:
        if choice is None or self._purse is None:
            return
        found = self._purse

        def work() -> None:
            # reportlab takes 0.3 s to import: the page must not stand still meanwhile.
            from at_tui.accounts.acts import print_statement

            try:
                path: Path = print_statement(self.store, found, choice.folder)
            except Fault as fault:
                self.app.call_from_thread(self.desk.say, say(fault), "error")
            else:
                words = text("account.done.printed", path=path)
                self.app.call_from_thread(self.desk.say, words)

        self.run_worker(work, thread=True, name="print", group="print")
