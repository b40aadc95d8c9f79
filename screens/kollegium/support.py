"""The stödplaner of one trainee, as far as the one at the keyboard may see them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult

from at_tui.language import text
from schema.text import clean
from schema.words import Outcome
from screens.dates import short
from screens.kollegium.support_form import PlanForm
from screens.text import safe
from screens.widgets.form import Field, Kind
from screens.widgets.keys import bind
from screens.widgets.page import Page
from screens.widgets.picker import Picker
from screens.widgets.rows import Column, Row

if TYPE_CHECKING:
    from schema.tables import SupportPlan

FIRST_FOLLOW_UP = timedelta(days=14)
"""The first follow-up is proposed so long after the plan is begun."""
_COLUMNS = (Column(width=26), Column(width=40, grow=1), Column(width=26, wide_only=True))


class SupportPlans(Page[None]):
    """A row for each plan; Enter opens it. Who may see none is told the same as when there is
    none.

    Args:
        training_id: Whose.
    """

    AREA = "support"
    BINDINGS: ClassVar[list[Any]] = [bind("n", "new", "support.new")]

    def __init__(self, training_id: str) -> None:
        super().__init__()
        self._training_id = training_id
        self._name = ""

    def body(self) -> ComposeResult:
        """Lay out the list."""
        yield Picker(_COLUMNS, type_to_filter=False, filters=False)

    def on_mount(self) -> None:
        """Show the plans."""
        self.query_one(Picker).focus()
        self._show()

    def on_screen_resume(self) -> None:
        """Show what has been changed on the plan's own page."""
        if self._name:
            self._show()

    def _show(self) -> None:
        from at_tui.kollegium.support import plans_of, viewer_of
        from schema.tables import Trainee, Training

        with self.store.read() as work:
            training = work.get(Training, self._training_id)
            trainee = work.get(Trainee, training.trainee_id) if training else None
            viewer = viewer_of(work, self.author, self.today)
            plans = plans_of(work, viewer, self._training_id)
        self._name = trainee.name if trainee else "–"
        self.set_title(
            text("support.list_title", name=self._name), safe(text("support.mark"), "bold $warning")
        )
        rows = [self._row(plan) for plan in plans]
        self.query_one(Picker).show(rows, empty=text("support.none"))

    def _row(self, plan: SupportPlan) -> Row:
        end = short(plan.closed_on, date.min) if plan.closed_on else text("support.going_on")
        ahead = [d for d in plan.follow_ups if d not in plan.followed_up]
        day = date.fromisoformat(min(ahead)) if ahead and plan.closed_on is None else None
        style = "$error" if day and day < self.today else "$text-muted"
        next_up = safe(text("support.next", day=short(day, date.min)), style) if day else ""
        first = clean(plan.concern, one_line=True) or text("support.no_words")
        cells = (safe(f"{short(plan.opened_on, date.min)} – {end}", "bold"), first, next_up)
        return Row(plan.id, cells)

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Open the plan."""
        event.stop()
        self._open(event.row_id)

    def _open(self, plan_id: str) -> None:
        from screens.kollegium.support_plan import PlanPage

        self.app.push_screen(PlanPage(plan_id))

    def action_new(self) -> None:
        """Begin a plan, with the kollegium's latest decision behind it."""
        fields = [
            Field("concern", text("support.head.concern").capitalize(), Kind.NOTE, required=True,
                  hint=text("support.concern_hint")),
            Field("measures", text("support.head.measures").capitalize(), Kind.NOTE),
            Field("follow_ups", text("support.first_follow_up"), Kind.DATE),
        ]  # fmt: skip
        page = PlanForm(
            text("support.new_title", name=self._name),
            fields,
            {"follow_ups": self.today + FIRST_FOLLOW_UP},
            self._begin,
            draft_key=f"support_new:{self._training_id}",
        )
        self.app.push_screen(page, self._begun)

    def _begin(self, values: dict[str, Any]) -> None:
        from at_tui.kollegium.support import save_plan, viewer_of
        from schema.tables import Decision, Kollegium, SupportPlan

        day: date | None = values["follow_ups"]
        with self.store.work(self.author) as work:
            viewer = viewer_of(work, self.author, self.today)
            decided = [
                each for each in work.all(Decision, Decision.training_id == self._training_id)
                if each.outcome is Outcome.SUPPORT_PLAN
                and each.status not in ("voided", "corrected")
            ]  # fmt: skip
            days = {each.id: work.need(Kollegium, each.kollegium_id).day for each in decided}
            latest = max(decided, key=lambda each: days[each.id], default=None)
            plan = SupportPlan(
                training_id=self._training_id,
                decision_id=latest.id if latest else None,
                opened_on=self.today,
                concern=values["concern"],
                measures=values["measures"],
                follow_ups=[day.isoformat()] if day else [],
                responsible_id=viewer.person_id or None,
            )
            self._new_id = save_plan(work, viewer, plan).id

    def _begun(self, saved: bool | None) -> None:
        if saved:
            self._show()
            self._open(self._new_id)
