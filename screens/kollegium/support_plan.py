"""One stödplan: every part on its row, Enter changes it, and each change is saved at once."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.content import Content

from at_tui.language import say, text
from schema.fault import Fault, Invalid
from schema.text import clean
from screens.dates import short
from screens.kollegium import support_parts
from screens.text import safe, safe_note
from screens.widgets.keys import bind
from screens.widgets.page import Page
from screens.widgets.picker import Picker
from screens.widgets.rows import Column, Row, heading

if TYPE_CHECKING:
    from at_tui.kollegium.support import Viewer
    from data.find import Folder
    from schema.content.curriculum import Curriculum
    from schema.tables import SupportPlan

_FIELD = (Column(width=20, wide=24), Column(width=50, grow=1))
_NEW = "follow_up:new"


class PlanPage(Page[None]):
    """A plan that the one at the keyboard may see.

    Args:
        plan_id: Which plan.
    """

    AREA = "support"
    BINDINGS: ClassVar[list[Any]] = [
        bind("enter", "change", "support.change"),
        bind("n", "follow_up", "support.follow_up"),
        bind("x", "remove", "support.remove"),
        bind("p", "print", "support.print"),
    ]

    def __init__(self, plan_id: str) -> None:
        super().__init__()
        self.plan_id = plan_id
        self.plan: SupportPlan | None = None
        self.folder: Folder | None = None
        self.viewer: Viewer | None = None
        self.curriculum: Curriculum | None = None

    def body(self) -> ComposeResult:
        """Lay out the list."""
        yield Picker((), type_to_filter=False, filters=False, enter=False)

    def on_mount(self) -> None:
        """Read the plan."""
        self.query_one(Picker).focus()
        self.reload()

    def record_of_focus(self) -> str:
        """Return the plan, whose life F8 shows."""
        return self.plan_id if self.plan is not None else ""

    def reload(self) -> None:
        """Read the plan, and show it."""
        from at_tui.content_in_use import curriculum_for
        from at_tui.kollegium.support import need_plan, viewer_of
        from data.find import folder

        try:
            with self.store.read() as work:
                self.viewer = viewer_of(work, self.author, self.today)
                self.plan = need_plan(work, self.viewer, self.plan_id)
                self.folder = folder(work, self.plan.training_id)
        except Fault as fault:
            self.desk.say(say(fault), "error")
            self.call_after_refresh(self.action_back)
            return
        training = self.folder.training
        self.curriculum = curriculum_for(
            training.curriculum_id, training.curriculum_version, training.kind
        )
        roles = ", ".join(text(f"word.role.{role}") for role in self.plan.shown_to) or "–"
        self.set_title(
            text("support.title", name=self.folder.trainee.name),
            safe(text("support.shown_to", roles=roles), "bold $warning"),
        )
        self.query_one(Picker).show(list(self._rows(self.plan, self.folder)))

    # Rows

    def _rows(self, plan: SupportPlan, folder: Folder) -> Iterator[Row]:
        state = short(plan.closed_on, date.min) if plan.closed_on else text("support.going_on")
        opened = f"{short(plan.opened_on, date.min)} – {state}"
        roles = ", ".join(text(f"word.role.{role}") for role in plan.shown_to)
        yield heading(text("support.head.plan"), "")
        yield self._field("opened_on", opened)
        yield self._field("responsible", folder.name_of(plan.responsible_id))
        yield self._field("shown_to", roles)
        for name in ("concern", "measures"):
            if name == "measures":
                yield from self._goals(plan)
            yield heading(text(f"support.head.{name}"), "")
            words = clean(getattr(plan, name))
            said = safe_note(words) if words else safe(text("support.empty"), "$text-muted")
            yield Row(f"words:{name}", (said,), wraps=True)
        yield from self._follow_ups(plan)
        yield from self._told(plan)
        yield heading(text("support.head.outcome"), "")
        yield self._field("extension", self._extension(plan, folder))
        yield self._field("outcome", plan.outcome)

    def _field(self, name: str, words: str) -> Row:
        label = safe(text(f"support.field.{name}"), "$text-muted")
        said = safe(words) if words else safe(text("support.empty"), "$text-muted")
        return Row(f"field:{name}", (label, said), columns=_FIELD)

    def _goals(self, plan: SupportPlan) -> Iterator[Row]:
        from at_tui.documents.gathering import goal_words

        yield heading(text("support.head.goals"), str(len(plan.unmet_goals) or ""))
        for id in plan.unmet_goals:
            yield Row(f"goal:{id}", (safe(goal_words(id, self.curriculum)),), wraps=True)
        if not plan.unmet_goals:
            yield Row("goal:", (safe(text("support.no_goals"), "$text-muted"),), wraps=True)

    def _follow_ups(self, plan: SupportPlan) -> Iterator[Row]:
        yield heading(text("support.head.follow_ups"), "")
        for day in sorted({*plan.follow_ups, *plan.followed_up}):
            when, found = date.fromisoformat(day), plan.followed_up.get(day)
            if found is not None:
                mark, words = ("✓ ", "$success"), safe(found or text("support.followed"))
            elif when < self.today and plan.closed_on is None:
                mark, words = ("! ", "bold $error"), safe(text("support.late"), "$error")
            else:
                mark, words = ("○ ", "$warning"), safe(text("support.ahead"), "$text-muted")
            label = Content.assemble(mark, safe(short(when, date.min)))
            yield Row(f"follow_up:{day}", (label, words), columns=_FIELD)
        add = safe("+ " + text("support.add_follow_up"), "$accent")
        yield Row(_NEW, (add, ""), columns=_FIELD)

    def _told(self, plan: SupportPlan) -> Iterator[Row]:
        from at_tui.kollegium.support import MUST_BE_TOLD, not_told

        lacking = len(not_told(plan))
        right = text("support.to_tell", count=lacking) if lacking else ""
        yield heading(text("support.head.told"), right)
        roles = [str(role) for role in MUST_BE_TOLD]
        roles += [role for role in plan.told if role not in roles]
        for role in roles:
            day = plan.told_on.get(role)
            if role in plan.told:
                told = (
                    short(date.fromisoformat(day), date.min) if day else text("kollegium.plan.yes")
                )
                mark, words = ("✓ ", "$success"), safe(told)
            else:
                mark, words = ("✗ ", "bold $error"), safe(text("kollegium.plan.no"), "$error")
            label = Content.assemble(mark, safe(text(f"word.role.{role}")))
            yield Row(f"told:{role}", (label, words), columns=_FIELD)

    def _extension(self, plan: SupportPlan, folder: Folder) -> str:
        if plan.extension_months is None:
            return text("kollegium.plan.not_decided")
        months = support_parts.months_words(plan.extension_months)
        said = (
            text("kollegium.plan.extended", months=months)
            if plan.extension_months
            else text("kollegium.plan.not_extended")
        )
        day = plan.extension_decided_on
        tail = [folder.name_of(plan.extension_decided_by_id), short(day, date.min) if day else ""]
        return ", ".join(filter(None, [said, *tail]))

    # Changing

    def keep(self, **changes: object) -> None:
        """Save the plan with other values.

        Raises:
            Fault: `kollegium.plan_not_yours`, `store.*`. Invalid: a value will not do.
        """
        from at_tui.kollegium.support import need_plan, save_plan
        from schema.tables import SupportPlan

        if self.viewer is None:
            return
        with self.store.work(self.author) as work:
            now = need_plan(work, self.viewer, self.plan_id)
            save_plan(work, self.viewer, SupportPlan(**{**now.model_dump(), **changes}))

    def keep_and_show(self, **changes: object) -> None:
        """Save the plan with other values, and show what is saved, or why it is not."""
        try:
            self.keep(**changes)
        except Invalid as invalid:
            self.desk.say(say(invalid), "error")
            return
        except Fault as fault:
            self.desk.say(say(fault), "error")
            return
        self.reload()
        self.saved()

    def on_screen_resume(self) -> None:
        """Show what a form has saved."""
        if self.plan is not None:
            self.reload()

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Change the row (a click)."""
        event.stop()
        self.action_change()

    def action_change(self) -> None:
        """Change what the row says."""
        kind, _, name = (self.query_one(Picker).selected or "").partition(":")
        if self.plan is not None and kind:
            support_parts.change(self, kind, name)

    def action_follow_up(self) -> None:
        """Add a day of follow-up."""
        if self.plan is not None:
            support_parts.change(self, "follow_up", "new")

    def action_remove(self) -> None:
        """Take away a day of follow-up that nothing has been written about."""
        kind, _, day = (self.query_one(Picker).selected or "").partition(":")
        plan = self.plan
        if plan is None or kind != "follow_up" or day not in plan.follow_ups:
            self.desk.say(text("support.nothing_to_remove"))
        elif day in plan.followed_up:
            self.desk.say(text("support.followed_already"), "warning")
        else:
            self.keep_and_show(follow_ups=[each for each in plan.follow_ups if each != day])

    # Printing

    def action_print(self) -> None:
        """Print the plan, marked on every page."""
        self.run_worker(self._print(), group="print", exclusive=True)

    async def _print(self) -> None:
        from screens.trainee.print_dialog import PrintDialog

        choice = await self.app.push_screen_wait(
            PrintDialog(text("support.print_title"), notes=False)
        )
        if choice is None or self.plan is None:
            return
        try:
            path = await asyncio.to_thread(support_parts.write, self, choice.folder)
        except Fault as fault:
            self.desk.say(say(fault), "error")
            return
        self.desk.say(text("support.printed", path=path))
