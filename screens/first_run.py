"""The first-run guide: what this is, a file and its passphrase, and the recovery key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from at_tui.language import text
from schema.fault import Fault
from screens.text import safe, safe_note
from screens.widgets.choice_field import ChoiceField, Option
from screens.widgets.form import Field, Form, Kind, Problem
from screens.widgets.form_page import FormPage
from screens.widgets.keys import bind
from screens.widgets.page import Page
from screens.widgets.picker import Picker
from screens.widgets.rows import Column, Row, remark

ENCRYPTED, PLAIN = "yes", "no"


class FirstRun(Page[None]):
    """What this is, and how to begin."""

    AREA = "first_run"
    CSS_PATH = "first_run.tcss"
    BINDINGS: ClassVar[list[Any]] = [
        bind("enter", "choose", "first_run.choose"),
        bind("q", "app.quit", "app.quit"),
    ]

    def body(self) -> ComposeResult:
        """Lay out words and choices."""
        with Vertical(id="guide"):
            yield Static(safe_note(text("first_run.welcome").strip()), id="words", markup=False)
            yield Picker([Column(width=40, grow=1)], filters=False, enter=False)

    def on_mount(self) -> None:
        """Offer the ways to begin, and import what the first of them needs meanwhile."""
        self.set_title(text("first_run.title"), "at-tui")
        picker = self.query_one(Picker)
        picker.show(choices("start", "demo", "quit"))
        picker.focus()
        self.desk.preload()

    def action_choose(self) -> None:
        """Begin as the row says."""
        self.query_one(Picker).rows.action_select()

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Begin."""
        event.stop()
        if event.row_id == "start":
            self.app.push_screen(NewFile())
        elif event.row_id == "demo":
            self.desk.demo()
        else:
            self.app.exit(0)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out the way back: there is none."""
        return action != "back"


class NewFile(FormPage[None]):
    """Where the file lies, and the passphrase that opens it."""

    AREA = "first_run"
    SAVE = "first_run.continue"
    BINDINGS: ClassVar[list[Any]] = [bind("ctrl+s,f2", "save", "first_run.continue")]

    def __init__(self) -> None:
        super().__init__()
        self._busy = False

    def on_mount(self) -> None:
        """Say where one is."""
        super().on_mount()
        self.set_title(text("first_run.file_title"), text("first_run.step", step=1))

    def fields(self) -> Sequence[Field]:
        """Ask where, and for the passphrase twice."""
        return [
            Field("file", text("first_run.file"), required=True, hint=text("first_run.file_hint")),
            Field(
                "encrypt",
                text("first_run.encrypt"),
                Kind.CHOICE,
                required=True,
                options=(
                    Option(ENCRYPTED, text("first_run.encrypt_yes")),
                    Option(PLAIN, text("first_run.encrypt_no")),
                ),
                hint=" ",
            ),
            Field(
                "passphrase",
                text("first_run.passphrase"),
                Kind.SECRET,
                hint=text("first_run.passphrase_hint"),
            ),
            Field("again", text("first_run.again"), Kind.SECRET),
        ]

    def values(self) -> Mapping[str, Any]:
        """Propose the usual place, encrypted."""
        return {"file": str(self.desk.database), "encrypt": ENCRYPTED}

    def _begin(self) -> None:
        # The place is right for nearly everyone: the first question is the passphrase.
        self.form.input("passphrase").focus()

    @on(ChoiceField.Changed)
    @on(Form.Changed)
    def _encryption_chosen(self) -> None:
        values, _ = self.form.read()
        plain = values.get("encrypt") == PLAIN
        words = safe(text("first_run.plain_hint"), "$warning") if plain else ""
        self.form.rows["encrypt"].query_one(".hint", Static).update(words)
        for name in ("passphrase", "again"):
            self.form.rows[name].display = not plain

    def check(self, values: dict[str, Any]) -> list[Problem]:
        """A passphrase, the same twice, unless none is wanted."""
        if values.get("encrypt") == PLAIN:
            return []
        if not values.get("passphrase"):
            return [("passphrase", "first_run.missing_passphrase", {})]
        if values["passphrase"] != values.get("again"):
            return [("again", "first_run.not_the_same", {})]
        return []

    def action_save(self) -> None:
        """Make the file, in a thread: key, tables and history take about a second."""
        if self._busy:
            return
        values, problems = self.form.read()
        problems += self.check(values)
        self.form.show_problems(problems)
        if problems:
            return
        self._busy = True
        self.note(text("first_run.making"))
        path = Path(values["file"]).expanduser()
        plain = values["encrypt"] == PLAIN
        passphrase = None if plain else str(values["passphrase"])
        self.run_worker(lambda: self._make(path, passphrase), thread=True, name="make")

    def _make(self, path: Path, passphrase: str | None) -> None:
        from data.opening import create, unlock

        try:
            recovery = create(path, passphrase=passphrase)
            key = unlock(path, passphrase=passphrase)
            self.desk.made(path, key)
        except Fault as fault:
            self.app.call_from_thread(self._refused, fault)
            return
        self.app.call_from_thread(self._made, recovery)

    def _refused(self, fault: Fault) -> None:
        self._busy = False
        self.note("")
        name = "passphrase" if fault.code.startswith("keys.short") else "file"
        self.form.show_problems([(name, fault.code, fault.values)])

    def _made(self, recovery: str | None) -> None:
        from screens.who import Who

        self.app.switch_screen(Recovery(recovery) if recovery else Who())


class Recovery(FormPage[None]):
    """The recovery key, shown this once; its last characters show that it was written down."""

    AREA = "first_run"
    CSS_PATH = "first_run.tcss"
    SAVE = "first_run.continue"
    BINDINGS: ClassVar[list[Any]] = [
        bind("ctrl+s,f2", "save", "first_run.continue"),
        bind("f4", "print", "first_run.print"),
    ]

    def __init__(self, recovery: str) -> None:
        super().__init__()
        self._recovery = recovery

    def body(self) -> ComposeResult:
        """Lay out the key over the form."""
        with Vertical(id="recovery"):
            yield Static(safe_note(self.why()), markup=False)
            yield Static(safe(self._recovery, "bold $accent"), id="key", markup=False)
            lost = text("first_run.recovery_lost")
            yield Static(safe(lost, "$warning"), id="lost", markup=False)
        yield from super().body()

    def why(self) -> str:
        """Return what the key is for."""
        return text("first_run.recovery_why").strip()

    def on_mount(self) -> None:
        """Say where one is."""
        super().on_mount()
        self.say_where()

    def say_where(self) -> None:
        """Show the title."""
        self.set_title(text("first_run.recovery_title"), text("first_run.step", step=2))

    def fields(self) -> Sequence[Field]:
        """Ask for the last characters."""
        return [
            Field(
                "last",
                text("first_run.recovery_confirm"),
                required=True,
                width=12,
                hint=text("first_run.recovery_confirm_hint"),
            )
        ]

    def check(self, values: dict[str, Any]) -> list[Problem]:
        """They must be the key's own."""
        typed = str(values.get("last", "")).upper().replace("-", "").replace(" ", "")
        if typed and typed != self._recovery.replace("-", "")[-4:]:
            return [("last", "first_run.recovery_wrong", {})]
        return []

    def action_save(self) -> None:
        """Go on to the next step."""
        values, problems = self.form.read()
        problems += self.check(values)
        self.form.show_problems(problems)
        if not problems:
            self.written_down()

    def written_down(self) -> None:
        """The key is on paper: ask who sits here."""
        from screens.who import Who

        self.app.switch_screen(Who())

    def action_print(self) -> None:
        """Write the key to a text file in the home folder, readable by the user only."""
        from data.atomic import write_atomic

        path = Path.home() / text("first_run.recovery_file")
        sheet = text(
            "first_run.recovery_sheet",
            key=self._recovery,
            file=self.desk.database,
            day=self.today.isoformat(),
        )
        try:
            write_atomic(path, sheet.encode())
        except OSError:
            self.desk.say(text("first_run.recovery_not_printed", path=path), "error")
            return
        self.desk.say(text("first_run.recovery_printed", path=path))

    def action_back(self) -> None:
        """The key is shown once: there is no way back from it."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out the way back."""
        return action != "back"


def choices(*ways: str) -> list[Row]:
    """Return ways to begin, with what each means under it, and air between them."""
    rows: list[Row] = []
    for way in ways:
        words = safe(text(f"first_run.{way}"), "bold")
        rows += [Row(way, (words,), detail=text(f"first_run.{way}_more")), remark("")]
    return rows
