"""What the cohort is narrowed to: a dialog with six choices, and the line that says it."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Button, Static

from at_tui.kollegium.cohort import Choices, Filter
from at_tui.kollegium.triage import GROUPS
from at_tui.language import text
from schema.words import Outcome
from screens.text import safe
from screens.widgets.choice_field import ChoiceField, Option
from screens.widgets.keys import bind
from screens.widgets.page import Dialog

_FIELDS = ("group", "section", "unit_id", "supervisor_id", "start_group", "programme_id")


def options(choices: Choices) -> dict[str, list[tuple[str, str]]]:
    """Return what each field may be, as (value, words)."""
    return {
        "group": [(group, text(f"cohort.group.{group}")) for group in GROUPS],
        "section": choices.sections,
        "unit_id": choices.units,
        "supervisor_id": choices.supervisors,
        "start_group": choices.start_groups,
        "programme_id": choices.programmes,
    }


def filter_words(wanted: Filter, choices: Choices) -> str:
    """Return what a filter narrows to, in words; empty when it narrows nothing."""
    found = []
    for name, pairs in options(choices).items():
        value = getattr(wanted, name)
        if value:
            found.append(dict(pairs).get(value, str(value)))
    return " · ".join(found)


class FilterDialog(Dialog[Filter]):
    """Dismissed with the filter, or None."""

    DEFAULT_CSS = """
    FilterDialog Horizontal { height: 1; }
    FilterDialog .label { width: 14; color: $text-muted; }
    FilterDialog #apply { margin: 1 0 0 14; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        bind("ctrl+s,f2", "apply", "cohort.apply"),
        bind("f4", "clear", "cohort.clear"),
    ]

    def __init__(self, wanted: Filter, choices: Choices) -> None:
        super().__init__(text("cohort.filter_title"))
        self._wanted, self._choices = wanted, choices

    def body(self) -> ComposeResult:
        """Lay out the choices."""
        found = options(self._choices)
        for name in _FIELDS:
            label = text(f"cohort.field.{name}")
            every = [Option("", text("cohort.all"))]
            every += [Option(value, words) for value, words in found[name]]
            with Horizontal():
                yield Static(safe(label), classes="label", markup=False)
                yield ChoiceField(
                    every, str(getattr(self._wanted, name) or ""), title=label, id=f"f-{name}"
                )
        yield Button(safe(text("cohort.filter_done")), id="apply", compact=True)

    @on(Button.Pressed)
    def action_apply(self) -> None:
        """Take the choices."""
        chosen = {name: self.query_one(f"#f-{name}", ChoiceField).value for name in _FIELDS}
        group = chosen.pop("group")
        self.dismiss(Filter(group=Outcome(group) if group else None, **chosen))

    def action_clear(self) -> None:
        """Empty every field."""
        for field in self.query(ChoiceField):
            field.value = ""


def is_empty(wanted: Filter) -> bool:
    """Return whether a filter narrows nothing."""
    return not any(getattr(wanted, field.name) for field in fields(wanted))
