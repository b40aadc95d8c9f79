"""What is printed of a meeting, where it goes, and the making of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Button, Input, Static

from at_tui.language import text
from at_tui.printing import file_name, write_document
from screens.text import safe
from screens.widgets.choice_field import ChoiceField, Option
from screens.widgets.folder_line import folder_in, folder_line
from screens.widgets.keys import bind
from screens.widgets.page import Dialog

if TYPE_CHECKING:
    from at_tui.kollegium.minutes import Minutes, Slip

MINUTES, SUPERVISORS, DOCTORS, EACH = "minutes", "supervisors", "doctors", "each"
WHAT = (MINUTES, SUPERVISORS, DOCTORS, EACH)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be printed, and the folder."""

    what: str
    folder: Path


class PrintMeeting(Dialog[Wanted]):
    """Dismissed with what is wanted, or None.

    Args:
        supervisors, doctors: How many slips there are.
    """

    DEFAULT_CSS = """
    PrintMeeting > #frame { width: 74; }
    PrintMeeting Horizontal { height: 1; }
    PrintMeeting .label { width: 10; color: $text-muted; }
    PrintMeeting #more { height: 3; padding: 0 0 0 10; color: $text-muted; }
    PrintMeeting .problem { height: auto; padding: 0 0 0 10; display: none; color: $error; }
    PrintMeeting #print { margin: 1 0 0 10; }
    """
    BINDINGS: ClassVar[list[Any]] = [bind("f2,ctrl+s", "print", "kollegium_after.do_print")]

    def __init__(self, supervisors: int, doctors: int) -> None:
        super().__init__(text("kollegium_after.print_title"))
        self._counts = {SUPERVISORS: supervisors, DOCTORS: doctors, EACH: supervisors + doctors}

    def body(self) -> ComposeResult:
        """Lay out the question."""
        options = [
            Option(what, text(f"kollegium_after.print.{what}", count=self._counts.get(what, 0)))
            for what in WHAT
        ]
        with Horizontal():
            yield Static(safe(text("kollegium_after.what")), classes="label", markup=False)
            yield ChoiceField(options, MINUTES, title=text("kollegium_after.print_title"),
                              optional=False, id="what")  # fmt: skip
        yield Static(id="more", markup=False)
        yield from folder_line()
        yield Button(safe(text("kollegium_after.print_button")), id="print", compact=True)

    def on_mount(self) -> None:
        """Begin at what is printed."""
        self._say()
        self.query_one(ChoiceField).focus()

    @on(ChoiceField.Changed)
    def _say(self) -> None:
        what = self.query_one(ChoiceField).value
        self.query_one("#more", Static).update(safe(text(f"kollegium_after.print_more.{what}")))

    @on(Input.Submitted)
    @on(Button.Pressed)
    def action_print(self) -> None:
        """Take the choice; a file is no folder."""
        folder = folder_in(self)
        if folder is None:
            return
        self.dismiss(Wanted(self.query_one(ChoiceField).value, folder))


def write(minutes: Minutes, wanted: Wanted, on: date) -> list[Path]:
    """Make what is wanted, and return where it lies. Slow: call it in a thread.

    Raises:
        Fault: `print.not_written`; the files before it are written.
    """
    from at_tui.documents.minutes import minutes_pdf  # reportlab: 0.2 s
    from at_tui.kollegium.minutes import doctor_slips, supervisor_slips

    day = minutes.day.isoformat()
    if wanted.what == MINUTES:
        name = file_name(text("kollegium.file.minutes"), day)
        return [write_document(wanted.folder, name, minutes_pdf(minutes, issued_on=on))]
    supervisors, doctors = supervisor_slips(minutes), doctor_slips(minutes)
    slips = text("kollegium.file.slips")
    if wanted.what == EACH:
        found: list[Path] = []
        names: dict[str, int] = {}
        for slip in (*supervisors, *doctors):
            # Two of the same name have a file each.
            same = names[slip.to] = names.get(slip.to, 0) + 1
            name = file_name(slips, slip.to, str(same) if same > 1 else "", day)
            found.append(write_document(wanted.folder, name, _pdf(minutes, [slip], on)))
        return found
    chosen = supervisors if wanted.what == SUPERVISORS else doctors
    name = file_name(slips, text(f"kollegium_after.file.{wanted.what}"), day)
    return [write_document(wanted.folder, name, _pdf(minutes, chosen, on))]


def _pdf(minutes: Minutes, slips: Sequence[Slip], on: date) -> bytes:
    from at_tui.documents.gather import number_of
    from at_tui.documents.slip import slips_pdf

    return slips_pdf(
        slips,
        number=number_of(minutes.meeting_id),
        issued_on=on,
        author=minutes.chair,
        history=minutes.history,
    )
