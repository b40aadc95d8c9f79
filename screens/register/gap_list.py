"""Bristlista: what lacks among units and supervisors; Enter leads to where it is mended."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.content import Content

from at_tui.language import text
from screens import ways
from screens.dates import full
from screens.register.reading import RegisterPage, sign
from screens.text import safe
from screens.trainee.print_dialog import PrintChoice, PrintDialog
from screens.widgets.keys import bind
from screens.widgets.picker import Picker
from screens.widgets.rows import Row, heading, remark
from screens.widgets.status import Status, status

# The plans bring pydantic (0.1 s): only for typing here.
if TYPE_CHECKING:
    from at_tui.register.gaps import Gap


class GapsPage(RegisterPage):
    """Everything that lacks, by kind."""

    BINDINGS: ClassVar[list[Any]] = [bind("f9", "print", "register.print")]

    def body(self) -> ComposeResult:
        """Lay out the list."""
        yield Picker(())

    def on_mount(self) -> None:
        """Say that it is being read."""
        self.set_title(text("register.gaps.title"), full(self.today))
        self.query_one(Picker).show([remark(text("app.opening"))])
        self.query_one(Picker).focus()

    def help_text(self) -> str:
        """Return what is listed."""
        return text("register.gaps.help").strip()

    def show(self) -> None:
        """Fill the list."""
        from at_tui.register.gaps import counts

        late, soon, unknown = counts(self.gaps)
        words = text("register.gaps.count", late=late, soon=soon, unknown=unknown)
        self.set_title(text("register.gaps.title"), full(self.today))
        self.note(safe(words, "$text-muted"))
        nothing = status(Status.MET, text("register.gaps.nothing"))
        self.query_one(Picker).show(list(self._rows()), empty=nothing)

    def _rows(self) -> Iterator[Row]:
        before = ""
        for number, gap in enumerate(self.gaps):
            if gap.kind != before:
                before = gap.kind
                count = sum(one.kind == gap.kind for one in self.gaps)
                yield heading(text(f"register.gap.{gap.kind}").upper(), str(count))
            yield self._row(number, gap)

    def _row(self, number: int, gap: Gap) -> Row:
        mark = sign(gap)
        words = Content.assemble(
            (mark.symbol, mark.style), " ", safe(gap.name, "bold"), "  ", safe(gap.sentence)
        )
        if gap.source:
            words = Content.assemble(words, "  ", safe(gap.source, "$text-muted"))
        return Row(str(number), (words,), search=f"{gap.name} {gap.sentence}", wraps=True)

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Go to where it is mended."""
        event.stop()
        if not event.row_id:
            return
        kind, _, id = self.gaps[int(event.row_id)].subject.partition(":")
        if kind == "person":
            self.desk.go(lambda: ways.person(id))
        elif kind == "unit":
            self.desk.go(lambda: ways.unit(id))
        else:
            training, _, placement = id.partition("/")
            self.desk.go(lambda: ways.placement(training, placement))

    def action_print(self) -> None:
        """Write the list as PDF and CSV."""
        if self.is_read:
            title = text("register.gaps.asked")
            self.app.push_screen(PrintDialog(title, notes=False), self._write)

    def _write(self, choice: PrintChoice | None) -> None:
        if choice is None:
            return
        from at_tui.register.listed import write_gaps

        found, on = list(self.gaps), self.today
        owner = self.register.people.get(self.author)
        author = owner.name if owner else ""
        self.written(
            "register.gaps.printed",
            lambda: write_gaps(found, choice.folder, on, author=author)[0],
        )
