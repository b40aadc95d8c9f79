"""One round of recruitment: its groups of applicants, as numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from at_tui.language import say, text
from schema.fault import Fault
from screens.metrics.forms import GroupForm, RoundForm
from screens.text import safe, safe_note
from screens.widgets.keys import bind
from screens.widgets.page import Page
from screens.widgets.picker import Picker
from screens.widgets.rows import Column, Row

if TYPE_CHECKING:
    from schema.tables import Recruitment

_COUNTS = ("applicants", "interviewed", "filled")


class RoundPage(Page[None]):
    """The groups of one round.

    Args:
        round_id: Which.
    """

    AREA = "metrics.round"
    DEFAULT_CSS = """
    RoundPage #sums { height: auto; padding: 1 3; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        bind("n", "new", "metrics.new_group"),
        bind("f2", "edit", "metrics.edit_round"),
        bind("delete", "remove", "metrics.remove"),
    ]

    def __init__(self, round_id: str) -> None:
        super().__init__()
        self._round_id = round_id
        self._record: Recruitment | None = None

    def record_of_focus(self) -> str:
        """Return the round's id."""
        return self._round_id

    def body(self) -> ComposeResult:
        """Lay out the sums and the groups."""
        yield Static(id="sums", markup=False)
        numbers = [Column(text(f"metrics.group.{n}"), width=15, right=True) for n in _COUNTS]
        columns = (
            Column(text("metrics.group.place"), width=14, grow=1, most=40),
            Column(text("metrics.group.sex"), width=13),
            *numbers,
        )
        yield Picker(columns, type_to_filter=False, filters=False)

    def on_mount(self) -> None:
        """Take the focus."""
        self.query_one(Picker).focus()

    def on_screen_resume(self) -> None:
        """Show what may have been entered in a form."""
        self.reload()

    def reload(self) -> None:
        """Read the round."""
        from schema.tables import Recruitment

        with self.store.read() as work:
            found = work.need(Recruitment, self._round_id)
        self._record = found
        self.set_title(text("metrics.round.title", title=found.title, year=found.year))
        sums = {name: sum(int(g[name]) for g in found.groups) for name in _COUNTS}
        words = text("metrics.round.sums", blocks=found.blocks, **sums)
        lines = [safe(words), safe(text("metrics.round.only_figures"), "$text-muted")]
        if found.note:
            lines.insert(1, safe_note(found.note))
        self.query_one("#sums", Static).update(Content("\n").join(lines))
        rows = [
            Row(
                str(place),
                (
                    str(group["place"]) or safe("–", "$text-muted"),
                    text(f"word.sex.{group['sex']}"),
                    *(str(group[name]) for name in _COUNTS),
                ),
            )
            for place, group in enumerate(found.groups)
        ]
        self.query_one(Picker).show(rows, empty=text("metrics.round.empty"))

    def action_new(self) -> None:
        """Enter a group."""
        self.desk.go(lambda: GroupForm(self._round_id))

    def action_edit(self) -> None:
        """Change the round's name, year and blocks."""
        found = self._record
        if found is not None:
            self.desk.go(lambda: RoundForm(found.year, found.id))

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Change a group."""
        event.stop()
        place = int(event.row_id)
        self.desk.go(lambda: GroupForm(self._round_id, place))

    def action_remove(self) -> None:
        """Take away the group one stands on."""
        from at_tui.metrics.entry import drop_group

        chosen = self.query_one(Picker).selected
        if chosen is None:
            return
        try:
            with self.store.work(self.author) as work:
                drop_group(work, self._round_id, int(chosen))
        except Fault as fault:
            self.desk.say(say(fault), "error")
            return
        self.saved()
        self.reload()
