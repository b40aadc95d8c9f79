"""Tänk om: leave or part-time as a proposal, with what it would change, before it is saved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.content import Content
from textual.timer import Timer

from at_tui.judge.finding import Finding
from at_tui.language import say, text
from schema.fault import Fault, Invalid
from schema.words import AbsenceKind
from screens.dates import full, short
from screens.standing_words import sign, sign_and_word
from screens.text import safe
from screens.trainee.words import period
from screens.widgets.choice_field import Option
from screens.widgets.confirm import Confirm
from screens.widgets.form import Field, Form, Kind, Problem
from screens.widgets.form_page import FormPage
from screens.widgets.picker import Picker
from screens.widgets.rows import Column, Row, heading, remark

# The judge brings pydantic with the plans (0.1 s): loaded in the worker.
if TYPE_CHECKING:
    from at_tui.proposal import Proposal
    from at_tui.standing import Standing
    from at_tui.what_if import Moved, WhatIf

PART_TIME = "deltid"
PAUSE = 0.15
"""Seconds without a key before the proposal is worked out."""
_ONE = (Column(width=24, wide=30), Column(width=46, grow=1))
_MOVED = (Column(width=36, grow=1), Column(width=34, wide=40))


class WhatIfPage(FormPage[str]):
    """A proposal over what it changes; nothing is saved until it is confirmed.

    Args:
        training_id: Whose.
    """

    AREA = "what_if"
    DEFAULT_CSS = """
    WhatIfPage Form { height: auto; max-height: 14; }
    WhatIfPage Form.-roomy > FieldRow { margin-bottom: 0; }
    """

    def __init__(self, training_id: str) -> None:
        super().__init__()
        self._training_id = training_id
        self.draft_key = f"what_if:{training_id}"
        self._standing: Standing | None = None
        self._found: WhatIf | None = None
        self._proposal: Proposal | None = None
        self._wait: Timer | None = None

    def fields(self) -> Sequence[Field]:
        """Ask what is proposed."""
        kinds = [Option(kind, text(f"word.absence.{kind}")) for kind in AbsenceKind]
        kinds.append(Option(PART_TIME, text("what_if.part_time")))
        return [
            Field("kind", text("what_if.kind"), Kind.CHOICE, required=True, options=tuple(kinds)),
            Field("start", text("what_if.start"), Kind.DATE, required=True),
            Field("end", text("what_if.end"), Kind.DATE),
            Field(
                "percent",
                text("what_if.extent"),
                Kind.NUMBER,
                required=True,
                unit="%",
                hint=text("what_if.extent_hint"),
            ),
        ]

    def values(self) -> Mapping[str, Any]:
        """Return what the proposal begins with."""
        return {"kind": AbsenceKind.FORALDRALEDIG, "percent": 100}

    def body(self) -> ComposeResult:
        """Lay out the proposal over its preview."""
        yield Form(self.fields(), self.values())
        yield Picker((), type_to_filter=False, filters=False, enter=False)

    def on_mount(self) -> None:
        """Read how it stands now."""
        super().on_mount()
        self.set_title(text("what_if.title"), text("what_if.nothing_saved"))
        self._preview([remark(text("app.opening"))])
        self.run_worker(self._read, thread=True, name="what_if")

    def _read(self) -> None:
        from at_tui.standing import standing

        try:
            found = standing(self.store, self._training_id, self.today)
        except Fault as fault:
            self.app.call_from_thread(self._gone, fault)
            return
        self.app.call_from_thread(self._came, found)

    def _gone(self, fault: Fault) -> None:
        self.desk.say(say(fault), "error")
        self.dismiss()

    def _came(self, found: Standing) -> None:
        self._standing = found
        name = getattr(found.records.trainee, "name", "")
        title = text("what_if.title_of", name=name)
        self.set_title(title, text("what_if.nothing_saved"))
        self._work_out()

    # The proposal

    def on_form_changed(self) -> None:
        """Keep a draft, and work the proposal out when the keys rest."""
        super().on_form_changed()
        # What is shown is of another proposal from now on, and must not be saved.
        self._found = self._proposal = None
        if self._wait is not None:
            self._wait.stop()
        self._wait = self.set_timer(PAUSE, self._work_out)

    def check(self, values: dict[str, Any]) -> list[Problem]:
        """Ask for the last day of a leave; part-time may be for the rest of the training."""
        if values.get("kind") == PART_TIME or values.get("end") or "end" not in values:
            return []
        return [("end", "app.required", {})]

    def _read_proposal(self) -> tuple[Proposal | None, list[Problem]]:
        from at_tui.proposal import Proposal
        from at_tui.what_if import Leave, PartTime

        values, problems = self.form.read()
        problems += self.check(values)
        if problems:
            return None, problems
        kind, start, end, percent = (values[n] for n in ("kind", "start", "end", "percent"))
        if kind == PART_TIME:
            return Proposal(part_time=(PartTime(start, percent, end),)), []
        return Proposal(leave=(Leave(kind, start, end, percent),)), []

    def _work_out(self) -> None:
        if self._standing is None:
            return
        proposal, _ = self._read_proposal()
        if proposal is None:
            self._preview([remark(text("what_if.waiting"))])
            return
        standing = self._standing
        self.run_worker(
            lambda: self._try(standing, proposal), thread=True, exclusive=True, name="what_if"
        )

    def _try(self, standing: Standing, proposal: Proposal) -> None:
        from at_tui.what_if import what_if

        try:
            found = what_if(
                standing.records,
                standing.programme,
                standing.on,
                leave=proposal.leave,
                part_time=proposal.part_time,
            )
        except Fault as fault:
            self.app.call_from_thread(self._impossible, fault)
            return
        self.app.call_from_thread(self._worked_out, proposal, found)

    def _impossible(self, fault: Fault) -> None:
        self._preview([Row("", (safe(f"✗ {say(fault)}", "$error"),), wraps=True)])

    def _worked_out(self, proposal: Proposal, found: WhatIf) -> None:
        if self._read_proposal()[0] != proposal:
            return  # typed on meanwhile: the next answer is on its way
        self._proposal, self._found = proposal, found
        self._preview(list(self._rows(found)))

    # The preview

    def _preview(self, rows: list[Row]) -> None:
        self.query_one(Picker).show(rows)

    def _rows(self, found: WhatIf) -> Iterator[Row]:
        if self._standing is None:
            return
        on = self.today
        yield heading(text("what_if.then"), text("what_if.nothing_saved"))
        later = text("what_if.later", days=found.days_later)
        if not found.days_later:
            later = text("what_if.same_end")
        ends = _arrow(_day(found.end_before), _day(found.end_after))
        if not found.days_later:
            ends = safe(_day(found.end_after))
        words = Content.assemble(ends, "  ", safe(later, "bold"))
        yield Row("end", (text("what_if.new_end"), words), columns=_ONE)
        yield from self._worse(found.worse)
        yield from self._placements(found)
        yield from self._kollegier(found)
        yield heading(text("what_if.moved"), str(len(found.moved) or ""))
        for number, moved in enumerate(found.moved):
            yield _moved_row(number, moved, on)
        if not found.moved:
            yield remark(text("what_if.nothing_moved"))

    def _worse(self, worse: Sequence[Finding]) -> Iterator[Row]:
        yield heading(text("what_if.worse"), str(len(worse) or ""))
        for finding in worse:
            title = Content.assemble(sign(finding.status), " ", safe(finding.title))
            cells = (title, sign_and_word(finding.status))
            yield Row(
                f"worse:{finding.requirement_id}",
                cells,
                detail=Content.assemble("  ", safe(finding.sentence)),
                columns=_MOVED,
            )
        if not worse:
            yield remark(text("what_if.nothing_worse"))

    def _placements(self, found: WhatIf) -> Iterator[Row]:
        from at_tui.proposal import changes

        if self._standing is None:
            return
        changed = changes(self._standing.records, found)
        yield heading(text("what_if.placements"), str(len(changed) or ""))
        for change in changed:
            before = period(change.before.start, change.before.end, self.today)
            same = {p.percent for p in change.after} == {change.before.percent}
            after = ", ".join(
                period(p.start, p.end, self.today) + ("" if same else f" {p.percent} %")
                for p in change.after
            )
            name = text(f"word.section_short.{change.before.section}")
            words = f"{name}, {change.before.specialty}" if change.before.specialty else name
            cells = (words, _arrow(before, after))
            yield Row(f"placement:{change.before.id}", cells, columns=_ONE)
        if not changed:
            yield remark(text("what_if.no_placement_moved"))

    def _kollegier(self, found: WhatIf) -> Iterator[Row]:
        gone = [one for one in found.kollegier_before if one not in found.kollegier_after]
        new = [one for one in found.kollegier_after if one not in found.kollegier_before]
        yield heading(text("what_if.kollegier"), "")
        for key, names in (("new", new), ("gone", gone)):
            if names:
                cells = (text(f"what_if.kollegier_{key}"), ", ".join(names))
                yield Row(f"kollegier:{key}", cells, columns=_ONE)
        if not (gone or new):
            yield remark(text("what_if.same_kollegier"))

    # Saving

    def action_save(self) -> None:
        """Ask, naming what changes, and then save."""
        proposal, problems = self._read_proposal()
        self.form.show_problems(problems)
        if proposal is None or self._standing is None:
            self.note(safe(text("app.not_saved", count=len(problems)), "$error"))
            return
        if self._found is None or self._proposal != proposal:
            self.desk.say(text("what_if.not_worked_out"), "warning")
            return
        from at_tui.proposal import changes

        found, count = self._found, len(changes(self._standing.records, self._found))
        key = "what_if.confirm_one" if count == 1 else "what_if.confirm_more"
        more = text(key, count=count, day=full(found.end_after))
        question = text("what_if.confirm", what=self._named(proposal))

        def answered(yes: bool | None) -> None:
            if yes:
                self._save(proposal, found)

        self.app.push_screen(Confirm(question, more, yes=text("what_if.save")), answered)

    def _named(self, proposal: Proposal) -> str:
        for leave in proposal.leave:
            days = period(leave.start, leave.end, self.today)
            return f"{text(f'word.absence.{leave.kind}')} {days}"
        (share,) = proposal.part_time
        days = (
            period(share.start, share.end, self.today)
            if share.end
            else text("what_if.from", day=short(share.start, self.today))
        )
        return f"{text('what_if.part_time')} {share.percent} % {days}"

    def _save(self, proposal: Proposal, found: WhatIf) -> None:
        from at_tui.proposal import save

        if self._standing is None:
            return
        try:
            with self.store.work(self.author) as work:
                save(work, self._standing.records, proposal, found)
        except Invalid as invalid:
            self.form.show_problems(list(invalid.problems))
            return
        except Fault as fault:
            self.desk.say(say(fault), "error")
            return
        self.drop_draft()
        self.desk.save_toast(text("what_if.saved"))
        self.dismiss(self._training_id)


def _day(day: date) -> str:
    return short(day, date.min)


def _arrow(before: str, after: str) -> Content:
    return Content.assemble(safe(before, "$text-muted"), " → ", safe(after))


def _moved_row(number: int, moved: Moved, on: date) -> Row:
    title = f"{moved.title} ({moved.label})" if moved.label else moved.title
    days = [short(day, on) if day else text("what_if.not_asked") for day in (
        moved.before, moved.after
    )]  # fmt: skip
    return Row(f"moved:{number}", (title, _arrow(days[0], days[1])), columns=_MOVED)
