"""Importer: every import that was made, latest first, and undoing a whole one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from at_tui.language import say, text
from schema.fault import Fault
from screens import ways
from screens.import_rows import counts
from screens.text import safe
from screens.widgets.confirm import Confirm
from screens.widgets.keys import bind
from screens.widgets.page import Dialog, Page
from screens.widgets.picker import Picker
from screens.widgets.rows import Column, Row

# Table classes bring SQLModel, 0.6 to 1.2 s: imported in the worker that reads them.
if TYPE_CHECKING:
    from at_tui.interchange.undoing import Hindrance, Import

MOST = 12
"""Hindrances shown by name."""


class Imports(Page[None]):
    """The imports; `u` undoes one, when nothing of it has changed since."""

    AREA = "imports"
    BINDINGS: ClassVar[list[Any]] = [
        bind("u", "undo", "imports.undo"),
        bind("n", "new", "imports.new"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._imports: dict[str, Import] = {}
        self._busy = False

    def body(self) -> ComposeResult:
        """Lay out the list."""
        columns = [
            Column(text("imports.when"), width=16),
            Column(text("imports.file"), width=20, grow=1, most=44),
            Column(text("imports.form"), width=22),
            Column(text("imports.who"), width=14, wide_only=True, grow=1, most=28),
            Column(text("imports.state"), width=10),
        ]
        yield Picker(columns, type_to_filter=False, enter=False)

    def on_mount(self) -> None:
        """Read the list."""
        self.set_title(text("imports.title"))
        self.query_one(Picker).focus()
        self._read()

    def on_screen_resume(self) -> None:
        """Read anew what may have been imported on another page."""
        if self.is_mounted:
            self._read()

    def _read(self) -> None:
        from at_tui.interchange.undoing import imports_of

        with self.store.read() as work:
            found = imports_of(work)
        self._imports = {one.id: one for one in found}
        rows = [_row(one) for one in found]
        self.query_one(Picker).show(rows, empty=safe(text("imports.none")))
        self.refresh_bindings()

    @property
    def _here(self) -> Import | None:
        return self._imports.get(self.query_one(Picker).selected or "")

    def on_picker_moved(self, event: Picker.Moved) -> None:
        """Offer only what can be done with the row."""
        event.stop()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Undo only what is not undone."""
        if action == "undo":
            here = self._here
            return here is not None and not here.undone_at and not self._busy
        return True

    def action_new(self) -> None:
        """Read a file."""
        self.desk.go(ways.import_group)

    # Undoing

    def action_undo(self) -> None:
        """See in a thread whether anything stands in the way, then ask."""
        one = self._here
        if one is None or self._busy:
            return
        self._begin(text("imports.looking"))
        self.run_worker(lambda: self._look(one), thread=True, name="look")

    def _look(self, one: Import) -> None:
        from at_tui.interchange.undoing import hindrances_of
        from data.imports import named

        try:
            with self.store.read() as work:
                found = hindrances_of(work, named(work, one.id))
        except Fault as fault:
            self.app.call_from_thread(self._ended, say(fault), "error")
            return
        self.app.call_from_thread(self._looked, one, found)

    def _looked(self, one: Import, found: list[Hindrance]) -> None:
        self._ended()
        if found:
            self.app.push_screen(Hindered(one.name, [each.sentence for each in found]))
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self._begin(text("imports.undoing"))
                self.run_worker(lambda: self._undo(one), thread=True, name="undo")

        question = text("imports.question", name=one.name)
        more = text("imports.question_more", counts=counts(one.form, one.added))
        self.app.push_screen(Confirm(question, more), answered)

    def _undo(self, one: Import) -> None:
        from at_tui.interchange.undoing import undo

        try:
            count = undo(self.store, one.id, self.author)
        except Fault as fault:
            self.app.call_from_thread(self._ended, say(fault), "error")
            return
        words = text("imports.undone_now", name=one.name, count=count)
        self.app.call_from_thread(self._ended, words)

    def _begin(self, words: str) -> None:
        self._busy = True
        self.note(words)
        self.refresh_bindings()

    def _ended(self, words: str = "", severity: Any = "information") -> None:
        self._busy = False
        self.note("")
        if words:
            self.desk.say(words, severity)
            self._read()
        self.refresh_bindings()


class Hindered(Dialog[None]):
    """What stands in the way of undoing an import."""

    DEFAULT_CSS = """
    Hindered > #frame { width: 76; }
    Hindered Static { height: auto; }
    Hindered #more { margin-bottom: 1; }
    Hindered VerticalScroll { height: auto; max-height: 14; }
    """

    def __init__(self, name: str, sentences: list[str]) -> None:
        super().__init__(text("imports.hindered_title", name=name))
        self._sentences = sentences

    def body(self) -> ComposeResult:
        """Lay out the sentences."""
        yield Static(safe(text("imports.hindered_more")), id="more", markup=False)
        with VerticalScroll():
            for sentence in self._sentences[:MOST]:
                yield Static(safe("✗ " + sentence), markup=False)
            if len(self._sentences) > MOST:
                more = text("imports.and_more", count=len(self._sentences) - MOST)
                yield Static(safe(more, "$text-muted"), markup=False)


def _row(one: Import) -> Row:
    state = (
        safe("– " + text("imports.undone_word"), "$text-muted") if one.undone_at
        else safe(text("imports.can"), "$text-muted")
    )  # fmt: skip
    return Row(
        one.id,
        (
            one.when,
            safe(one.name, "bold"),
            text(f"import.set.{one.form}"),
            safe(one.author or text("imports.here"), "$text-muted"),
            state,
        ),
        detail=text("imports.added", counts=counts(one.form, one.added)),
    )
