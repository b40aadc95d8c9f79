"""The pack's dialog: whom it is about, where it goes, and how far it has come."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Input, ProgressBar, Static

from at_tui import settings
from at_tui.kollegium.cohort import choices_of
from at_tui.kollegium.pack import Cancelled, PackOptions, Scope
from at_tui.language import say, text
from at_tui.printing import file_name
from schema.fault import Fault
from schema.words import Outcome
from screens.dates import with_weekday
from screens.desk import desk
from screens.kollegium.pack_work import Printed, Wish, of_meeting, print_pack, usual_name
from screens.text import safe, safe_note
from screens.widgets.choice_field import ChoiceField, Option
from screens.widgets.keys import bind
from screens.widgets.page import Dialog

if TYPE_CHECKING:
    from at_tui.kollegium.whole import Cohort

_NAMED, _MASKED = "named", "mask"
_OFTEN = 0.05
"""Seconds between two words of how far it has come."""


class PackDialog(Dialog[Path]):
    """Asks, prints in a thread, and says where it lies; dismissed with the path, or None.

    Args:
        cohort: Everyone in service; judged here when they have not been.
    """

    DEFAULT_CSS = """
    PackDialog > #frame { width: 76; }
    PackDialog Horizontal { height: 1; }
    PackDialog .label { width: 12; color: $text-muted; }
    PackDialog .hidden { display: none; }
    PackDialog #about, PackDialog #where { height: auto; }
    PackDialog #about { margin-bottom: 1; color: $text-muted; }
    PackDialog .problem { height: auto; padding: 0 0 0 12; display: none; color: $error; }
    PackDialog #print { margin: 1 0 0 12; }
    PackDialog #asked { height: auto; }
    PackDialog #going { height: auto; display: none; }
    PackDialog ProgressBar { width: 100%; }
    PackDialog Bar { width: 1fr; }
    PackDialog Bar > .bar--bar { color: $accent; }
    PackDialog Bar > .bar--complete { color: $success; }
    PackDialog Bar > .bar--indeterminate { color: $accent; }
    PackDialog #step { height: 1; }
    PackDialog #where { margin-top: 1; display: none; }
    """
    BINDINGS: ClassVar[list[Any]] = [bind("ctrl+s,f2", "print", "pack.print")]

    def __init__(self, cohort: Cohort) -> None:
        super().__init__(text("pack.title"))
        self._cohort = cohort
        self._stop = threading.Event()
        self._working = False
        self._told = 0.0
        self._named = True
        """Whether the file still has the usual name."""
        self._path: Path | None = None

    def body(self) -> ComposeResult:
        """Lay out the questions, and what takes their place while it is made."""
        meeting = self._cohort.next_meeting
        day = with_weekday(meeting.day if meeting else self._cohort.on, self._cohort.on)
        about = text("pack.about_meeting" if meeting else "pack.about", day=day)
        settled = meeting if meeting is not None and meeting.opened else None
        lead = [about, text("pack.settled") if settled else "", text("pack.plans")]
        yield Static(safe(" ".join(filter(None, lead))), id="about", markup=False)
        rows = self._cohort.rows
        discuss = sum(row.group is not Outcome.ON_TRACK for row in rows)
        usual = Scope.MEETING if settled else Scope.ALL
        counted = {Scope.MEETING: settled.doctors} if settled else {}
        counted |= {Scope.ALL: len(rows), Scope.UNIT: 0, Scope.DISCUSS: discuss}
        scopes = [Option(s, text(f"pack.scope.{s}", count=n)) for s, n in counted.items()]
        units = [Option(id, words) for id, words in choices_of(rows).units]
        masks = [Option(n, text(f"pack.{n}")) for n in (_NAMED, _MASKED)]
        scope = ChoiceField(scopes, usual, title=text("pack.title"), optional=False, id="scope")
        unit = ChoiceField(units, title=text("pack.field.unit"), id="unit")
        masked = ChoiceField(
            masks, _NAMED, title=text("pack.field.masked"), optional=False, id="masked"
        )
        with Vertical(id="asked"):
            yield from self._line("scope", scope)
            yield from self._line("unit", unit, shown=False)
            yield from self._line("masked", masked)
            folder = str(settings.documents_folder())
            yield from self._line("folder", Input(folder, compact=True, id="folder"))
            name = usual_name(self._cohort, PackOptions())
            yield from self._line("file", Input(name, compact=True, id="file"))
            yield Static(classes="problem", markup=False)
            yield Button(safe(text("pack.print")), id="print", compact=True)
        with Vertical(id="going"):
            yield Static(id="step", markup=False)
            yield ProgressBar(show_percentage=False, show_eta=False)
            yield Static(id="where", markup=False)

    def _line(self, name: str, field: Any, *, shown: bool = True) -> ComposeResult:
        with Horizontal(id=f"line-{name}", classes="" if shown else "hidden"):
            yield Static(safe(text(f"pack.field.{name}")), classes="label", markup=False)
            yield field

    def on_mount(self) -> None:
        """Begin at the button: the usual is asked for most."""
        self.query_one("#print", Button).focus()

    # What is asked

    @on(ChoiceField.Changed)
    def _changed(self, event: ChoiceField.Changed) -> None:
        event.stop()
        unit = self.query_one("#scope", ChoiceField).value == Scope.UNIT
        self.query_one("#line-unit").set_class(not unit, "hidden")
        if self._named:
            self.query_one("#file", Input).value = usual_name(self._cohort, self._options())

    @on(Input.Changed, "#file")
    def _renamed(self, event: Input.Changed) -> None:
        event.stop()
        self._named = event.value == usual_name(self._cohort, self._options())

    def _options(self) -> PackOptions:
        scope = Scope(self.query_one("#scope", ChoiceField).value)
        unit = self.query_one("#unit", ChoiceField).value if scope is Scope.UNIT else ""
        masked = self.query_one("#masked", ChoiceField).value == _MASKED
        return PackOptions(scope, frozenset({unit} - {""}), masked)

    def _wish(self) -> Wish | None:
        """Return what is asked for; None when something is lacking, which is then said."""
        options = self._options()
        typed = self.query_one("#folder", Input).value.strip()
        folder = Path(typed).expanduser()
        name = self.query_one("#file", Input).value.strip()
        if options.scope is Scope.UNIT and not options.unit_ids:
            self._lacks("no_unit", "#unit")
            return None
        if not typed or folder.is_file():
            self._lacks("no_folder", "#folder")
            return None
        if not name.removesuffix(".pdf").strip(" ."):
            self._lacks("no_file", "#file")
            return None
        return Wish(options, folder, file_name(name.removesuffix(".pdf")), self._cohort.on)

    def _lacks(self, key: str, field: str) -> None:
        problem = self.query_one(".problem", Static)
        problem.display = True
        problem.update(safe(f"✗ {text(f'pack.{key}')}"))
        self.query_one(field).focus()

    # Making it

    @on(Input.Submitted)
    @on(Button.Pressed)
    def action_print(self) -> None:
        """Begin, when all is there."""
        wish = None if self._working else self._wish()
        if wish is None:
            return
        self._working, self._path = True, None
        self._stop.clear()
        self.query_one(".problem", Static).display = False
        self._show(going=True)
        self.query_one("#where", Static).display = False
        self.set_focus(None)
        self.run_worker(lambda: self._work(wish), thread=True, name="pack")

    def _show(self, *, going: bool) -> None:
        self.query_one("#asked").display = not going
        self.query_one("#going").display = going

    def _work(self, wish: Wish) -> None:
        app = self.app

        def told(step: str, done: int, count: int) -> None:
            if self._stop.is_set():
                raise Cancelled
            now = time.monotonic()
            if now - self._told >= _OFTEN or done >= count:
                self._told = now
                app.call_from_thread(self._tell, step, done, count)

        try:
            listed = wish.options.scope is Scope.MEETING
            cohort = self._cohort
            if listed:
                cohort = of_meeting(desk(app).store, cohort, told)
            printed = print_pack(cohort, wish, told)
        except Cancelled:
            app.call_from_thread(self._ended, text("pack.stopped"))
        except Fault as fault:
            app.call_from_thread(self._ended, say(fault))
        else:
            app.call_from_thread(self._came, printed)

    def _tell(self, step: str, done: int, count: int) -> None:
        if not self.is_mounted or self._stop.is_set():
            return
        words = text(f"pack.{step}", done=done, count=count)
        self.query_one("#step", Static).update(safe(words))
        self.query_one(ProgressBar).update(total=count, progress=done)

    def _ended(self, words: str) -> None:
        """Nothing was written: say so, and let the questions stand as they were."""
        self._working = False
        self._show(going=False)
        problem = self.query_one(".problem", Static)
        problem.display = True
        problem.update(safe(words))
        self.query_one("#print", Button).focus()
        self.refresh_bindings()

    def _came(self, printed: Printed) -> None:
        if printed.path is None:
            self._ended(text("pack.nobody"))
            return
        self._working, self._path = False, printed.path
        self.query_one(ProgressBar).update(total=1, progress=1)
        words = text("pack.done", count=printed.doctors)
        self.query_one("#step", Static).update(safe(words, "$success"))
        where = self.query_one("#where", Static)
        where.display = True
        where.update(safe_note(printed.path))
        self.refresh_bindings()

    def action_cancel(self) -> None:
        """Stop what is going on; else close."""
        if self._working:
            self._stop.set()
            self.query_one("#step", Static).update(safe(text("pack.stopping")))
            return
        self.dismiss(self._path)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is nothing to print while it is made, nor after."""
        if action == "print":
            return not self._working and self._path is None
        return True
