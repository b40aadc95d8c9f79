"""The rules that sort the cohort: read, changed at once, and put back to the standard."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from at_tui.kollegium.rules import RuleLine, lines, own_file, relabelled, restore_shipped, save_own
from at_tui.kollegium.sources import STANDARD
from at_tui.language import say, text
from schema.fault import Fault
from schema.words import Outcome
from screens.kollegium.cohort_rows import counts, sign
from screens.text import safe
from screens.widgets.confirm import Confirm
from screens.widgets.keys import bind
from screens.widgets.page import Page
from screens.widgets.picker import Picker
from screens.widgets.rows import Column, Row, heading

# The rules bring pydantic, the records SQLModel: the worker loads them.
if TYPE_CHECKING:
    from at_tui.kollegium.whole import Cohort
    from schema.content.triage import TriageRules

_GROUPS = (Outcome.TALK, Outcome.THIN_EVIDENCE)


class RulesPage(Page[None]):
    """One row for each rule, with how many it catches today.

    Args:
        known: A cohort that has been read, to count in; None reads it.
    """

    AREA = "triage"
    DEFAULT_CSS = """
    RulesPage #source { height: auto; padding: 0 3; color: $text-muted; margin-bottom: 1; }
    RulesPage #told { height: 4; padding: 0 3; border-top: solid $line; }
    RulesPage #faults { height: auto; padding: 0 3; color: $error; display: none; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        bind("enter", "change", "triage.change"),
        bind("space", "switch", "triage.toggle"),
        bind("plus", "more", "triage.more", as_="+ −"),
        bind("minus", "less", "triage.less", show=False),
        bind("z", "restore", "triage.restore"),
    ]

    def __init__(self, known: Cohort | None = None) -> None:
        super().__init__()
        self._cohort = known
        self._rules: TriageRules | None = None
        self._lines: dict[str, RuleLine] = {}

    def body(self) -> ComposeResult:
        """Lay out what the rules rest on, the rules, and the source of one."""
        yield Static(id="source", markup=False)
        yield Static(id="faults", markup=False)
        yield Picker(
            [
                Column(text("triage.column_rule"), width=36, grow=1, most=70),
                Column(text("triage.column_limit"), width=9),
                Column(text("triage.column_weeks"), width=10),
                Column(text("triage.column_from"), width=5, wide_only=True),
                Column(text("triage.column_hits"), width=8, right=True),
            ],
            type_to_filter=False,
            enter=False,
        )
        yield Static(id="told", markup=False)

    def on_mount(self) -> None:
        """Show the rules, and count whom they catch in a thread."""
        self.set_title(text("triage.title"))
        self.query_one(Picker).focus()
        self._load()
        self._count()

    def _load(self) -> None:
        """Read the rules in use (a file of two kilobytes)."""
        from typing import cast

        from at_tui.standing import set_aside
        from data.content import one

        try:
            self._rules = cast("TriageRules", one("triage", STANDARD))
        except Fault as fault:
            self.desk.say(say(fault), "error")
            return
        faults = self.query_one("#faults", Static)
        reasons = set_aside()
        faults.display = bool(reasons)
        if reasons:
            faults.update(safe(f"✗ {text('triage.set_aside', reason=reasons[0])}"))
        self._draw()

    def _count(self) -> None:
        rules = self._rules
        if rules is not None:
            self.run_worker(lambda: self._sort(rules), thread=True, exclusive=True, name="triage")

    def _sort(self, rules: TriageRules) -> None:
        from at_tui.kollegium.whole import judged, read_cohort, resorted

        try:
            cohort = self._cohort or read_cohort(self.store, self.author, self.today)
            if not cohort.judged:
                cohort = judged(cohort)
            cohort = resorted(cohort, rules)
        except Fault as fault:
            self.app.call_from_thread(self.desk.say, say(fault), "error")
            return
        self.app.call_from_thread(self._counted, cohort)

    def _counted(self, cohort: Cohort) -> None:
        self._cohort = cohort
        self._draw()

    # What is shown

    def _draw(self) -> None:
        rules = self._rules
        if rules is None:
            return
        self._lines = {line.id: line for line in lines(rules)}
        own = own_file(rules.id) is not None
        which = safe(text("triage.own" if own else "triage.shipped", version=rules.version))
        right = which.stylize("$warning" if own else "$text-muted")
        if self._cohort is not None and self._counts() and self.app.size.width >= 100:
            right = Content.assemble(counts(self._cohort.rows), "   ", right)
        self.set_title(text("triage.title"), right)
        source = text("triage.source", source=rules.source)
        self.query_one("#source", Static).update(safe(source))
        self.query_one(Picker).show(list(self._rows()))
        self._tell()

    def _counts(self) -> bool:
        """Return whether the cohort has been sorted by the rules that are shown."""
        return self._cohort is not None and self._cohort.sources.rules == self._rules

    def _rows(self) -> Iterator[Row]:
        hits: Counter[str] | None = None
        if self._cohort is not None and self._counts():
            hits = Counter(reason.rule_id for row in self._cohort.rows for reason in row.reasons)
        for group in _GROUPS:
            yield heading(text(f"triage.group.{group}"), "")
            for line in self._lines.values():
                if line.group is group:
                    yield _row(line, None if hits is None else hits[line.id])

    def on_picker_moved(self, event: Picker.Moved) -> None:
        """Say what the rule rests on."""
        event.stop()
        self._tell()

    def _tell(self) -> None:
        line = self._line()
        words = Content("")
        if line is not None:
            group = Content.assemble(sign(line.group), " ", safe(line.label, "bold"))
            told = [group, safe(text("triage.rule_source", source=line.source), "$text-muted")]
            words = Content("\n").join(told)
        self.query_one("#told", Static).update(words)

    def _line(self) -> RuleLine | None:
        return self._lines.get(self.query_one(Picker).selected or "")

    # What is done here

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Change the rule (a click)."""
        event.stop()
        self.action_change()

    def action_change(self) -> None:
        """Change numbers and words."""
        line, rules = self._line(), self._rules
        if line is None or rules is None:
            return
        from screens.kollegium.rules_form import RuleForm

        def changed(found: TriageRules | None) -> None:
            if found is not None:
                self._load()
                self._count()

        self.app.push_screen(RuleForm(rules, line.id), changed)

    def action_switch(self) -> None:
        """Turn the rule off, or on again."""
        line = self._line()
        if line is not None:
            self._change(line, active=not line.active)

    def action_more(self) -> None:
        """Raise the limit."""
        self._step(1)

    def action_less(self) -> None:
        """Lower the limit."""
        self._step(-1)

    def _step(self, by: int) -> None:
        line, rules = self._line(), self._rules
        rule = rules.rule(line.id) if line and rules else None
        if line is None or rule is None:
            return
        if rule.measure in ("concern", "last_outcome"):
            self.desk.say(text("triage.no_number"), "warning")
            return
        name = "at_least" if rule.at_least is not None else "at_most"
        self._change(line, **{name: max(0, (getattr(rule, name) or 0) + by)})

    def _change(self, line: RuleLine, **values: object) -> None:
        from at_tui.kollegium.rules import changed

        if self._rules is None:
            return
        try:
            change = changed if "active" in values else relabelled
            found = change(self._rules, line.id, **values)
            save_own(found)
        except Fault as fault:
            self.desk.say(say(fault), "error")
            return
        except OSError as error:
            folder = error.filename or ""
            self.desk.say(text("triage.not_written", folder=folder), "error")
            return
        self.saved()
        self._load()
        self._count()

    def action_restore(self) -> None:
        """Put the standard back, when the user says so."""
        path = own_file(STANDARD)
        if path is None:
            self.desk.say(text("triage.nothing_to_restore"))
            return
        question = Confirm(
            text("triage.restore"),
            text("triage.restore_more", path=path),
            yes=text("triage.restore_yes"),
        )

        def answered(yes: bool | None) -> None:
            if yes:
                restore_shipped(STANDARD)
                self.desk.save_toast(text("triage.restored"))
                self._load()
                self._count()

        self.app.push_screen(question, answered)


def _row(line: RuleLine, hits: int | None) -> Row:
    style = "" if line.active else "$text-muted"
    mark = text("triage.on" if line.active else "triage.off")
    caught = safe("…" if hits is None else str(hits), "bold" if hits else "$text-muted")
    if not line.active:
        caught = safe(text("triage.off_word"), "$text-muted")
    weeks = text("triage.weeks", weeks=line.weeks) if line.weeks else text("triage.ever")
    first = text("triage.from_week", week=line.from_week) if line.from_week > 1 else "–"
    return Row(
        line.id,
        (
            Content.assemble((mark, "$accent" if line.active else "$text-muted"), " ",
                             safe(line.label, style)),
            safe(line.limit, style),
            safe(weeks, "$text-muted"),
            safe(first, "$text-muted"),
            caught,
        ),
    )  # fmt: skip
