"""Someone who assesses and is not in the register yet."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult

from at_tui.language import say, text
from schema.fault import Fault, Invalid
from screens.widgets.choice_field import Option
from screens.widgets.form import Field, Form, Kind
from screens.widgets.keys import bind
from screens.widgets.page import Dialog

_YES, _NO = "ja", "nej"


class NewAssessor(Dialog[Option | None]):
    """The few facts that a form asks of its assessor; dismissed with the person, or None."""

    DEFAULT_CSS = """
    NewAssessor > #frame { width: 70; }
    NewAssessor Form { height: auto; padding: 0; }
    """
    BINDINGS: ClassVar[list[Any]] = [bind("ctrl+s,f2", "save", "app.save")]

    def __init__(self) -> None:
        super().__init__(text("assessment.new_assessor"))

    def body(self) -> ComposeResult:
        """Lay out the form."""
        answers = (Option(_YES, text("app.yes")), Option(_NO, text("app.no")))
        yield Form(
            [
                Field("name", required=True),
                Field("title", label=text("assessment.assessor_title")),
                Field("specialty", hint=text("assessment.specialty_hint")),
                Field("licensed", kind=Kind.CHOICE, options=answers, width=10),
                Field("phone"),
                Field("email"),
            ]
        )

    def on_mount(self) -> None:
        """Begin with the name."""
        self.query_one(Form).focus()

    def action_save(self) -> None:
        """Save the person to the register."""
        form = self.query_one(Form)
        values, problems = form.read()
        if not problems:
            try:
                self.dismiss(self._saved(values))
                return
            except Invalid as invalid:
                problems = list(invalid.problems)
            except Fault as fault:
                self.desk.say(say(fault), "error")
                return
        form.show_problems(problems)

    def _saved(self, values: dict[str, Any]) -> Option:
        from schema.tables import Person  # with the store open, SQLModel is imported already

        licensed = {_YES: True, _NO: False}.get(values.pop("licensed") or "")
        person = Person(licensed=licensed, **values)
        with self.desk.store.work(self.desk.author) as work:
            work.save(person)
        return Option(person.id, person.name, person.specialty or person.title)
