"""Jämför program: two regions' plans side by side, and what differs between them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from at_tui.language import say, text
from schema.fault import Fault
from screens.programme_choice import ChooseProgramme
from screens.text import beside, fitted, safe
from screens.widgets.keys import bind
from screens.widgets.page import Page
from screens.widgets.picker import Picker
from screens.widgets.rows import Column, Row, heading

# The plans bring pydantic (0.1 s): loaded in the worker.
if TYPE_CHECKING:
    from at_tui.programme_diff import Difference
    from schema.content.programme import Programme
    from schema.content.requirement_kinds import AnyRequirement

_COLUMNS = (Column(width=34, grow=1), Column(width=19, grow=1), Column(width=19, grow=1))
_SIGN = {"added": "+", "removed": "−", "changed": "≠", "same": "="}
_STYLE = {
    "added": "$success", "removed": "$error", "changed": "$warning", "same": "$text-muted",
}  # fmt: skip
LAW = "nationell"


class ComparePage(Page[None]):
    """Two programmes; what only one asks, and what both ask differently.

    Args:
        training_id: Whose programme stands at the left and may be changed; None for no one's.
        left, right: Ids of programmes to begin with.
    """

    AREA = "compare"
    DEFAULT_CSS = """
    ComparePage #heads { height: auto; padding: 0 3; margin-bottom: 1; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        bind("h", "choose_right", "compare.right"),
        bind("v", "choose_left", "compare.left"),
        bind("a", "same", "compare.same"),
        bind("b", "switch", "compare.switch"),
    ]

    def __init__(self, training_id: str | None = None, left: str = "", right: str = "") -> None:
        super().__init__()
        self._training_id = training_id
        self._ids = [left, right]
        self._versions = ["", ""]
        self._plans: tuple[Programme, Programme] | None = None
        self._with_same = False
        self._found: list[Difference] = []

    def body(self) -> ComposeResult:
        """Lay out the two names over the list."""
        yield Static(id="heads", markup=False)
        yield Picker(_COLUMNS, type_to_filter=False, enter=False)

    def on_mount(self) -> None:
        """Find the training's own plan, and ask for the other."""
        self.set_title(text("compare.title"))
        self.query_one(Picker).focus()
        if self._training_id is not None and not self._ids[0]:
            from schema.tables import Training  # SQLModel; already imported by then

            with self.store.read() as work:
                training = work.need(Training, self._training_id)
            self._ids[0], self._versions[0] = training.programme_id, training.programme_version
        if not self._ids[0]:
            self._ids[0] = LAW
        if self._ids[1]:
            self.reload()
        else:
            # After the first frame, so that the page lies under the list of programmes.
            self._heads()
            self.call_after_refresh(self.action_choose_right)

    def reload(self) -> None:
        """Compare in a thread."""
        self.run_worker(self._compare, thread=True, exclusive=True, name="compare")

    def _compare(self) -> None:
        from at_tui.programme_diff import diff
        from at_tui.standing import plan_of

        try:
            plans = tuple(
                plan_of(id, version)[0]
                for id, version in zip(self._ids, self._versions, strict=True)
            )
        except Fault as fault:
            self.app.call_from_thread(self.desk.say, say(fault), "error")
            return
        found = diff(plans[0], plans[1], same=True)
        self.app.call_from_thread(self._show, (plans[0], plans[1]), found)

    def _show(self, plans: tuple[Programme, Programme], found: list[Difference]) -> None:
        self._plans, self._found = plans, found
        self._heads()
        self._fill()
        self.refresh_bindings()

    def on_resize(self) -> None:
        """Set the names over their columns anew."""
        self._heads()

    # What is shown

    def _heads(self) -> None:
        from at_tui.standing import set_aside

        width = max(40, self.app.size.width - 8)
        picker = self.query_one(Picker)
        given = picker.rows.widths_for(width, _COLUMNS)
        names = ["", ""]
        if self._plans is not None:
            names = [plan.title for plan in self._plans]
            if names[0] == names[1]:
                names = [text("program.version", version=p.version) for p in self._plans]
        cells = [fitted(safe(words, "bold"), room) for words, room in zip(
            ["", *names], given, strict=True
        )]  # fmt: skip
        lines = [Content("  ").join(cells)]
        for plan in self._plans or ():
            if plan.valid_to is not None and plan.valid_to < self.today:
                words = text("compare.plan_ended", title=plan.title, day=plan.valid_to)
                lines.append(safe(f"! {words}", "$warning"))
        if reasons := set_aside():
            lines.append(safe(f"✗ {reasons[0]}", "$error"))
            lines.append(safe(text("compare.set_aside"), "$error"))
        self.query_one("#heads", Static).update(Content("\n").join(lines))

    def _fill(self) -> None:
        shown = [d for d in self._found if self._with_same or d.change != "same"]
        words = {
            name: sum(d.change == name for d in self._found)
            for name in ("changed", "added", "removed", "same")
        }
        self.set_title(text("compare.title"), text("compare.counts", **words))
        empty = text("compare.alike") if self._plans else text("compare.choose_first")
        self.query_one(Picker).show(list(self._rows(shown)), empty=safe(empty))

    def _rows(self, found: list[Difference]) -> Iterator[Row]:
        kind = ""
        for number, one in enumerate(found):
            if one.kind != kind:
                kind = one.kind
                yield heading(text(f"programme.kind.{kind}").capitalize(), "")
            yield from _difference(number, one)

    # What is done here

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only a training's programme can be changed, and only to another."""
        if action == "switch":
            return self._can_switch()
        return self._training_id is None if action == "choose_left" else True

    def _can_switch(self) -> bool:
        if self._training_id is None or self._plans is None:
            return False
        left, right = self._plans
        return (left.id, left.variant, left.version) != (right.id, right.variant, right.version)

    def action_choose_left(self) -> None:
        """Choose the programme at the left."""
        self._choose(0)

    def action_choose_right(self) -> None:
        """Choose the programme at the right."""
        self._choose(1)

    def _choose(self, side: int) -> None:
        def chosen(id: str | None) -> None:
            if id is not None:
                self._ids[side], self._versions[side] = id, ""
                self.reload()
            elif self._plans is None:
                self.dismiss()

        self.app.push_screen(ChooseProgramme(self._ids[side]), chosen)

    def action_same(self) -> None:
        """Show or hide what is alike."""
        self._with_same = not self._with_same
        self._fill()

    def action_switch(self) -> None:
        """Show what changes for the training, before its programme is changed."""
        training, id = self._training_id, self._ids[1]
        if training is None:
            return
        from screens.switch_programme import SwitchProgramme

        def switched(done: bool | None) -> None:
            if done:
                self.dismiss()

        self.app.push_screen(SwitchProgramme(training, id), switched)


def _difference(number: int, one: Difference) -> Iterator[Row]:
    sign = Content.styled(_SIGN[one.change], f"bold {_STYLE[one.change]}")
    word = text(f"programme.diff.{one.change}")
    search = " ".join([one.title, word, *[f"{f.label} {f.before} {f.after}" for f in one.fields]])
    title = beside(sign, safe(one.title, "bold" if one.change != "same" else ""))
    before, after = _asked(one.before), _asked(one.after)
    yield Row(f"{number}", (title, before, after), search=search, columns=_COLUMNS)
    for place, change in enumerate(one.fields):
        label = Content.assemble("    ", safe(change.label, "$text-muted"))
        cells = (label, safe(change.before, "$text-muted"), change.after)
        yield Row(f"{number}:{place}", cells, search=search, columns=_COLUMNS)


def _asked(requirement: AnyRequirement | None) -> Content:
    if requirement is None:
        return safe(text("compare.not_asked"), "$text-muted")
    return safe(f"{requirement.id} {requirement.strength}", "$text-muted")
