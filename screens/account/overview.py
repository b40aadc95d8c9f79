"""All development accounts: who waits for an answer, what is left, whose receipt is urgent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.content import Content

from at_tui.language import say, text
from schema.fault import Fault
from screens import ways
from screens.dates import full, short
from screens.text import safe
from screens.trainee.print_dialog import PrintChoice, PrintDialog
from screens.widgets.keys import bind
from screens.widgets.picker import Picker
from screens.widgets.reading_page import ReadingPage
from screens.widgets.rows import Column, Row
from screens.widgets.status import Status, status

# The plans bring pydantic (0.1 s) and the tables SQLModel (0.6 s): loaded in the worker.
if TYPE_CHECKING:
    from at_tui.accounts.reading import Purse


class AccountsPage(ReadingPage["Sequence[Purse]"]):
    """One row for each trainee whose plan grants something."""

    AREA = "account"
    READS = "accounts"
    BINDINGS: ClassVar[list[Any]] = [
        bind("f6", "waiting", "account.waiting"),
        bind("f9", "print", "account.print"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._found: list[Purse] = []
        self._only_waiting = False

    def body(self) -> ComposeResult:
        """Lay out the list."""
        yield Picker(
            [
                Column(text("account.overview.name"), width=20, grow=1, most=32),
                Column(text("account.overview.left"), width=13, wide=14, right=True),
                Column(text("account.overview.used"), width=11, right=True, wide_only=True),
                Column(text("account.overview.leave"), width=10, wide=12),
                Column(text("account.overview.note"), width=25, grow=1, most=40),
                Column(text("account.overview.programme"), width=22, grow=1, wide_only=True),
            ]
        )

    def on_mount(self) -> None:
        """Begin in the list."""
        self.set_title(text("account.overview.title"), full(self.today))
        self.query_one(Picker).show([Row("", (safe(text("app.opening"), "$text-muted"),))])
        self.query_one(Picker).focus()

    def help_text(self) -> str:
        """Return what the list is."""
        return text("account.overview.help").strip()

    def find(self) -> Sequence[Purse]:
        """Return everyone's account."""
        from at_tui.accounts.reading import purses

        return purses(self.store, self.today)

    def came(self, found: Sequence[Purse]) -> None:
        """Fill the list."""
        self._found = list(found)
        shown = [p for p in found if p.waiting] if self._only_waiting else self._found
        key = "title_waiting" if self._only_waiting else "title"
        self.set_title(text(f"account.overview.{key}"), full(self.today))
        empty = "empty_waiting" if self._only_waiting and found else "empty"
        rows = list(self._rows(shown))
        self.query_one(Picker).show(rows, empty=safe(text(f"account.overview.{empty}")))
        waiting = sum(p.waiting for p in found)
        words = text("account.overview.count", people=len(found), waiting=waiting)
        self.note(safe(words, "$text-muted"))

    def _rows(self, found: Sequence[Purse]) -> Iterator[Row]:
        from at_tui.accounts.money import kronor

        for one in found:
            nothing = text("account.overview.nothing")
            left = kronor(one.balance.left) if one.balance else nothing
            used = kronor(one.balance.used) if one.balance else nothing
            leave = nothing
            if one.course is not None:
                leave = text("account.overview.of_days", used=one.course.used, most=one.course.most)
            yield Row(
                one.training.id,
                (
                    safe(one.trainee.name, "bold"),
                    left,
                    safe(used, "$text-muted"),
                    safe(leave, "$text-muted"),
                    self._note(one),
                    safe(one.plan.title, "$text-muted"),
                ),
                search=f"{one.trainee.name} {one.plan.title}",
            )

    def _note(self, one: Purse) -> Content:
        from at_tui.accounts.balance import State

        if one.waiting:
            return status(Status.SOON, text("account.overview.waits", count=one.waiting))
        if one.balance is not None and one.balance.left < 0:
            return status(Status.LATE, text("account.overview.over"))
        for state, sign in ((State.TOO_OLD, Status.LATE), (State.URGENT, Status.SOON)):
            for line in one.lines:
                if line.state is state:
                    day = short(line.last_day, one.on) if line.last_day else ""
                    return status(sign, text(f"account.overview.{state}", day=day))
        return safe(text("account.overview.nothing"), "$text-muted")

    # Actions

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Open the account."""
        event.stop()
        if event.row_id:
            training = event.row_id
            self.desk.go(lambda: ways.account(training))

    def action_waiting(self) -> None:
        """Show only those who wait for an answer, or all."""
        self._only_waiting = not self._only_waiting
        self.came(self._found)

    def action_print(self) -> None:
        """Write the list as a file."""
        title = text("account.overview.asked")
        self.app.push_screen(PrintDialog(title, notes=False), self._write)

    def _write(self, choice: PrintChoice | None) -> None:
        if choice is None:
            return
        from at_tui.accounts.listed import write_list

        try:
            path: Path = write_list(self._found, choice.folder, self.today)
        except Fault as fault:
            self.desk.say(say(fault), "error")
            return
        self.desk.say(text("account.overview.printed", path=path))
