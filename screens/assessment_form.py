"""Filling in any instrument: text first, digits after, kept within a second, signed on the spot."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from at_tui import content_in_use
from at_tui.around import around_of, placement_of_form
from at_tui.assessing import (
    change_variant,
    check_answer,
    fill_expected,
    form_faults,
    has_expected,
    has_own_rating,
    progress,
)
from at_tui.completeness import Around
from at_tui.correcting import save_draft
from at_tui.filled_form import Column, FilledForm, draft_key
from at_tui.form_start import form_before
from at_tui.language import say, text
from schema.fault import Fault
from screens import ways
from screens.assessment_rows import UNSET
from screens.assessment_sheet import Sheet
from screens.assessment_sign import may_keep_text, sign
from screens.assessment_who import WhoLine
from screens.assessment_words import help_words, hint, sensitive_words
from screens.dates import clock, weekday
from screens.text import safe
from screens.widgets.choice_field import ChoiceDialog, ChoiceField, Option
from screens.widgets.date_field import DateField
from screens.widgets.drafts import DraftPage
from screens.widgets.keyline import KeyLine
from screens.widgets.keys import bind

if TYPE_CHECKING:
    from data.find import Folder
    from schema.content.instrument import Instrument
    from schema.content.instrument_parts import Item


_FIRST = "-"
"""The instrument's first scale, in the list of scales."""


