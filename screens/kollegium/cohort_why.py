"""Why someone is in their group: every rule that was not kept, with what it counted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.content import Content

from at_tui.kollegium.grounds import Ground, GroundKind, grounds
from at_tui.language import text
from screens import ways
from screens.dates import short
from screens.kollegium.cohort_rows import sign
from screens.text import safe
from screens.widgets.keys import bind
from screens.widgets.page import Page
from screens.widgets.picker import Picker
from screens.widgets.rows import Column, Row, heading, remark

if TYPE_CHECKING:
    from at_tui.kollegium.case import Case
    from at_tui.kollegium.cohort import Row as Doctor
    from at_tui.kollegium.triage import Reason
    from screens.desk import Way

_GROUND = (Column(width=8, wide=12, right=True), Column(width=20, grow=1, most=44),
           Column(width=38, grow=3))  # fmt: skip
_WAY = (Column(width=20, wide=26), Column(width=46, grow=1))


class WhyPage(Page[None]):
    """The reasons in full, each with its records, and the ways on.

    Args:
        case: The one it is about, judged or not.
        doctor: Their row in the cohort.
    """

    AREA = "cohort"
    BINDINGS: ClassVar[list[Any]] = [
        bind("enter", "open", "cohort.open"),
        bind("s", "session", "cohort.session"),
        bind("b", "assess", "cohort.assess"),
        bind("m", "goals", "cohort.goals"),
        bind("p", "page", "cohort.page"),
    ]

    def __init__(self, case: Case, doctor: Doctor) -> None:
        super().__init__()
        self._case, self._doctor = case, doctor
        self._ways: dict[str, Way] = {}

    def body(self) -> ComposeResult:
        """Lay out the list."""
        yield Picker((), type_to_filter=False, filters=False, enter=False)

    def on_mount(self) -> None:
        """Show the reasons."""
        group = text(f"cohort.group.{self._doctor.group}")
        right = Content.assemble(sign(self._doctor.group), " ", safe(group))
        self.set_title(safe(text("cohort.reasons.title", name=self._doctor.name), "bold"), right)
        picker = self.query_one(Picker)
        picker.show(list(self._rows()))
        picker.focus()

    def help_text(self) -> str:
        """Return what Enter does."""
        return text("cohort.reasons.help")

    # Rows

    def _rows(self) -> Iterator[Row]:
        from at_tui.kollegium.triage import triage

        doctor = self._doctor
        if not doctor.reasons:
            yield remark(text("cohort.reasons.on_track", name=doctor.name))
        for number, reason in enumerate(doctor.reasons):
            yield from self._reason(number, reason)
        unjudged = triage(self._case).unjudged
        if unjudged:
            rules = self._case.sources.rules
            named = [rule.label for id in unjudged if (rule := rules.rule(id)) is not None]
            yield remark("")
            yield remark(text("cohort.reasons.unjudged", rules=", ".join(named)))
        if doctor.flags:
            yield heading(text("cohort.reasons.flags"))
            for place, flag in enumerate(doctor.flags):
                self._ways[f"flag:{place}"] = self._page("overview")
                yield Row(f"flag:{place}", (safe(flag.sentence),), wraps=True)
        yield heading(text("cohort.reasons.ways"), "")
        yield from self._way_rows()

    def _reason(self, number: int, reason: Reason) -> Iterator[Row]:
        title = Content.assemble(sign(reason.group), " ", safe(reason.label, "bold $accent"))
        yield Row("", (title, safe("")), heading=True)
        yield Row("", (safe(reason.sentence, "bold"),), heading=True)
        found = grounds(self._case, reason)
        if not found:
            yield remark(text("cohort.reasons.nothing_counted"))
        for place, ground in enumerate(found):
            id = f"ground:{number}:{place}"
            self._ways[id] = self._way_to(ground)
            day = safe(short(ground.day, self.today) if ground.day else "–", "$text-muted")
            style = "" if ground.counted else "$text-muted"
            more = safe(ground.more, "$text-muted")
            yield Row(id, (day, safe(ground.words, style), more), columns=_GROUND)

    def _way_to(self, ground: Ground) -> Way:
        training, record = self._doctor.training_id, ground.record_id
        if ground.kind is GroundKind.ASSESSMENT:
            return lambda: ways.assessment(training, None, record)
        if ground.kind is GroundKind.SESSION:
            return lambda: ways.session(training, record)
        if ground.kind is GroundKind.REQUIREMENT:
            return self._page("program")
        if ground.kind is GroundKind.LEVELS:
            return self._page("assessments")
        return self._page("overview")

    def _page(self, tab: str) -> Way:
        training = self._doctor.training_id
        return lambda: ways.page(training, tab)

    def _way_rows(self) -> Iterator[Row]:
        case, doctor = self._case, self._doctor
        latest = case.latest
        told = {
            "page": text("cohort.reasons.page_more"),
            "supervision": text(
                "cohort.reasons.supervision_more", held=doctor.held, due=doctor.due,
                met=doctor.weeks_met, begun=doctor.weeks_begun,
            ),
            "assessments": text("cohort.reasons.assessments_none") if latest is None else text(
                "cohort.reasons.assessments_more",
                latest=f"{latest.instrument.short_title} {short(latest.day, self.today)}",
            ),
            "goals": text(
                "cohort.reasons.goals_more", marked=doctor.goals_marked, goals=doctor.goals
            ),
            "program": self._programme_words(),
        }  # fmt: skip
        for name, more in told.items():
            tab = "overview" if name == "page" else name
            self._ways[name] = self._page(tab)
            words = safe(text(f"cohort.reasons.{name}"), "bold")
            yield Row(name, (words, safe(more, "$text-muted")), columns=_WAY)

    def _programme_words(self) -> str:
        from at_tui.judge import Status
        from at_tui.kollegium.cohort import binding

        if self._case.findings is None:
            return text("cohort.reasons.program_none")
        found = [f.status for f in binding(self._case)]
        late, missing = found.count(Status.LATE), found.count(Status.MISSING)
        return text("cohort.reasons.program_more", late=late, missing=missing)

    # What is done here

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Open the row (a click)."""
        event.stop()
        self.action_open()

    def action_open(self) -> None:
        """Open what the row is about."""
        way = self._ways.get(self.query_one(Picker).selected or "")
        if way is not None:
            self.desk.go(way)

    def action_page(self) -> None:
        """Open the trainee's page."""
        self.desk.go(self._page("overview"))

    def action_session(self) -> None:
        """Log a session."""
        training = self._doctor.training_id
        self.desk.go(lambda: ways.session(training, None))

    def action_assess(self) -> None:
        """Fill in an assessment."""
        training = self._doctor.training_id
        self.desk.go(lambda: ways.assessment(training, None, None))

    def action_goals(self) -> None:
        """Show the goals."""
        training = self._doctor.training_id
        self.desk.go(lambda: ways.goals(training))
