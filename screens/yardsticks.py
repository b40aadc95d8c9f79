"""Time served against the three yardsticks: the law, the region's plan and the person's own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.content import Content

from at_tui.judge import phrases
from at_tui.judge.finding import Status
from at_tui.language import say, text
from schema.fault import Fault
from screens import ways
from screens.dates import full
from screens.standing_words import SIGN
from screens.text import safe
from screens.widgets.keys import bind
from screens.widgets.page import Page
from screens.widgets.picker import Picker
from screens.widgets.rows import Column, Row, heading, remark

# The judge brings pydantic with the plans (0.1 s): loaded in the worker.
if TYPE_CHECKING:
    from at_tui.standing import Standing
    from at_tui.yardsticks import Row as Length
    from at_tui.yardsticks import Yardstick

_COLUMNS = (
    Column(width=30, grow=1, most=56),
    Column(width=11, wide=14, right=True),
    Column(width=4, wide=8, right=True),
    Column(width=5, wide=8, right=True),
    Column(width=17, wide=20),
)
_MOVER = (Column(width=28, grow=1, most=52), Column(width=40))


class YardsticksPage(Page[None]):
    """Each length that is asked for, what is served of it, and when it can be done.

    Args:
        training_id: Whose.
    """

    AREA = "yardstick"
    BINDINGS: ClassVar[list[Any]] = [bind("w", "what_if", "yardstick.what_if")]

    def __init__(self, training_id: str) -> None:
        super().__init__()
        self._training_id = training_id

    def body(self) -> ComposeResult:
        """Lay out the list."""
        yield Picker((), type_to_filter=False, enter=False, filters=False)

    def on_mount(self) -> None:
        """Read and count in a thread."""
        self.set_title(text("yardstick.title"), full(self.today))
        self.query_one(Picker).focus()
        self.reload()

    def on_screen_resume(self) -> None:
        """Count anew what may have changed on another page."""
        self.reload()

    def reload(self) -> None:
        """Read and count in a thread."""
        self.run_worker(self._read, thread=True, exclusive=True, name="yardsticks")

    def _read(self) -> None:
        from at_tui.standing import standing

        try:
            found = standing(self.store, self._training_id, self.today)
        except Fault as fault:
            self.app.call_from_thread(self._gone, fault)
            return
        _ = found.yardsticks, found.movers
        self.app.call_from_thread(self._show, found)

    def _gone(self, fault: Fault) -> None:
        self.desk.say(say(fault), "error")
        self.dismiss()

    def _show(self, found: Standing) -> None:
        name = getattr(found.records.trainee, "name", "")
        self.set_title(text("yardstick.title_of", name=name), full(self.today))
        rows = list(self._rows(found))
        self.query_one(Picker).show(rows)

    def _rows(self, found: Standing) -> Iterator[Row]:
        fault = next((f for f in found.findings if f.kind == "duration"), None)
        if fault is not None and fault.status is Status.UNKNOWN:
            # Dates that contradict each other: nothing is counted from them.
            yield Row("", (safe(f"? {fault.sentence}", "$warning"),), wraps=True)
            return
        for one in found.yardsticks:
            yield from self._yardstick(one, found)
        yield heading(text("yardstick.movers"), text("yardstick.movers_right"))
        moved = [mover for mover in found.movers if mover.months * 10 >= 1]
        for mover in moved:
            key = "yardstick.part_time" if mover.kind == "deltid" else f"word.absence.{mover.kind}"
            lost = phrases.amount(mover.months, "months")
            words = (text(key).capitalize(), text("yardstick.moves", months=lost))
            yield Row(f"mover:{mover.kind}", words, columns=_MOVER)
        if not moved:
            yield remark(text("yardstick.nothing_moves"))

    def _yardstick(self, one: Yardstick, found: Standing) -> Iterator[Row]:
        end = one.earliest_end
        right = text("yardstick.earliest", day=full(end)) if end else ""
        title = text(f"yardstick.{one.name}", region=found.programme.region)
        yield heading(title, right)
        if not one.rows:
            yield remark(text("yardstick.no_lengths"))
            return
        if one is found.yardsticks[0]:
            words = [text(f"yardstick.column.{name}") for name in ("served", "left", "planned")]
            cells = [safe(word, "$text-muted") for word in ("", *words, "")]
            yield Row("head", tuple(cells), columns=_COLUMNS)
        for row in one.rows:
            yield self._length(row, one, found)

    def _length(self, row: Length, one: Yardstick, found: Standing) -> Row:
        title = row.title or text("yardstick.own_title")
        left = phrases.missing(row.need, row.served) if row.remaining else 0
        unit = text(f"program.unit.{row.unit}")
        if not row.remaining:
            state, words = Status.MET, text("yardstick.done")
        elif not row.short:
            state, words = Status.ON_WAY, text("yardstick.fits")
        else:
            state = Status.MISSING
            lack = phrases.number(phrases.missing(row.need, row.planned))
            words = text("yardstick.short", count=lack, unit=unit)
        mark, style = SIGN[state]
        return Row(
            f"{one.name}:{row.requirement_id}",
            (
                title,
                f"{phrases.number(row.served)}/{phrases.number(row.need)} {unit}",
                phrases.number(left),
                phrases.number(row.planned),
                Content.assemble((mark, style), " ", words),
            ),
            columns=_COLUMNS,
        )

    def action_what_if(self) -> None:
        """Try out leave or part-time."""
        self.desk.go(lambda: ways.what_if(self._training_id))
