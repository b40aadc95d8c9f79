"""A decision of a closed meeting, corrected by a new one that names it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from at_tui.language import text
from schema.words import Outcome
from screens.signing import Holder, SignDialog
from screens.widgets.choice_field import Option
from screens.widgets.form import Field, Kind
from screens.widgets.form_page import FormPage

if TYPE_CHECKING:
    from at_tui.kollegium.minutes import DecidedLine

_OUTCOMES = (
    Outcome.ON_TRACK, Outcome.TALK, Outcome.SUPPORT_PLAN, Outcome.THIN_EVIDENCE, Outcome.COME_BACK,
)  # fmt: skip


class CorrectDecision(FormPage[bool]):
    """The decision as it should have been, and why; signed by whoever sits here. Dismissed with
    True when it is corrected.

    Args:
        line: The decision as it stands.
    """

    AREA = "kollegium_after"
    SAVE = "kollegium_after.correct_button"

    def __init__(self, line: DecidedLine) -> None:
        super().__init__()
        self._line = line
        self.draft_key = f"correction:{line.decision_id}"

    def fields(self) -> Sequence[Field]:
        """Ask for the outcome, the words and the reason."""
        options = tuple(Option(o, text(f"word.outcome.{o}")) for o in _OUTCOMES)
        return [
            Field("outcome", text("kollegium_after.outcome"), Kind.CHOICE, options=options),
            Field("words", text("kollegium_after.words"), Kind.NOTE, lines=5),
            Field(
                "correction_reason",
                text("kollegium_after.reason"),
                required=True,
                hint=text("kollegium_after.reason_hint"),
            ),
        ]

    def values(self) -> Mapping[str, Any]:
        """Begin with the decision as it stands."""
        return {"outcome": self._line.outcome, "words": self._line.text}

    def on_mount(self) -> None:
        """Say whose it is."""
        super().on_mount()
        self.set_title(text("kollegium_after.correct_title", name=self._line.name))

    def help_text(self) -> str:
        """Return what a correction does."""
        return text("kollegium_after.correct_help")

    def action_save(self) -> None:
        """Ask for the PIN once everything is filled in, and correct the decision then."""
        _, problems = self.form.read()
        if problems:
            super().action_save()
            return
        from schema.tables import Person  # with the records open, imported already

        with self.store.read() as work:
            person = work.get(Person, self.author)
        if person is None:
            self.desk.say(text("kollegium_after.nobody"), "warning")
            return
        self._signer = Holder(person.id, person.name, person.title)
        dialog = SignDialog(
            self._signer,
            title=text("kollegium_after.sign_title"),
            says=text("kollegium_after.sign_says", name=self._line.name),
        )
        self.app.push_screen(dialog, self._signed)

    def _signed(self, right: bool | None) -> None:
        if right:
            super().action_save()

    def save(self, values: dict[str, Any]) -> bool:
        """Write the correction, signed."""
        from at_tui.kollegium.after import correct_decision
        from schema.tables import Decision

        with self.store.work(self.author) as work:
            correct_decision(
                work,
                work.need(Decision, self._line.decision_id),
                outcome=Outcome(values["outcome"]) if values["outcome"] else None,
                words=values["words"],
                reason=values["correction_reason"],
                signer_id=self._signer.id,
                signer_name=self._signer.name,
                signer_title=self._signer.title,
            )
        return True
