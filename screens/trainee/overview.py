"""Översikt: what is next, what was agreed, how it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.content import Content

from at_tui.goal_map import GoalStatus
from at_tui.instrument_names import short_name
from at_tui.kind_words import of_kind
from at_tui.language import text
from at_tui.overview import Remark, Step, StepKind, open_agreements
from schema.words import LockStatus
from screens import ways
from screens.dates import near, short, with_weekday
from screens.session_carried import owner_words
from screens.text import beside, safe
from screens.trainee.tab import Tab
from screens.trainee.words import lock_status, supervised_words
from screens.widgets.picker import Picker
from screens.widgets.rows import Column, Row, heading, remark

if TYPE_CHECKING:
    from screens.trainee.reading import TraineeFile

LATEST = 4
"""Assessments shown."""
MOST_FORMS = 2
"""Forms that wait for the same are one line when they are more."""
_CROWDS = (StepKind.UNSIGNED, StepKind.UNCONFIRMED)

# One grid for all sections, so that days stand under days and states under states.
_COLUMNS = (Column(width=13, wide=18), Column(width=32, grow=1), Column(width=18, wide=24))
_WHOLE = (Column(width=40, grow=1),)


class Overview(Tab):
    """The first tab: one list, whose rows open what they are about."""

    NAME = "overview"

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        yield Picker(_COLUMNS, type_to_filter=False)

    def fill(self) -> None:
        """Show how it stands."""
        self._acts: dict[str, Callable[[], None]] = {}
        self.picker.show(list(self._rows()))

    def open(self, row_id: str) -> None:
        """Open what the row is about."""
        if row_id in self._acts:
            self._acts[row_id]()

    def _rows(self) -> Iterator[Row]:
        file = self.file
        yield heading(text("trainee.next"))
        counts = Counter(step.kind for step in file.steps)
        crowd = [kind for kind in _CROWDS if counts[kind] > MOST_FORMS]
        for number, step in enumerate(file.steps):
            if step.kind not in crowd:
                self._acts[f"step:{number}"] = self._act(step)
                yield self._step(f"step:{number}", step)
        for kind in crowd:
            yield self._crowd(kind, counts[kind])
        if not file.steps:
            yield remark(text("trainee.nothing_next"))
        yield from self._remarks(file.remarks)
        yield from self._agreements()
        yield from self._supervision()
        yield from self._assessments()
        yield from self._goals()

    # What is next

    def _step(self, id: str, step: Step) -> Row:
        values = dict(step.values)
        if "instrument" in values:
            values["instrument"] = short_name(str(values["instrument"]))
        if "section" in values:
            values["section"] = text(f"word.section_short.{values['section']}")
        over = step.kind is StepKind.CERTIFICATE and step.day >= self.file.on
        key = f"trainee.step.{step.kind}{'_ahead' if over else ''}"
        late = step.kind is StepKind.UNLOGGED
        day = "" if step.kind is StepKind.FIRST_SESSION else near(step.day, self.file.on)
        act = Content.assemble(
            ("↵ ", "bold $accent"), (text(f"trainee.act.{step.kind}"), "$accent")
        )
        words = of_kind(text(key, **values), self.file.folder.training.kind)
        return Row(id, (safe(day, "bold $warning" if late else "bold"), words, act))

    def _crowd(self, kind: StepKind, count: int) -> Row:
        """Return one row for many forms that wait for the same."""
        id = f"crowd:{kind}"
        self._acts[id] = lambda: self._to_tab("assessments")
        act = Content.assemble(("↵ ", "bold $accent"), (text("trainee.act.show"), "$accent"))
        return Row(id, ("", text(f"trainee.many.{kind}", count=count), act))

    def _act(self, step: Step) -> Callable[[], None]:
        training = self.file.folder.training.id
        record = step.record_id
        if step.kind in (StepKind.PLANNED, StepKind.UNLOGGED, StepKind.FIRST_SESSION):
            return lambda: self.go(lambda: ways.session(training, record or None))
        if step.kind is StepKind.CERTIFICATE:
            return lambda: self.go(lambda: ways.certificate(training, record))
        return lambda: self.go(lambda: ways.assessment(training, None, record))

    def _remarks(self, found: Iterable[Remark]) -> Iterator[Row]:
        rows = []
        for number, one in enumerate(found):
            values = dict(one.values)
            if "section" in values:
                values["section"] = text(f"word.section.{values['section']}")
            id = f"remark:{number}"
            words = Content.assemble(
                ("! ", "bold $warning"), safe(text(f"trainee.remark.{one.code}", **values))
            )
            self._acts[id] = lambda: self._to_tab("placements")
            rows.append(Row(id, (words,), columns=_WHOLE))
        if rows:
            yield heading(text("trainee.look_over"))
            yield from rows

    def _to_tab(self, name: str) -> None:
        self.post_message(self.Asked(name))

    # How it stands

    def _agreements(self) -> Iterator[Row]:
        folder, on = self.file.folder, self.file.on
        found = open_agreements(folder)
        yield heading(text("trainee.agreements"), _count(len(found), "trainee.open_count"))
        for agreement in found:
            late = agreement.due is not None and agreement.due < on
            due = text("trainee.due", day=short(agreement.due, on)) if agreement.due else ""
            id = f"agreement:{agreement.id}"
            self._acts[id] = lambda: self.go(lambda: ways.session(folder.training.id, None))
            yield Row(
                id,
                (
                    safe(f"! {due}" if late else due, "$warning" if late else "$text-muted"),
                    agreement.text,
                    safe(owner_words(agreement.owner, str(folder.training.kind)), "$text-muted"),
                ),
            )
        if not found:
            yield remark(text("trainee.no_agreements"))

    def _supervision(self) -> Iterator[Row]:
        file = self.file
        yield heading(text("trainee.tab.supervision"), _where(file))
        self._acts["supervision"] = lambda: self._to_tab("supervision")
        words = supervised_words(file.supervised, placed=file.placement is not None)
        yield Row("supervision", (words,), columns=_WHOLE)

    def _assessments(self) -> Iterator[Row]:
        folder, on = self.file.folder, self.file.on
        shown = [a for a in folder.assessments if a.status != LockStatus.VOIDED]
        count = _count(len(shown), "trainee.count")
        yield heading(text("trainee.latest_assessments"), count)
        for form in reversed(shown[-LATEST:]):
            id = f"assessment:{form.id}"
            self._acts[id] = self._open_form(form.id)
            name = folder.name_of(form.assessor_id) or form.assessor_name
            words = beside(safe(short_name(form.instrument_id)), safe(name, "$text-muted"), gap=2)
            yield Row(id, (short(form.day, on), words, lock_status(form, self.file)))
        if not shown:
            yield remark(text("trainee.no_assessments"))

    def _open_form(self, form_id: str) -> Callable[[], None]:
        training = self.file.folder.training.id
        return lambda: self.go(lambda: ways.assessment(training, None, form_id))

    def _goals(self) -> Iterator[Row]:
        goals, placement = self.file.goals, self.file.placement
        total = sum(len(section.lines) for section in goals)
        marked = sum(section.count(GoalStatus.MARKED) for section in goals)
        right = text("trainee.goals_of", marked=marked, total=total) if total else ""
        yield heading(text("trainee.tab.goals"), right)
        here = next((s for s in goals if placement and s.section == placement.section), None)
        self._acts["goals"] = lambda: self.go(lambda: ways.goals(self.file.folder.training.id))
        if here is None:
            key = "trainee.no_curriculum" if not goals else "trainee.goals_all"
            yield Row("goals", ("", safe(text(key), "$text-muted"), ""))
            return
        words = text(
            "trainee.goals_here",
            marked=here.count(GoalStatus.MARKED),
            evidence=here.count(GoalStatus.EVIDENCE),
            none=here.count(GoalStatus.NONE),
        )
        yield Row("goals", (text(f"word.section_short.{here.section}"), words, ""))


def _count(count: int, key: str) -> str:
    return text(key, count=count) if count else ""


def _where(file: TraineeFile) -> str:
    placement = file.placement
    if placement is None:
        return ""
    planned = [s for s in file.folder.supervisions if s.status == "planned" and s.day >= file.on]
    if not planned:
        return text("trainee.none_planned")
    return text("trainee.next_planned", day=with_weekday(planned[0].day, file.on))
