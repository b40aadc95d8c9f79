"""Program: everything that the plan asks, what needs someone first, and the time served."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from at_tui.judge import phrases
from at_tui.judge.finding import Finding, Status
from at_tui.language import say, text
from schema.fault import Fault
from screens import ways
from screens.dates import full, short
from screens.standing_words import (
    MARK,
    day_or_month,
    have_of_need,
    is_working,
    sign,
    strength,
    what_lacks,
)
from screens.text import beside, fitted, safe
from screens.trainee.tab import Tab
from screens.widgets.keys import bind
from screens.widgets.picker import Picker
from screens.widgets.rows import WIDE, Column, Row, heading

# The judge brings pydantic with the plans (0.1 s): loaded in the worker.
if TYPE_CHECKING:
    from at_tui.standing import Standing
    from at_tui.yardsticks import Yardstick

_COLUMNS = (
    Column(width=30, grow=4),
    Column(width=14, wide=17),
    Column(width=8, wide=11),
    Column(width=7, wide=9),
    Column(width=7, wide=22, grow=1),
)
_TOLD = (Status.LATE, Status.SOON, Status.MISSING, Status.UNKNOWN)
"""What is said in a line of its own under the requirement."""


class ProgramTab(Tab):
    """Every requirement of the training's plan."""

    NAME = "program"
    DEFAULT_CSS = """
    ProgramTab #plan { height: auto; max-height: 7; padding: 0 3; margin-bottom: 1; }
    ProgramTab #time { height: auto; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        bind("w", "what_if", "program.what_if"),
        bind("m", "yardsticks", "program.yardsticks"),
        bind("p", "compare", "program.compare"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._standing: Standing | None = None

    def compose(self) -> ComposeResult:
        """Lay out plan, requirements and time."""
        yield Static(id="plan", markup=False)
        yield Picker(_COLUMNS, type_to_filter=False)
        yield Static(id="time", markup=False)

    def fill(self) -> None:
        """Judge in a thread: the largest plans take longer than a key may."""
        if self._standing is None:
            self.query_one("#plan", Static).update(safe(text("program.judging"), "$text-muted"))
        self.run_worker(self._judge, thread=True, exclusive=True, name="program")

    def _judge(self) -> None:
        from at_tui.standing import standing

        training = self.file.folder.training.id
        try:
            found = standing(self.desk.store, training, self.file.on)
        except Fault as fault:
            self.app.call_from_thread(self._without_plan, fault)
            return
        _ = found.yardsticks
        self.app.call_from_thread(self._show, found)

    def _without_plan(self, fault: Fault) -> None:
        self.query_one("#plan", Static).update(safe(say(fault), "$error"))
        self.picker.show([], empty=safe(text("program.choose_another")))

    def _show(self, found: Standing) -> None:
        self._standing = found
        self.query_one("#plan", Static).update(self._plan(found))
        self.query_one("#time", Static).update(self._time(found))
        self.picker.show(list(self._rows(found)), empty=safe(text("program.no_requirements")))

    # What stands above and below

    def _plan(self, found: Standing) -> Content:
        plan = found.programme
        if found.in_force:
            state = safe(text("program.in_force"), "$text-muted")
        else:
            assert plan.valid_to is not None  # noqa: S101 - for the type: what has ended has an end
            state = safe(text("program.ended", day=full(plan.valid_to)), "bold $warning")
        version = safe(text("program.version", version=plan.version), "$text-muted")
        lines = [beside(safe(plan.title, "bold"), version, state, gap=2)]
        if found.asked:
            words = text("program.other_version", asked=found.asked, used=plan.version)
            lines.append(safe(words, "$warning"))
        if found.set_aside:
            # The first fault is what to mend first; the rest is told by `content check`.
            lines.append(safe(f"✗ {found.set_aside[0]}", "$error"))
            lines.append(safe(text("program.set_aside"), "$error"))
        lines.append(self._keys(any(is_working(finding) for finding in found.findings)))
        return Content("\n").join(lines)

    def _keys(self, working: bool) -> Content:
        """Return this tab's own keys: the line of keys has no room for them at 80 columns."""
        narrow = self.app.size.width < WIDE
        entries = [
            Content.assemble(
                (key, "bold $accent"), " ", (text(f"program.key.{name}"), "$text-muted")
            )
            for key, name in (("w", "what_if"), ("m", "yardsticks"), ("p", "compare"))
            if narrow
        ]
        legend = safe(text("program.legend", mark=MARK), "$text-muted") if working else ""
        return beside(*entries, legend, gap=2)

    def _time(self, found: Standing) -> Content:
        if not found.records.placements:
            return Content("")
        # The plan's own rows (sections) stand on the page of yardsticks.
        lines = [time_line(one, found) for one in found.yardsticks if one.rows]
        return Content("\n").join(lines)

    # The list

    def _rows(self, found: Standing) -> Iterator[Row]:
        for status, group in groupby(found.findings, key=lambda f: f.status):
            findings = list(group)
            key = "program.one" if len(findings) == 1 else "program.many"
            yield heading(str(status).capitalize(), text(key, count=len(findings)))
            for finding in findings:
                yield self._row(finding, found)

    def _row(self, finding: Finding, found: Standing) -> Row:
        title = safe(finding.title, "" if finding.in_force else "$text-muted")
        detail: Content | str = ""
        if finding.status in _TOLD:
            detail = Content.assemble("  ", safe(what_lacks(finding)))
        source = f"{finding.source.section}"
        return Row(
            finding.requirement_id,
            (
                Content.assemble(sign(finding.status), " ", title),
                have_of_need(finding.have, finding.need, finding.unit, brief=True),
                day_or_month(finding.next_date, found.on),
                strength(finding),
                safe(source, "$text-muted"),
            ),
            search=" ".join(
                [finding.title, str(finding.status), finding.strength, source, finding.sentence]
            ),
            detail=detail,
        )

    # What is done here

    def open(self, row_id: str) -> None:
        """Show the finding in full, with what counted."""
        found = self._standing
        finding = (
            next((f for f in found.findings if f.requirement_id == row_id), None)
            if (found)
            else None
        )
        if found is None or finding is None:
            return
        from screens.finding import FindingPage

        name = self.file.folder.trainee.name
        self.go(lambda: FindingPage(found, finding, name))

    def action_what_if(self) -> None:
        """Try out leave or part-time."""
        self.go(lambda: ways.what_if(self.file.folder.training.id))

    def action_yardsticks(self) -> None:
        """Show the months against the three yardsticks."""
        self.go(lambda: ways.yardsticks(self.file.folder.training.id))

    def action_compare(self) -> None:
        """Compare the plan with another, and change to it."""
        self.go(lambda: ways.compare(self.file.folder.training.id))


def time_line(one: Yardstick, found: Standing) -> Content:
    """Return one yardstick on a line: its length, what is served, what remains, when at best."""
    whole = max(
        one.rows, key=lambda row: (not row.sections, row.unit == "months", row.need, row.title)
    )
    end = one.earliest_end
    day = text("program.earliest", day=short(end, found.on)) if end else ""
    left = phrases.missing(whole.need, whole.served) if whole.remaining else 0
    cells = (
        (text(f"program.yardstick.{one.name}"), "bold $accent", 12),
        (phrases.amount(whole.need, whole.unit), "", 11),
        (text("program.served", count=phrases.number(whole.served)), "", 18),
        (text("program.left", count=phrases.number(left)), "", 10),
        (day, "$text-muted", 22),
    )
    return Content.assemble("  ", *[fitted(safe(w, style), width) for w, style, width in cells])
