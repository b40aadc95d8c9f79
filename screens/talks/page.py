"""A talk: the page opens with what the records say, ends with what was agreed, signed by both."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from at_tui.assessing import sensitive_in
from at_tui.filled_form import FilledForm
from at_tui.kind_words import content_of_kind
from at_tui.language import say, text
from at_tui.problem import Problem
from at_tui.supervising import Agreed
from at_tui.talks.guides import guide_of
from at_tui.talks.records import TalkForm, check_talk, draft_key, lacks, save_talk
from schema.fault import Fault, Invalid
from screens import ways
from screens.assessment_rows import UNSET
from screens.assessment_sheet import Sheet
from screens.assessment_words import hint
from screens.confirming import may_keep
from screens.dates import full
from screens.session_agreed import AgreedRow, AgreedRows
from screens.talks.words import basis_lines, room_for
from screens.text import safe
from screens.widgets.choice_field import ChoiceField, Option
from screens.widgets.date_field import DateField
from screens.widgets.drafts import DraftPage
from screens.widgets.keys import bind

if TYPE_CHECKING:
    from at_tui.talks.basis import Basis
    from data.find import Folder
    from schema.content.talk_guide import TalkGuide
    from schema.tables import Placement


class Agreements(AgreedRows):
    """Lines for what is agreed: three stand ready, whatever is filled in."""

    def __init__(
        self, agreed: Sequence[Agreed], kind: str, due: date | None, ready: int, id: str
    ) -> None:
        super().__init__(agreed, kind, due, id=id)
        self._ready = ready
        self._first += [self._empty() for _ in range(ready - len(self._first))]

    async def restore(self, raw: Iterable[Sequence[str]]) -> None:
        """Fill the lines with what a draft holds."""
        await super().restore(raw)
        missing = self._ready - len(self.rows)
        if missing > 0:
            await self.mount_all([self._empty() for _ in range(missing)])


class TalkPage(DraftPage[str]):
    """A talk being filled in. Dismissed with its id once it is saved.

    Args:
        folder: The training's records.
        form: What is filled in so far.
    """

    AREA = "talks"
    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    TalkPage #talk { padding: 0 1; }
    TalkPage #who { height: 1; }
    TalkPage #who .label { width: auto; padding: 0 2 0 0; color: $text-muted; }
    TalkPage #who DateField { width: 14; margin-right: 2; }
    TalkPage #who ChoiceField { width: 1fr; max-width: 40; }
    TalkPage .heading { color: $accent; text-style: bold; margin-top: 1; height: 1; }
    TalkPage #basis { height: auto; }
    TalkPage #sheet { height: auto; }
    TalkPage #sheet .section { height: auto; margin-top: 1; }
    TalkPage #sheet .title { height: 1; text-style: bold; }
    TalkPage #sheet .intro { color: $text-muted; height: auto; }
    TalkPage WrittenField TextArea { height: 2; }
    TalkPage.-tall WrittenField TextArea { height: 3; }
    TalkPage #hint { height: 1; padding: 0 1; color: $text-muted; }
    TalkPage #agreed { margin-bottom: 1; }
    TalkPage .problem-line { color: $error; display: none; height: auto; }
    TalkPage.-wide #talk { padding: 0 2; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        bind("ctrl+s", "save", "talks.save"),
        bind("f2", "sign", "talks.sign"),
    ]

    def __init__(self, folder: Folder, form: TalkForm) -> None:
        super().__init__()
        self.folder, self.form = folder, form
        guide = guide_of(form.kind, form.guide_version)
        self.guide: TalkGuide | None = (
            content_of_kind(guide, folder.training.kind) if guide else None
        )
        if self.guide is not None:
            form.guide_version = self.guide.version
        self.draft_key = draft_key(form)
        self.accepted: set[str] = set()
        """Excerpts that the user has said are no patient's."""
        self.basis: Basis | None = None
        self._filled = FilledForm(
            training_id=form.training_id, instrument_id="talk", instrument_version="",
            day=form.held_on or folder.training.start, answers=form.answers,
        )  # fmt: skip

    # Layout

    def body(self) -> ComposeResult:
        """Lay out day and person, what the records say, the questions, and what is agreed."""
        form, people = self.form, self.folder.people.values()
        with VerticalScroll(id="talk", can_focus=False):
            with Horizontal(id="who"):
                yield Static(text("talks.day"), classes="label", markup=False)
                yield DateField(form.held_on, id="day")
                yield Static(text("talks.with"), classes="label", markup=False)
                yield ChoiceField(
                    [Option(p.id, p.name, p.title) for p in people if p.active],
                    form.with_id or "",
                    title=text("talks.with"),
                    add=ways.new_person,
                    id="with",
                )
            yield Static(id="who-problem", classes="problem-line", markup=False)
            yield Static(text("talks.records"), classes="heading", markup=False)
            yield Static(safe(text("talks.reading"), "$text-muted"), id="basis", markup=False)
            if self.guide is not None:
                doctor = text(f"word.doctor.{self.folder.training.kind}") + "n"
                yield Sheet(self.guide, self._filled, doctor, self.app.size.width - 6)
            yield Static(text("talks.agreed"), classes="heading", markup=False)
            yield Agreements(
                form.agreed, str(self.folder.training.kind), None,
                self.guide.agreements if self.guide else 3, "agreed",
            )  # fmt: skip
        yield Static(id="hint", markup=False)

    def on_mount(self) -> None:
        """Read what the records say, fetch the draft, and begin at the top."""
        self._title()
        self._read_basis()
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        self.fetch_draft()
        self.query_one("#day").focus()

    def _title(self) -> None:
        title = f"{kind_words(self.form.kind)} · {self.folder.trainee.name}"
        if self.form.corrects_id:
            key = "talks.revision" if self.guide and self.guide.revised else "talks.correction"
            title = text(key, title=title)
        day = self.query_one("#day", DateField).day
        self.set_title(title[:1].upper() + title[1:], full(day) if day else "")

    @cached_property
    def placement(self) -> Placement | None:
        """The placement that the talk is about."""
        return next((p for p in self.folder.placements if p.id == self.form.placement_id), None)

    # What the records say

    def _read_basis(self) -> None:
        self.run_worker(self._basis_worker, thread=True, exclusive=True, name="basis")

    def _basis_worker(self) -> None:
        try:
            found = self.basis_now()
        except Fault as fault:
            self.app.call_from_thread(self.desk.say, say(fault), "error")
            return
        self.app.call_from_thread(self._show_basis, found)

    def basis_now(self) -> Basis:
        """Return what the records say as of the day of the talk."""
        # The kollegium's questions bring pydantic with the content files (0.1 s).
        from at_tui.talks.basis import read_basis

        day = self.form.held_on or self.today
        return read_basis(self.store, self.folder, self.placement, day, besides=self.form.id)

    def _show_basis(self, basis: Basis) -> None:
        self.basis = basis
        width = room_for(self.app.size.width)
        self.query_one("#basis", Static).update(Content("\n").join(basis_lines(basis, width)))

    def on_resize(self) -> None:
        """Fold the lines anew."""
        if self.basis is not None:
            self._show_basis(self.basis)

    # What is answered

    @on(Sheet.Answered)
    def _answered(self, event: Sheet.Answered) -> None:
        event.stop()
        if event.value is UNSET:
            self.form.answers.pop(event.key, None)
        else:
            self.form.answers[event.key] = event.value
        if event.item.id in self.query_one(Sheet).rows:
            self.query_one(Sheet).fill_item(event.item)
        self.query_one(Sheet).show_problem(event.item.id, Content(""))
        self.draft_changed()

    @on(Sheet.Stands)
    def _stands(self, event: Sheet.Stands) -> None:
        event.stop()
        row = self.query_one(Sheet).rows.get(event.item.id) if event.item else None
        self.query_one("#hint", Static).update(hint(event.item, row))

    @on(ChoiceField.Changed, "#with")
    def _with_changed(self, event: ChoiceField.Changed) -> None:
        event.stop()
        self.form.with_id = event.value or None
        self.draft_changed()

    @on(Input.Changed, "#day")
    def _day_changed(self) -> None:
        day = self.query_one("#day", DateField).day
        self._title()
        if day != self.form.held_on:
            self.form.held_on = day
            if self.is_mounted and day is not None and day <= self.today:
                self._read_basis()
            self.draft_changed()

    @on(AgreedRows.Changed)
    def _agreed_changed(self) -> None:
        self.draft_changed()

    # Drafts

    def draft_content(self) -> dict[str, Any]:
        """Return what is typed."""
        return {
            "id": self.form.id,
            "day": self.query_one("#day", DateField).value,
            "with": self.form.with_id or "",
            "answers": dict(self.form.answers),
            "agreed": self.query_one(Agreements).raw(),
            "reason": self.form.correction_reason,
        }

    def restore_draft(self, content: dict[str, Any]) -> None:
        """Fill the page with a draft."""
        if self.form.corrects_id:
            self.form.id = str(content.get("id") or self.form.id)
        self.query_one("#day", DateField).value = str(content.get("day", ""))
        self.query_one("#with", ChoiceField).value = str(content.get("with", ""))
        self.form.answers.clear()
        self.form.answers.update(content.get("answers", {}))
        if self.guide is not None:
            self.query_one(Sheet).fill()
        self.call_later(self.query_one(Agreements).restore, content.get("agreed", []))

    # Keys

    def take(self) -> list[Problem]:
        """Take what is typed into the form; return what is wrong with it."""
        problems: list[Problem] = []
        try:
            self.form.held_on = self.query_one("#day", DateField).read()
        except Fault as fault:
            problems.append(Problem("day", fault.code, fault.values))
        agreed, faults = self.query_one(Agreements).read()
        self.form.agreed = list(agreed)
        problems += [Problem(f"agreed_{n}", f.code, f.values) for n, f in faults]
        told = {problem.field for problem in problems}
        return problems + [
            p
            for p in check_talk(self.form, self.guide, self.folder, self.today)
            if p.field not in told
        ]

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show every fault where it belongs, and go to the first."""
        said = {p.field: text(p.code, **p.values) for p in reversed(problems)}
        who = " ".join(said[name] for name in ("day", "with") if name in said)
        line = self.query_one("#who-problem", Static)
        line.update(safe("✗ " + who if who else ""))
        line.display = bool(who)
        rows = {int(n.removeprefix("agreed_")): w for n, w in said.items() if n[:7] == "agreed_"}
        wrong = self.query_one(Agreements).show_problems(rows)
        if self.guide is not None:
            for item in self.guide.items():
                words = safe("✗ " + said[item.id], "$error") if item.id in said else Content("")
                self.query_one(Sheet).show_problem(item.id, words)
        self.quiet = bool(problems)
        if problems:
            self.note(safe(text("app.not_saved", count=len(problems)), "$error"))
            self._go_to(problems[0].field, wrong)

    def _go_to(self, field: str, row: AgreedRow | None) -> None:
        if field in ("day", "with"):
            self.query_one(f"#{field}").focus()
        elif field.startswith("agreed_") and row is not None:
            row.due.focus()
        elif self.guide is not None:
            self.query_one(Sheet).go_to(field)
            self.desk.say(text("talks.go_to"))

    def action_save(self) -> None:
        """Save without signature; a new version of a signed talk waits as a draft."""
        if self.form.corrects_id:
            self.keep_draft_now()
            self.desk.say(text("talks.kept"))
            return
        problems = self.take()
        self.show_problems(problems)
        if not problems:
            self.run_worker(self._save(), exclusive=True, group="sign")

    async def _save(self) -> None:
        if not await self.may_keep_text():
            return
        try:
            with self.store.work(self.author) as work:
                save_talk(work, self.form, on=self.today)
        except Invalid as invalid:
            self.show_problems([Problem(*p) for p in invalid.problems])
            return
        except Fault as fault:
            self.desk.say(say(fault), "error")
            return
        self.settle_draft()
        self.desk.save_toast(text("talks.saved_toast"))
        self.dismiss(self.form.id)

    def action_sign(self) -> None:
        """Sign, after what is missing has been shown."""
        problems = self.take() or lacks(self.form, self.guide)
        self.show_problems(problems)
        if not problems:
            from screens.talks.sign import sign

            self.run_worker(sign(self), exclusive=True, group="sign")

    async def may_keep_text(self) -> bool:
        """Return whether the texts may be kept: what looks like a patient's is asked about."""
        if self.guide is None:
            return True
        found = [
            hit
            for hit in sensitive_in(self.guide, self._filled)
            if hit.excerpt not in self.accepted
        ]
        if not await may_keep(self, found):
            self.query_one(Sheet).go_to(found[0].item_id)
            return False
        self.accepted |= {hit.excerpt for hit in found}
        return True


def kind_words(kind: str) -> str:
    """Return what a kind of talk is called."""
    return text(f"word.talk.{kind}")
