"""One requirement in full: how it stands, which sentence asks for it, and what has counted."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from at_tui.counted import Counted, counted
from at_tui.due import Deed, deed_of
from at_tui.judge.finding import URGENCY, Finding, Part, Status
from at_tui.language import text
from screens import ways
from screens.dates import full, short
from screens.finding_ways import way_of_deed, way_of_record
from screens.standing_words import have_of_need, part_words, record_words, sign_and_word
from screens.text import fitted, safe, safe_note
from screens.trainee.words import period
from screens.widgets.keys import bind
from screens.widgets.page import Page
from screens.widgets.picker import Picker
from screens.widgets.rows import Column, Row, heading, remark

if TYPE_CHECKING:
    from at_tui.standing import Standing
    from screens.desk import Way

LABEL = 13
"""Cells of the labels."""
MOST = 120
"""Records and parts listed of each."""
_RECORD = (Column(width=26), Column(width=24, grow=1), Column(width=20, grow=1))
_PART = (
    Column(width=20, grow=1),
    Column(width=20, wide=22),
    Column(width=17),
    Column(width=12, wide=24),
)


class FindingPage(Page[None]):
    """What is known of one requirement; Enter opens a record that counted.

    Args:
        standing: The training and how it stands.
        finding: The requirement's finding.
        name: The trainee's.
    """

    AREA = "program"
    DEFAULT_CSS = """
    FindingPage #about { height: auto; max-height: 75%; padding: 0 3; }
    FindingPage Picker { margin-top: 1; }
    """
    BINDINGS: ClassVar[list[Any]] = [bind("g", "do", "program.do")]

    def __init__(self, standing: Standing, finding: Finding, name: str) -> None:
        super().__init__()
        self._standing, self._finding, self._name = standing, finding, name
        self._counted = {one.id: one for one in counted(finding.counted, standing.records)}
        requirement = standing.programme.requirement(finding.requirement_id)
        self._in_minutes = getattr(requirement, "minutes", None) is not None
        self._deed: Deed | None = deed_of(finding, requirement)

    def body(self) -> ComposeResult:
        """Lay out the words and the list."""
        yield Static(id="about", markup=False)
        yield Picker((), type_to_filter=False)

    def on_mount(self) -> None:
        """Fill the list."""
        title = text("program.finding.title", name=self._name)
        self.set_title(title, self._standing.programme.title)
        picker = self.query_one(Picker)
        picker.show(list(self._rows()))
        picker.focus()

    def help_text(self) -> str:
        """Return what stands here."""
        return text("program.finding.help").strip()

    # The words

    def on_resize(self, event: events.Resize) -> None:
        """Fit the words to the window."""
        self.query_one("#about", Static).update(self._about(event.size.width - 8))

    def _about(self, width: int) -> Content:
        finding, on = self._finding, self._standing.on
        source = finding.source
        line = partial(_line, width)
        lines = [
            safe(finding.title, "bold"),
            Content.assemble(sign_and_word(finding.status), "  ", safe_note(finding.sentence)),
            Content(""),
            line("strength", finding.strength),
        ]
        if finding.have is not None or finding.need is not None:
            count = have_of_need(finding.have, finding.need, finding.unit)
            lines.append(line("count", count))
        if finding.window is not None:
            lines.append(line("window", period(*finding.window, on)))
        if finding.next_date is not None:
            lines.append(line("next", full(finding.next_date)))
        where = ", ".join(filter(None, (source.title, source.section)))
        lines.append(line("source", where))
        if source.says:
            lines.append(line("says", source.says))
        if source.assumption:
            lines.append(line("assumption", source.assumption, "$warning"))
        if not source.verified:
            unverified = text("program.finding.unverified")
            lines.append(line("assumption", unverified, "$warning"))
        if not finding.in_force and self._standing.programme.valid_to is not None:
            day = full(self._standing.programme.valid_to)
            lines.append(safe("! " + text("program.finding.ended", day=day), "bold $warning"))
        return Content("\n").join(lines)

    # The list

    def _rows(self) -> Iterator[Row]:
        found = list(reversed(self._counted.values()))
        yield heading(text("program.finding.counted"), str(len(found)) if found else "")
        for one in found[:MOST]:
            yield self._record(one)
        if not found:
            yield remark(text("program.finding.nothing_counted"))
        if len(found) > MOST:
            yield remark(text("program.finding.and_more", count=len(found) - MOST))
        parts = self._finding.parts
        if parts:
            yield heading(text("program.finding.parts"), str(len(parts)))
            rank = {status: place for place, status in enumerate(URGENCY)}
            # What is open first, the latest of each; a part's place is its id.
            order = sorted(
                enumerate(parts), key=lambda p: (rank[_as_told(p[1].status)], -p[0])
            )  # fmt: skip
            for place, part in order[:MOST]:
                yield self._part(place, part)
            if len(parts) > MOST:
                yield remark(text("program.finding.and_more", count=len(parts) - MOST))

    def _record(self, one: Counted) -> Row:
        day, what, more = record_words(one, self._standing.records, self._standing.on)
        cells = (day, what, safe(more, "$text-muted"))
        if one.sort in ("person", "trainee", "unit"):
            cells = (what, more, safe("", ""))
        return Row(f"record:{one.id}", cells, columns=_RECORD)

    def _part(self, place: int, part: Part) -> Row:
        on = self._standing.on
        when = period(*part.window, on) if part.window else ""
        due = short(part.due, on) if part.due and part.status is not Status.MET else ""
        return Row(
            f"part:{place}",
            (
                part.label,
                sign_and_word(part.status),
                part_words(part, self._finding.unit, minutes=self._in_minutes),
                safe(due or when, "$text-muted"),
            ),
            columns=_PART,
        )

    # What is done here

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out the deed where there is none."""
        return self._deed is not None if action == "do" else True

    def action_do(self) -> None:
        """Do what is asked for."""
        deed = self._deed
        if deed is None:
            return
        self._leave_for(way_of_deed(deed, self._standing.records.training.id))

    def _leave_for(self, make: Way) -> None:
        """Show a page in the place of this one: what stands here will no longer be true."""
        app, desk = self.app, self.desk
        self.dismiss()
        app.call_later(desk.go, make)

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Open the record, or the placement that a part is about."""
        event.stop()
        sort, _, id = event.row_id.partition(":")
        if sort == "record":
            self._open(self._counted[id])
            return
        placement = self._finding.parts[int(id)].placement_id
        if placement is not None:
            self._open_placement(placement)

    def _open(self, one: Counted) -> None:
        way = way_of_record(one, self._standing.records.training.id)
        if way is not None:
            self.desk.go(way)
        else:
            # Kinds that have no page of their own: what is recorded is told.
            from screens.help import Help

            words = record_words(one, self._standing.records, self._standing.on)
            sort = text(f"program.sort.{one.sort}").capitalize()
            self.app.push_screen(Help("\n".join(filter(None, (sort, *words))), []))

    def _open_placement(self, placement_id: str) -> None:
        training = self._standing.records.training.id
        self.desk.go(lambda: ways.placement(training, placement_id))


def _line(width: int, name: str, words: str, style: str = "") -> Content:
    """Return words under each other, beside their label."""
    label = fitted(safe(text(f"program.finding.{name}"), "$text-muted"), LABEL)
    wrapped = safe(words, style).wrap(max(20, width - LABEL))
    return Content.assemble(label, Content("\n" + " " * LABEL).join(wrapped))


def _as_told(status: Status) -> Status:
    """Among parts, what is missing is as near as what is late."""
    return Status.LATE if status is Status.MISSING else status
