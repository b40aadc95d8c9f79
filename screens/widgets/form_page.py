"""A page that is one form: it keeps drafts, shows every fault, saves by ^S, F2 or its button."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.widgets import Button

from at_tui.language import say, text
from schema.fault import Fault, Invalid
from screens.text import safe
from screens.widgets.drafts import DraftPage
from screens.widgets.form import Field, Form, Problem
from screens.widgets.keys import bind

R = TypeVar("R")


class FormPage(DraftPage[R]):
    """Subclasses give `fields()`, `values()` and `save()`; the rest is here.

    `save(values)` writes the records in one unit of work and returns what the page is dismissed
    with. A Fault or Invalid that it raises is shown where it belongs, and nothing is lost.
    """

    # The form says itself where one begins.
    AUTO_FOCUS = ""
    SAVE: ClassVar[str] = "app.save_button"
    """Key of the button's words."""
    BINDINGS: ClassVar[list[Any]] = [bind("ctrl+s,f2", "save", "app.save")]

    def fields(self) -> Sequence[Field]:
        """Return what the form asks."""
        raise NotImplementedError

    def values(self) -> Mapping[str, Any]:
        """Return what the fields begin with."""
        return {}

    def check(self, values: dict[str, Any]) -> list[Problem]:
        """Return what is wrong with values that are each right by themselves."""
        return []

    def save(self, values: dict[str, Any]) -> R:
        """Write the records; return the page's result."""
        raise NotImplementedError

    def body(self) -> ComposeResult:
        """Lay out the form and its button."""
        yield Form(self.fields(), self.values(), button=text(self.SAVE))

    @property
    def form(self) -> Form:
        """The form."""
        return self.query_one(Form)

    def on_mount(self) -> None:
        """Fetch the draft and begin at the first field."""
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        self.fetch_draft()
        self.form.focus()

    def draft_content(self) -> dict[str, Any]:
        """Return what is typed."""
        return self.form.raw()

    def restore_draft(self, content: dict[str, Any]) -> None:
        """Fill the form with a draft."""
        self.form.restore(content)
        self.form.show_problems([])

    def on_form_changed(self) -> None:
        """Keep a draft."""
        self.draft_changed()

    @on(Button.Pressed, "#save")
    def action_save(self) -> None:
        """Save, or show all that is wrong."""
        values, problems = self.form.read()
        problems += self.check(values)
        result: Any = None
        if not problems:
            try:
                result = self.save(values)
            except Invalid as invalid:
                problems = list(invalid.problems)
            except Fault as fault:
                self.desk.say(say(fault), "error")
                return
        self.form.show_problems(problems)
        self.quiet = bool(problems)
        if problems:
            self.note(safe(text("app.not_saved", count=len(problems)), "$error"))
            return
        self.drop_draft()
        self.desk.save_toast()
        self.dismiss(result)
