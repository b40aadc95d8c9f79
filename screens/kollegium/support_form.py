"""A few fields of a stödplan, and the roles that may see it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.widgets import Static

from at_tui.language import text
from schema.words import RoleKind
from screens.text import safe
from screens.widgets.form import Field, Problem
from screens.widgets.form_page import FormPage
from screens.widgets.keys import bind
from screens.widgets.page import Dialog
from screens.widgets.picker import Picker
from screens.widgets.rows import Column, Row


class PlanForm(FormPage[bool]):
    """Fields of the record's own names; dismissed with True when they were saved.

    Args:
        title: What the page is about.
        fields: What is asked.
        values: What stands there now.
        keep: Saves the values; a Fault or Invalid that it raises is shown under its field.
        draft_key: Names the draft; empty keeps none.
        check: Says what is wrong with values that are each right by themselves.
    """

    AREA = "support"

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        values: Mapping[str, Any],
        keep: Callable[[dict[str, Any]], object],
        *,
        draft_key: str = "",
        check: Callable[[dict[str, Any]], list[Problem]] | None = None,
    ) -> None:
        super().__init__()
        self._page_title, self._asked, self._now = title, fields, values
        self._keep, self._check = keep, check
        self.draft_key = draft_key

    def fields(self) -> Sequence[Field]:
        """Return what is asked."""
        return self._asked

    def values(self) -> Mapping[str, Any]:
        """Begin with what stands there."""
        return self._now

    def on_mount(self) -> None:
        """Say what it is about, and that it is restricted."""
        super().on_mount()
        self.set_title(self._page_title, safe(text("support.mark"), "bold $warning"))

    def check(self, values: dict[str, Any]) -> list[Problem]:
        """Return what is wrong."""
        return self._check(values) if self._check else []

    def save(self, values: dict[str, Any]) -> bool:
        """Save it."""
        self._keep(values)
        return True


class RolesDialog(Dialog[list[str]]):
    """All roles, those chosen marked; dismissed with the roles, or None."""

    DEFAULT_CSS = """
    RolesDialog Picker { height: auto; max-height: 14; }
    RolesDialog Rows { height: auto; max-height: 12; }
    RolesDialog #lead { height: auto; margin-bottom: 1; color: $text-muted; }
    """
    BINDINGS: ClassVar[list[Any]] = [bind("f2,ctrl+s", "done", "support.roles_done")]

    def __init__(self, chosen: Collection[str]) -> None:
        super().__init__(text("support.roles_title"))
        self._chosen = set(chosen)

    def body(self) -> ComposeResult:
        """Lay out the list."""
        yield Static(safe(text("support.roles_lead")), id="lead", markup=False)
        yield Picker((Column(width=30, grow=1),), marks=True, type_to_filter=False, filters=False)

    def on_mount(self) -> None:
        """Fill the list."""
        picker = self.query_one(Picker)
        picker.rows.marked = set(self._chosen)
        picker.show([Row(role, (text(f"word.role.{role}"),)) for role in RoleKind])
        picker.focus()

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Mark by Enter too."""
        event.stop()
        event.picker.action_mark()

    def action_done(self) -> None:
        """Take the roles that are marked, in their usual order."""
        marked = self.query_one(Picker).marked
        self.dismiss([str(role) for role in RoleKind if role in marked])