class FormScreen(DraftPage[str]):
    """A form being filled in.

    Args:
        folder: The training's records, as they stood when the form was opened.
        instrument: What is asked, in the version that the form names.
        form: What is answered so far.
        resumed: When the draft was kept that the form comes from; None for none.
    """

    AREA = "assessment"
    AUTO_FOCUS = ""  # begun where something is to be said, not at the first field
    CSS_PATH = "assessment.tcss"
    BINDINGS: ClassVar[list[Any]] = [
        bind("ctrl+s", "save", "assessment.save"),
        bind("f2", "sign", "assessment.sign"),
        bind("f5", "expected", "assessment.expected"),
        bind("f3", "own", "assessment.own"),
        bind("f3", "hand_over", "assessment.hand_over"),
        bind("f6", "goals", "assessment.goals"),
        bind("f4", "scale", "assessment.scale"),
    ]

    def __init__(
        self,
        folder: Folder,
        instrument: Instrument,
        form: FilledForm,
        resumed: datetime | None = None,
    ) -> None:
        super().__init__()
        self.folder, self.instrument, self.form = folder, instrument, form
        self.accepted: set[str] = set()
        """Excerpts that the user has said are no patient's."""
        self.draft_key = draft_key(form.training_id, form.id)
        self._resumed = resumed
        self._state = Content("")
        self._own = False
        """Whether the trainee is rating themselves."""

    # Layout

    def body(self) -> ComposeResult:
        """Lay out who and when, the sheet, and a line of help."""
        rule = self.instrument.assessor
        label = text("assessment.assessor")
        assessor = None
        if rule.who != "trainee" and not self.instrument.anonymous:
            assessor = ChoiceField(
                self._people(),
                self.form.assessor_id or "",
                title=f"{label}: {rule.label}",
                add=ways.new_person,
                id="assessor",
            )
        yield WhoLine(label, assessor, DateField(self.form.day, id="day"))
        doctor = text(f"word.doctor.{self.folder.training.kind}") + "n"
        yield Sheet(self.instrument, self.form, doctor, self.app.size.width - 4)
        yield Static(id="hint", markup=False)

    def _people(self) -> list[Option]:
        mine = self.author
        people = sorted(self.folder.people.values(), key=lambda p: (p.id != mine, p.sort_key))
        return [Option(p.id, p.name, p.specialty or p.title) for p in people if p.active]

    @property
    def sheet(self) -> Sheet:
        """The fields."""
        return self.query_one(Sheet)

    def on_mount(self) -> None:
        """Show where it stands, and begin at the first thing that is not answered."""
        before = form_before(self.instrument, self.folder.assessments, self.form)
        if before is not None:
            self.sheet.offer(before.answers)
        if self._resumed is not None:
            self.desk.say(text("app.draft_back", when=self._when(self._resumed)))
        self._show_place()
        self._show_state(safe(self._first_state(), "$text-muted"))
        self._count()
        self.sheet.begin_at(self._first())
        self.once_laid_out(self._in_sight)

    def _first_state(self) -> str:
        if any(form.id == self.form.id for form in self.folder.assessments):
            unsigned = self.instrument.signatures == "none"
            return text("assessment.was_saved" if unsigned else "assessment.was_saved_draft")
        return text("assessment.resumed" if self._resumed else "assessment.new")

    def _first(self) -> str:
        """Return the first thing that has to be said and is not; then the first that may be."""
        empty = [
            item
            for item in self.instrument.items()
            if item.id not in self.form.values_for(self.instrument, item, "assessor")
        ]
        asked = [item for item in empty if item.required_for_signing or item.type == "text"]
        return [*asked, *empty, *self.instrument.items()][0].id

    def _in_sight(self) -> None:
        """Scroll to where it begins: the fields knew no place when it was given the focus."""
        if self.focused is not None:
            self.focused.scroll_visible(animate=False, immediate=True)

    # What it shows of itself

    def _show_state(self, state: Content) -> None:
        self._state = state
        name = self.folder.trainee.name
        title = f"{self.instrument.short_title} · {name}"
        if self.form.corrects_id:
            title = text("assessment.correction_title", title=title)
        if self._own:
            title = text("assessment.own_title", name=name)
        self.set_title(title[:1].upper() + title[1:], state)

    def note(self, words: str | Content) -> None:
        """Show a state in the title line: the keys' line has the counter."""
        self._show_state(words if isinstance(words, Content) else safe(words))

    def saved(self, at: datetime | None = None) -> None:
        """Show that the form is saved, and that nobody has signed it."""
        time = clock(at or self.desk.now())
        key = (
            "assessment.saved" if self.instrument.signatures == "none" else "assessment.saved_draft"
        )
        self.note(Content.styled(text(key, time=time), "$success"))

    def _count(self) -> None:
        values = self.form.own if self._own else self.form.answers
        done, of = progress(self.instrument, values)
        words = text("assessment.count", done=done, of=of)
        if self.form.goals:
            words = text("assessment.count_goals", goals=len(self.form.goals), words=words)
        self.query_one(KeyLine).note(safe(words, "$text-muted"))

    def _show_place(self) -> None:
        placement = placement_of_form(self.folder, self.form)
        words = weekday(self.form.day)
        if placement is not None:
            words += f" · {text(f'word.section_short.{placement.section}')}"
        self.query_one(WhoLine).show_place(words)

    @on(Sheet.Stands)
    def _stands(self, event: Sheet.Stands) -> None:
        event.stop()
        row = self.sheet.rows.get(event.item.id) if event.item else None
        self.query_one("#hint", Static).update(hint(event.item, row), layout=False)

    def help_text(self) -> str:
        """Return what the form is for, what the levels mean, and whose words they are."""
        return help_words(self.instrument, self.form.variant)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out keys that the instrument has no use for."""
        if action == "hand_over":
            return self._own
        uses = {
            "own": has_own_rating(self.instrument),
            "expected": has_expected(self.instrument),
            "scale": bool(self.instrument.variants),
            "goals": bool(self.instrument.counts_towards.sections),
            "sign": self.instrument.signatures != "none",
        }
        return uses[action] and not self._own if action in uses else True

    # What is answered

    @on(Sheet.Answered)
    def _answered(self, event: Sheet.Answered) -> None:
        event.stop()
        item, column = event.item, event.column
        own = column == "own" and item.id in self.sheet.rows
        values = self.form.own if own else self.form.values_for(self.instrument, item, "assessor")
        if values.get(event.key, UNSET) == event.value and type(values.get(event.key)) is type(
            event.value
        ):
            return
        if event.value is UNSET:
            if event.key not in values:
                return
            del values[event.key]
        else:
            values[event.key] = event.value
        self._check(item)
        if item.id in self.sheet.rows:
            self.sheet.fill_item(item)
        self._count()
        self.draft_changed()

    def _check(self, item: Item) -> None:
        """Say under the field what is wrong with it, or what should not be written in it."""
        values = self.form.values_for(self.instrument, item, "assessor")
        words = Content("")
        if item.id in values:
            fault = check_answer(self.instrument, item, values[item.id], self.form.variant)
            if fault is not None:
                words = safe("✗ " + text(fault.key, **fault.values), "$error")
            elif isinstance(values[item.id], str) and item.type == "text":
                words = sensitive_words(values[item.id], self.accepted)
        self.sheet.show_problem(item.id, words)

    @on(ChoiceField.Changed, "#assessor")
    def _assessor_changed(self, event: ChoiceField.Changed) -> None:
        event.stop()
        if event.value != (self.form.assessor_id or ""):
            self.form.assessor_id = event.value or None
            self.reload_people(event.value)
            self.draft_changed()

    def reload_people(self, person_id: str) -> None:
        """Take up what has been written of a person, or of the trainee, from here."""
        from schema.tables import Person, Trainee  # with the store open, SQLModel is imported

        with self.store.read() as work:
            person = work.get(Person, person_id)
            self.folder.trainee = work.need(Trainee, self.folder.trainee.id)
        if person is not None:
            self.folder.people[person.id] = person

    @on(DateField.Changed, "#day")
    def _day_changed(self, event: DateField.Changed) -> None:
        event.stop()
        day = self.query_one("#day", DateField).day
        if isinstance(day, date) and day != self.form.day:
            self.form.day = day
            placement = self.folder.placement_on(day)
            self.form.placement_id = placement.id if placement else None
            self._show_place()
            self.draft_changed()

    # Drafts

    def draft_content(self) -> dict[str, Any]:
        """Return the whole form."""
        return self.form.to_draft()

    # Keys

    def action_own(self) -> None:
        """Let the trainee rate themselves first."""
        self._show_column("own")

    def action_hand_over(self) -> None:
        """Hand over to the assessor."""
        self._show_column("assessor")

    def _show_column(self, column: Column) -> None:
        self.keep_draft_now()
        self._own = column == "own"
        if self._own and not self.query("#own-lead"):
            lead = Static(safe(text("assessment.own_lead")), id="own-lead", markup=False)
            self.query_one("#body").mount(lead, before=self.sheet)
        self.set_class(self._own, "-own")
        self.sheet.show_column(column)
        self._show_state(self._state)
        self._count()
        self.refresh_bindings()
        own = next((row for row in self.sheet.rows.values() if row.item.own_rating), None)
        if column == "own" and own is not None:
            own.focus()
        else:
            self.sheet.go_to(self._first())

    def action_expected(self) -> None:
        """Fill in what is as expected, where nothing is answered."""
        filled = fill_expected(self.instrument, self.form)
        for item in filled:
            self.sheet.fill_item(item)
        self._count()
        self.draft_changed()
        self.desk.say(text("assessment.filled", count=len(filled)))
        if filled:
            self.sheet.go_to(filled[0].id)

    def action_scale(self) -> None:
        """Choose another scale."""
        options = [Option(_FIRST, self.instrument.scales[0].title)]
        options += [Option(v.id, v.label, v.note) for v in self.instrument.variants]
        here = self.form.variant or _FIRST
        dialog = ChoiceDialog(text("assessment.choose_scale"), options, here)
        self.app.push_screen(dialog, self._scale_chosen)

    async def _scale_chosen(self, chosen: str | None) -> None:
        if chosen is None:
            return
        emptied = change_variant(self.instrument, self.form, "" if chosen == _FIRST else chosen)
        if emptied:
            self.desk.say(text("assessment.emptied", count=len(emptied)), "warning")
        self.draft_changed()
        await self.recompose()
        self.on_mount()

    def action_goals(self) -> None:
        """Choose the goals that the form counts towards."""
        training = self.folder.training
        curriculum = content_in_use.curriculum_for(
            training.curriculum_id, training.curriculum_version, str(training.kind)
        )
        if curriculum is None:
            self.desk.say(text("goals.no_curriculum"), "warning")
            return
        from at_tui.goal_map import suggested_goals
        from screens.widgets.goals_field import GoalsDialog

        placement = placement_of_form(self.folder, self.form)
        reached = suggested_goals(self.instrument, curriculum, None)
        section = str(placement.section) if placement else ""
        offered = curriculum.model_copy(update={"goals": tuple(reached)})
        self.app.push_screen(GoalsDialog(offered, self.form.goals, section), self._goals_chosen)

    def _goals_chosen(self, ids: list[str] | None) -> None:
        if ids is not None and sorted(ids) != sorted(self.form.goals):
            self.form.goals = sorted(ids)
            self._count()
            self.draft_changed()

    def action_save(self) -> None:
        """Save the form as an unsigned record."""
        self.run_worker(self._save(), group="save", exclusive=True)

    async def _save(self) -> None:
        faults = form_faults(self.instrument, self.form)
        if faults:
            self.desk.say(text(faults[0].key, **faults[0].values), "error")
            self.sheet.go_to(faults[0].item_id)
            return
        if await may_keep_text(self):
            self.write()

    def write(self) -> bool:
        """Save the form as it stands and say so; return whether it is saved."""
        try:
            with self.store.work(self.author) as work:
                record = save_draft(work, self.form)
        except Fault as fault:
            self.desk.say(say(fault), "error")
            return False
        self.form.rev = record.rev
        self.settle_draft()
        self.saved()
        return True

    def action_sign(self) -> None:
        """Show what is missing, or sign."""
        self.run_worker(sign(self), group="save", exclusive=True)

    def around(self) -> Around:
        """Return what the records know around the form."""
        return around_of(self.folder, self.form, on=self.today)

    def action_back(self) -> None:
        """Leave; what is typed is kept as a draft."""
        if self._own:
            self.action_hand_over()
            return
        super().action_back()
