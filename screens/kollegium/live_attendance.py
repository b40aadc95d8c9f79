"""Who is at the meeting: marked in the register, or typed in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.widgets import Static

from at_tui.language import text
from schema.text import clean, sort_key
from schema.words import RoleKind
from screens.text import safe
from screens.widgets.keys import bind
from screens.widgets.page import Dialog
from screens.widgets.picker import Picker
from screens.widgets.reason import Reason
from screens.widgets.rows import Column, Row

Attendee = dict[str, str]
_NEAR = (
    RoleKind.STUDIEREKTOR, RoleKind.AT_CHEF, RoleKind.SAMORDNARE, RoleKind.AT_RAD,
    RoleKind.AT_ANSVARIG, RoleKind.VERKSAMHETSCHEF,
)  # fmt: skip
"""Roles of those who usually come, in the order they are listed."""
_INVITED = -1
"""Rank of those who were invited: before every role."""


class Attendance(Dialog[list[Attendee]]):
    """Everyone in the register, those who are noted first and then those who were invited;
    dismissed with who is there, or None.

    Args:
        there: As the meeting has them: `name`, `role` and `person_id`.
        series_id: The meeting's series, which says who was invited.
    """

    DEFAULT_CSS = """
    Attendance > #frame { width: 74; }
    Attendance Picker { height: auto; max-height: 15; }
    Attendance Rows { height: auto; max-height: 13; }
    Attendance #count { height: auto; color: $text-muted; margin-bottom: 1; }
    Attendance Picker > .filter { margin-bottom: 0; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        bind("f2,ctrl+s", "done", "kollegium_live.there_done"),
        bind("ctrl+n,insert", "add", "kollegium_live.there_add"),
    ]

    def __init__(self, there: Sequence[Attendee], series_id: str | None = None) -> None:
        super().__init__(text("kollegium_live.there_title"))
        self._series_id = series_id
        self._there = [dict(each) for each in there]
        self._known: dict[str, Attendee] = {}
        self._rank: dict[str, int] = {}

    def body(self) -> ComposeResult:
        """Lay out the list."""
        yield Static(safe(text("kollegium_live.there_lead")), id="count", markup=False)
        yield Picker((Column(width=30, grow=1), Column(width=26, grow=1)), marks=True)

    def on_mount(self) -> None:
        """Show everyone in the register, and those who were typed in."""
        self._known = {each["person_id"]: each for each in self._register()}
        for number, each in enumerate(self._there):
            key = each.get("person_id") or f"typed:{number}"
            self._known[key] = {**self._known.get(key, {}), **each}
        picker = self.query_one(Picker)
        picker.rows.marked = {
            each.get("person_id") or f"typed:{number}" for number, each in enumerate(self._there)
        }
        self._show()
        picker.focus()

    def _register(self) -> Iterable[Attendee]:
        # With the records open, imported already.
        from schema.tables import MeetingSeries, Person, Role

        today = self.desk.today
        with self.desk.store.read() as work:
            series = work.get(MeetingSeries, self._series_id) if self._series_id else None
            people = work.all(Person)
            roles: dict[str, list[str]] = {}
            for role in work.all(Role):
                if (role.start or today) <= today <= (role.end or today):
                    roles.setdefault(role.person_id, []).append(text(f"word.role.{role.kind}"))
                    if role.kind in _NEAR:
                        rank = _NEAR.index(role.kind)
                        self._rank[role.person_id] = min(rank, self._rank.get(role.person_id, rank))
            for person in people:
                held = ", ".join(dict.fromkeys(roles.get(person.id, ())))
                yield {
                    "name": person.name,
                    "role": held or person.title,
                    "person_id": person.id,
                }
            yield from self._guests(series.invited if series else ())

    def _guests(self, invited: Iterable[Attendee]) -> Iterable[Attendee]:
        """Rank those who were invited before all others; return those not in the register."""
        noted = {each["name"] for each in self._there if not each.get("person_id")}
        for number, each in enumerate(invited):
            if each.get("name") in noted:
                continue
            key = each.get("person_id") or f"invited:{number}"
            self._rank[key] = _INVITED
            if not each.get("person_id"):
                yield {"name": each.get("name") or each.get("email", ""), "person_id": key}

    def _show(self) -> None:
        picker = self.query_one(Picker)
        first = set(picker.marked)
        keys = sorted(
            self._known,
            key=lambda key: (
                key not in first,
                self._rank.get(key, len(_NEAR)),
                sort_key(self._known[key]["name"]),
            ),
        )
        picker.show(
            [
                Row(key, (self._known[key]["name"], safe(self._about(key), "$text-muted")))
                for key in keys
            ],
            empty=text("kollegium_live.there_empty"),
        )  # fmt: skip

    def _about(self, key: str) -> str:
        """Return what someone is, and whether they were invited."""
        invited = text("kollegium_live.invited") if self._rank.get(key) == _INVITED else ""
        return " · ".join(filter(None, [invited, self._known[key].get("role", "")]))

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Mark by Enter too."""
        event.stop()
        event.picker.action_mark()

    def action_add(self) -> None:
        """Add someone who is not in the register."""
        dialog = Reason(
            text("kollegium_live.there_new"), text("kollegium_live.there_new_more"),
            label=text("kollegium_live.there_name"),
        )  # fmt: skip
        self.app.push_screen(dialog, self._add)

    def _add(self, written: str | None) -> None:
        if not written:
            return
        name, _, role = written.partition(",")
        if not clean(name, one_line=True):
            return
        key = f"typed:{len(self._known)}"
        self._known[key] = {"name": clean(name, one_line=True), "role": clean(role, one_line=True)}
        picker = self.query_one(Picker)
        picker.marked.add(key)
        self._show()
        picker.select(key)

    @staticmethod
    def _noted(each: Attendee) -> Attendee:
        """Return someone as the meeting keeps them: a guest has no id in the register."""
        if not each.get("person_id", "").startswith("invited:"):
            return each
        return {"name": each["name"], "role": each.get("role", "")}

    def action_done(self) -> None:
        """Take those who are marked, by name."""
        marked = self.query_one(Picker).marked
        found = [self._noted(each) for key, each in self._known.items() if key in marked]
        self.dismiss(sorted(found, key=lambda each: sort_key(each["name"])))
