"""The parts of a stödplan, each changed in its own way, and its print."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from at_tui.language import text
from schema.text import sort_key
from screens.dates import short
from screens.kollegium.support_form import PlanForm, RolesDialog
from screens.widgets.choice_field import ChoiceDialog, Option
from screens.widgets.form import Field, Kind, Problem
from screens.widgets.goals_field import GoalsDialog

if TYPE_CHECKING:
    from schema.tables import SupportPlan
    from screens.kollegium.support_plan import PlanPage

MOST_MONTHS = 24
_YES, _NO = "yes", "no"


def change(page: PlanPage, kind: str, name: str) -> None:
    """Open what changes a row: `kind` and `name` are its id."""
    plan = page.plan
    if plan is None:
        return
    if kind == "words":
        _words(page, plan, name)
    elif kind == "goal":
        _goals(page, plan)
    elif kind == "follow_up":
        _follow_up(page, plan, "" if name == "new" else name)
    elif kind == "told":
        _told(page, plan, name)
    else:
        changers: dict[str, Callable[[PlanPage, SupportPlan], None]] = {
            "opened_on": _opened, "responsible": _responsible, "shown_to": _shown_to,
            "extension": _extension, "outcome": _outcome,
        }  # fmt: skip
        changers[name](page, plan)


def _form(page: PlanPage, what: str, fields: list[Field], values: dict[str, Any],
          keep: Callable[[dict[str, Any]], object], **more: Any) -> None:  # fmt: skip
    name = page.folder.trainee.name if page.folder else ""
    title = f"{text('support.title', name=name)} · {what}"
    key = f"support_plan:{page.plan_id}:{'-'.join(field.name for field in fields)}"
    page.app.push_screen(PlanForm(title, fields, values, keep, draft_key=key, **more))


def _words(page: PlanPage, plan: SupportPlan, name: str) -> None:
    label = text(f"support.head.{name}").capitalize()
    field = Field(name, label, Kind.NOTE, lines=12, hint=text(f"support.{name}_hint"))
    _form(page, label.lower(), [field], {name: getattr(plan, name)},
          lambda values: page.keep(**values))  # fmt: skip


def _goals(page: PlanPage, plan: SupportPlan) -> None:
    if page.curriculum is None:
        page.desk.say(text("session.no_curriculum"), "warning")
        return
    now = page.folder.placement_on(page.today) if page.folder else None

    def chosen(ids: list[str] | None) -> None:
        if ids is None or page.curriculum is None:
            return
        order = {goal.id: n for n, goal in enumerate(page.curriculum.goals)}
        # Goals of another målbeskrivning than this one are kept: they were chosen once.
        gone = [id for id in plan.unmet_goals if id not in order]
        known = sorted((id for id in ids if id in order), key=lambda id: order[id])
        page.keep_and_show(unmet_goals=[*known, *gone])

    dialog = GoalsDialog(page.curriculum, plan.unmet_goals, now.section if now else "")
    page.app.push_screen(dialog, chosen)


def _follow_up(page: PlanPage, plan: SupportPlan, day: str) -> None:
    fields = [
        Field("follow_ups", text("support.day"), Kind.DATE, required=True),
        Field("followed_up", text("support.found"), Kind.NOTE, lines=6,
              hint=text("support.found_hint")),
    ]  # fmt: skip
    before = date.fromisoformat(day) if day else None

    def keep(values: dict[str, Any]) -> None:
        now: date = values["follow_ups"]
        days = {each for each in plan.follow_ups if each != day} | {now.isoformat()}
        found = {each: said for each, said in plan.followed_up.items() if each != day}
        if values["followed_up"]:
            found[now.isoformat()] = values["followed_up"]
        page.keep(follow_ups=sorted(days), followed_up=found)

    def check(values: dict[str, Any]) -> list[Problem]:
        now = values.get("follow_ups")
        if values.get("followed_up") and now is not None and now > page.today:
            return [("follow_ups", "support.found_ahead", {})]
        return []

    what = short(before, date.min) if before else text("support.add_follow_up")
    values = {"follow_ups": before or page.today, "followed_up": plan.followed_up.get(day, "")}
    _form(page, what, fields, values, keep, check=check)


def _told(page: PlanPage, plan: SupportPlan, role: str) -> None:
    words = text(f"word.role.{role}")
    options = (Option(_YES, text("app.yes").lower()), Option(_NO, text("app.no").lower()))
    fields = [
        Field("told", text("support.is_told", role=words), Kind.CHOICE, options=options,
              required=True),
        Field("told_on", text("support.told_on"), Kind.DATE),
    ]  # fmt: skip
    known = plan.told_on.get(role)
    day = date.fromisoformat(known) if known else None if role in plan.told else page.today

    def keep(values: dict[str, Any]) -> None:
        told = [each for each in plan.told if each != role]
        on = {each: when for each, when in plan.told_on.items() if each != role}
        if values["told"] == _YES:
            told.append(role)
            if values["told_on"]:
                on[role] = values["told_on"].isoformat()
        page.keep(told=told, told_on=on)

    _form(page, words, fields, {"told": _YES, "told_on": day}, keep)


def _opened(page: PlanPage, plan: SupportPlan) -> None:
    field = Field("opened_on", text("support.opened_on"), Kind.DATE, required=True)
    _form(page, field.words.lower(), [field], {"opened_on": plan.opened_on},
          lambda values: page.keep(**values))  # fmt: skip


def _responsible(page: PlanPage, plan: SupportPlan) -> None:
    def chosen(person_id: str | None) -> None:
        if person_id:
            page.keep_and_show(responsible_id=person_id)

    dialog = ChoiceDialog(
        text("support.field.responsible"), _people(page), plan.responsible_id or ""
    )
    page.app.push_screen(dialog, chosen)


def _people(page: PlanPage) -> list[Option]:
    from schema.tables import Person  # with the records open, imported already

    with page.store.read() as work:
        people = sorted(work.all(Person), key=lambda each: sort_key(each.name))
    return [Option(each.id, each.name, each.title) for each in people]


def _shown_to(page: PlanPage, plan: SupportPlan) -> None:
    def chosen(roles: list[str] | None) -> None:
        if roles is not None:
            page.keep_and_show(shown_to=roles)

    page.app.push_screen(RolesDialog(plan.shown_to), chosen)


def _extension(page: PlanPage, plan: SupportPlan) -> None:
    fields = [
        Field(
            "extension_months",
            text("support.months"),
            width=10,
            unit=text("support.months_unit"),
            hint=text("support.months_hint"),
        ),
        Field("extension_decided_on", text("support.decided_on"), Kind.DATE),
        Field("extension_decided_by_id", text("support.decided_by"), Kind.CHOICE,
              options=tuple(_people(page))),
    ]  # fmt: skip
    months = plan.extension_months
    values = {
        "extension_months": "" if months is None else months_words(months),
        "extension_decided_on": plan.extension_decided_on,
        "extension_decided_by_id": plan.extension_decided_by_id,
    }

    def check(values: dict[str, Any]) -> list[Problem]:
        written = values.get("extension_months", "")
        try:
            read_months(written)
        except ValueError:
            return [("extension_months", "support.no_months", {"most": MOST_MONTHS})]
        return []

    def keep(values: dict[str, Any]) -> None:
        page.keep(**{**values, "extension_months": read_months(values["extension_months"])})

    _form(page, text("support.field.extension").lower(), fields, values, keep, check=check)


def read_months(written: str) -> float | None:
    """Return months as they are typed ("3", "1,5"); None when nothing is.

    Raises:
        ValueError: it is no number from 0 to `MOST_MONTHS`.
    """
    if not written.strip():
        return None
    months = float(written.strip().replace(",", "."))
    if not 0 <= months <= MOST_MONTHS:
        raise ValueError(written)
    return months


def months_words(months: float) -> str:
    """Return e.g. `3` or `1,5`."""
    return f"{months:g}".replace(".", ",")


def _outcome(page: PlanPage, plan: SupportPlan) -> None:
    fields = [
        Field("closed_on", text("support.closed_on"), Kind.DATE, hint=text("support.closed_hint")),
        Field("outcome", text("support.field.outcome")),
    ]

    def check(values: dict[str, Any]) -> list[Problem]:
        closed = values.get("closed_on")
        if closed is not None and closed < plan.opened_on:
            return [("closed_on", "support.closed_before", {"day": plan.opened_on})]
        if closed is not None and not values.get("outcome"):
            return [("outcome", "support.outcome_needed", {})]
        return []

    _form(page, text("support.field.outcome").lower(), fields,
          {"closed_on": plan.closed_on, "outcome": plan.outcome},
          lambda values: page.keep(**values), check=check)  # fmt: skip


def write(page: PlanPage, folder: Path) -> Path:
    """Print the plan and return where it lies. Slow: call it in a thread.

    Raises:
        Fault: `print.not_written`, `kollegium.plan_not_yours`.
    """
    from at_tui.documents.gather_support_plan import support_plan_of
    from at_tui.documents.support_plan import support_plan_pdf  # reportlab: 0.2 s
    from at_tui.printing import file_name, write_document

    plan, records, viewer = page.plan, page.folder, page.viewer
    assert plan is not None  # noqa: S101 - printed only when it is read
    assert records is not None  # noqa: S101
    assert viewer is not None  # noqa: S101
    values = support_plan_of(records, plan, viewer, on=page.today, curriculum=page.curriculum)
    name = file_name(text("support.file"), records.trainee.name, page.today.isoformat())
    return write_document(folder, name, support_plan_pdf(values))
