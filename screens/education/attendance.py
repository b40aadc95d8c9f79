"""Who was there: a whole group's attendance ticked with the space bar and saved at once."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from at_tui.education.occasions import (
    Called,
    Mark,
    Occasion,
    Presence,
    attendance,
    called,
    save_occasion,
)
from at_tui.language import say, text
from schema.fault import Fault
from schema.text import sort_key
from screens.dates import full
from screens.education import words
from screens.text import beside, safe
from screens.widgets.choice_field import ChoiceDialog, Option
from screens.widgets.drafts import DraftPage
from screens.widgets.keys import bind
from screens.widgets.picker import Picker
from screens.widgets.reason import Reason
from screens.widgets.rows import Column, Row

EVERYONE = "*"
NEW_DRAFT = "occasion:new"
"""Draft of the form that a new occasion begins with: forgotten when its list is saved."""
_THERE, _PLANNED = Mark(Presence.THERE), Mark(Presence.PLANNED)
_NOT_CALLED = Mark(Presence.NOT_CALLED)


class AttendancePage(DraftPage[bool]):
    """The list of one occasion; dismissed with True when it was saved. Ticks are kept as a draft.

    Of what lies ahead, the list says who is called and who has notified their absence.

    Args:
        occasion: What was held, or will be.
        known: Whether it has records already.
    """

    AREA = "occasion"
    DEFAULT_CSS = """
    AttendancePage #about { height: auto; padding: 0 3 1 3; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        bind("space", "there", "occasion.there_key"),
        bind("a", "all", "occasion.all", show=False),
        bind("f", "notified", "occasion.notified", show=False),
        bind("o", "away", "occasion.away", show=False),
        bind("g", "group", "occasion.group", show=False),
        bind("e", "edit", "occasion.edit", show=False),
        bind("f2,ctrl+s", "save", "app.save"),
    ]

    def __init__(self, occasion: Occasion, *, known: bool = False) -> None:
        super().__init__()
        self._occasion = occasion
        self._before = occasion if known else None
        self._people: list[Called] = []
        self._saved_marks: dict[str, Mark] = {}
        self._marks: dict[str, Mark] = {}
        self._group = EVERYONE
        self.draft_key = _draft_key(occasion)

    def body(self) -> ComposeResult:
        """Lay out what it is over the list."""
        yield Static(id="about", markup=False)
        columns = [
            Column(text("occasion.name"), width=22, grow=1, most=34),
            Column(text("occasion.start_group"), width=11, wide=14),
            Column(text("occasion.unit"), width=14, grow=1, wide_only=True, most=34),
            Column(text("occasion.presence"), width=26, grow=2),
        ]
        yield Picker(columns, type_to_filter=False, enter=False)

    def on_mount(self) -> None:
        """Read who was in training that day, and what is recorded."""
        self._load()
        self.fetch_draft()
        self.query_one(Picker).focus()

    def _load(self) -> None:
        with self.store.read() as work:
            self._people = called(work, self._occasion.day)
            self._saved_marks = attendance(work, self._before or self._occasion)
        if self._saved_marks:
            self._before = self._before or self._occasion
            groups = {p.start_group for p in self._people if p.training_id in self._saved_marks}
            self._group = groups.pop() if len(groups) == 1 else EVERYONE
        self._marks = dict(self._saved_marks)
        self._show()

    # The list

    @property
    def _ahead(self) -> bool:
        """Whether it is still to come."""
        return self._occasion.day > self.today

    @property
    def _tick(self) -> Mark:
        """What the space bar sets."""
        return _PLANNED if self._ahead else _THERE

    @property
    def _shown(self) -> list[Called]:
        """Those of the group, and whoever else is marked."""
        return [
            one
            for one in self._people
            if self._group in (EVERYONE, one.start_group) or self._mark(one) != _NOT_CALLED
        ]

    def _mark(self, one: Called) -> Mark:
        return self._marks.get(one.training_id, _NOT_CALLED)

    def _show(self) -> None:
        self.set_title(text("occasion.called" if self._ahead else "occasion.who_was_there"))
        rows = [self._row(one) for one in self._shown]
        self.query_one(Picker).show(rows, empty=safe(text("occasion.nobody")))
        self._head()

    def _row(self, one: Called) -> Row:
        return Row(
            one.training_id,
            (
                safe(one.name, "bold"),
                safe(one.start_group, "$text-muted"),
                safe(one.unit, "$text-muted"),
                words.presence(self._mark(one), has_been=self._occasion.day < self.today),
            ),
            search=f"{one.name} {one.start_group} {one.unit}",
        )

    def _head(self) -> None:
        one, shown = self._occasion, self._shown
        marks = [self._mark(person) for person in shown]
        there = sum(mark == self._tick for mark in marks)
        count = sum(mark.presence is not Presence.NOT_CALLED for mark in marks)
        counted = "occasion.count_ahead" if self._ahead else "occasion.count"
        kind = text(f"word.education.{one.kind}")
        group = text("occasion.everyone") if self._group == EVERYONE else self._group
        compulsory = safe(text("occasion.compulsory"), "$text-muted") if one.compulsory else ""
        lines = [
            beside(
                safe(one.title, "bold"), safe(kind, "$text-muted"), safe(full(one.day)),
                safe(words.length(one.minutes, one.days)), compulsory, gap=2,
            ),
            beside(
                safe(text("occasion.shown_group", group=group), "$accent"),
                safe(text(counted, there=there, count=count)), gap=2,
            ),
            beside(*self._keys(), gap=2),
        ]  # fmt: skip
        self.query_one("#about", Static).update(Content("\n").join(lines))

    def _keys(self) -> list[Content]:
        """Return the keys of the list: the line below has no room for them at 80 columns."""
        keys = (
            ("a", "all_ahead" if self._ahead else "all"), ("f", "notified"), ("o", "away"),
            ("g", "group"), ("e", "edit"),
        )  # fmt: skip
        return [
            Content.assemble(
                (key, "bold $accent"), " ", (text(f"occasion.key.{name}"), "$text-muted")
            )
            for key, name in keys
            if not (self._ahead and name == "away")
        ]

    def _set(self, training_id: str, mark: Mark) -> None:
        self._marks[training_id] = mark
        picker = self.query_one(Picker)
        person = next(p for p in self._people if p.training_id == training_id)
        picker.rows.update_row(self._row(person))
        self._head()
        self.draft_changed()

    # Keys

    def action_there(self) -> None:
        """Tick the row, or take the tick away, and step down."""
        picker = self.query_one(Picker)
        if (row := picker.selected) is None:
            return
        before = self._marks.get(row, _NOT_CALLED)
        self._set(row, _NOT_CALLED if before == self._tick else self._tick)
        picker.rows.action_cursor_down()

    def action_all(self) -> None:
        """Tick those who were called; when none wait, everybody shown who has no mark yet; when
        all have one, take the ticks away."""
        shown, tick = self._shown, self._tick
        waiting = [] if self._ahead else [p for p in shown if self._mark(p) == _PLANNED]
        unmarked = waiting or [p for p in shown if self._mark(p) == _NOT_CALLED]
        for person in unmarked or shown:
            if unmarked or self._mark(person) == tick:
                self._marks[person.training_id] = tick if unmarked else _NOT_CALLED
        self._show()
        self.draft_changed()

    def action_notified(self) -> None:
        """Away and had said so: ask why."""
        self._ask(Presence.NOTIFIED)

    def action_away(self) -> None:
        """Away without a word: ask for the reason, when there is one."""
        if self._ahead:
            self.desk.say(text("occasion.away_ahead"), "warning")
            return
        self._ask(Presence.AWAY)

    def _ask(self, presence: Presence) -> None:
        picker = self.query_one(Picker)
        if (row := picker.selected) is None:
            return
        name = next(p.name for p in self._people if p.training_id == row)

        def given(reason: str | None) -> None:
            if reason is not None:
                self._set(row, Mark(presence, reason))
                picker.rows.action_cursor_down()

        title = f"{name}: {text(f'education.presence.{presence}')}"
        more = text("occasion.reason_more")
        self.app.push_screen(Reason(title, more, optional=True), given)

    def action_group(self) -> None:
        """Choose the start group that is shown."""
        groups = sorted({p.start_group for p in self._people if p.start_group}, key=sort_key)
        options = [
            Option(EVERYONE, text("occasion.everyone"), str(len(self._people))),
            *(
                Option(g, g, str(sum(p.start_group == g for p in self._people)))
                for g in groups
            ),
        ]  # fmt: skip

        def chosen(group: str | None) -> None:
            if group is not None:
                self._group = group
                self._show()

        self.app.push_screen(
            ChoiceDialog(text("occasion.choose_group"), options, self._group), chosen
        )

    def action_edit(self) -> None:
        """Change title, day or length."""
        from screens.education.occasion_form import OccasionForm

        def changed(occasion: Occasion | None) -> None:
            if occasion is None:
                return
            other_day = occasion.day != self._occasion.day
            self.drop_draft()
            self._occasion = occasion
            if self._ahead:  # nobody has been where nothing has been held
                known = (Presence.THERE, Presence.AWAY)
                held = [id_ for id_, mark in self._marks.items() if mark.presence in known]
                self._marks |= dict.fromkeys(held, _PLANNED)
            self.draft_key = _draft_key(occasion)
            self.draft_changed()
            if other_day:
                with self.store.read() as work:
                    self._people = called(work, occasion.day)
            self._show()

        self.app.push_screen(OccasionForm(self._occasion, change=True), changed)

    def action_save(self) -> None:
        """Save the whole list in one go."""
        there = {p.training_id for p in self._people}
        marks = {k: mark for k, mark in self._marks.items() if k in there}
        if not any(mark != _NOT_CALLED for mark in marks.values()) and not self._saved_marks:
            self.desk.say(text("occasion.nothing_ticked"), "warning")
            return
        try:
            count = save_occasion(
                self.store, self.author, self._occasion, marks, before=self._before
            )
        except Fault as fault:
            self.desk.say(say(fault), "error")
            return
        self.drop_draft()
        with self.store.work(self.author) as work:
            work.drop_draft(NEW_DRAFT)
        self.desk.save_toast(text("occasion.saved", title=self._occasion.title, count=count))
        self.dismiss(True)

    # What is not saved yet

    def draft_content(self) -> dict[str, Any]:
        """Return the ticks."""
        marks = {id_: [str(mark.presence), mark.reason] for id_, mark in self._marks.items()}
        return {"group": self._group, "marks": marks}

    def restore_draft(self, content: dict[str, Any]) -> None:
        """Show the ticks of a draft."""
        self._group = str(content.get("group", EVERYONE))
        for id_, (presence, reason) in content.get("marks", {}).items():
            self._marks[id_] = Mark(Presence(presence), reason)
        self._show()


def _draft_key(occasion: Occasion) -> str:
    title = sort_key(occasion.title)[:100]
    return f"attendance:{occasion.kind}:{occasion.day}:{title}"
