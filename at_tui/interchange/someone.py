"""The people of a start group: all rows of one person, and what they say together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from at_tui.interchange.plan import Plan
from at_tui.interchange.rows import SheetRow
from schema.text import sort_key

_ABOUT = (
    "personnummer", "email", "phone", "start_group", "degree_on", "degree_place", "kind",
    "programme", "training_start", "training_end", "norm_months", "main_supervisor",
)  # fmt: skip
"""Fields of the person, not of the placement: any row may say them, none otherwise."""


@dataclass
class Someone:
    """One person of the file."""

    name: str
    rows: list[SheetRow] = field(default_factory=list)
    said: dict[str, Any] = field(default_factory=dict)
    said_on: dict[str, SheetRow] = field(default_factory=dict)
    """The first row that says each field."""

    @property
    def first(self) -> SheetRow:
        """The person's first row."""
        return self.rows[0]


def people_of(rows: list[SheetRow], plan: Plan) -> list[Someone]:
    """Put the rows of each person together, by personnummer, else by name.

    Rows without a name, and rows that contradict each other, are told in `plan`.
    """
    numbers: dict[str, set[str]] = {}
    for row in rows:
        if row.text("personnummer"):
            numbers.setdefault(sort_key(row.text("name")), set()).add(row.text("personnummer"))
    found: dict[str, Someone] = {}
    for row in rows:
        name, number = row.text("name"), row.text("personnummer")
        named = numbers.get(sort_key(name), set())
        if not name:
            plan.empty_in(row, "name")
        elif not number and len(named) > 1:
            plan.wrong_in(row, "personnummer", "import.which_of_two")
        else:
            key = number or (next(iter(named)) if named else sort_key(name))
            _join(found.setdefault(key, Someone(name)), row, plan)
    return [someone for someone in found.values() if someone.rows]


def _join(someone: Someone, row: SheetRow, plan: Plan) -> None:
    if sort_key(someone.name) != sort_key(row.text("name")):
        plan.wrong_in(row, "name", "import.name_of_number", row=someone.first.number)
        return
    someone.rows.append(row)
    for name in _ABOUT:
        value = row.values.get(name)
        if value is None:
            continue
        if someone.said.setdefault(name, value) != value:
            plan.wrong_in(
                row, name, "import.disagrees", value=value,
                other=someone.said[name], row=someone.said_on[name].number,
            )  # fmt: skip
        someone.said_on.setdefault(name, row)
