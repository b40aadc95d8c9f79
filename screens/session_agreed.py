"""New agreements: text, who, by when; an empty line always waits below the last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input, Static

from at_tui.language import text
from at_tui.supervising import Agreed
from schema.fault import Fault
from schema.words import AgreementOwner
from screens.session_carried import owner_words
from screens.text import safe
from screens.widgets.choice_field import ChoiceField, Option
from screens.widgets.date_field import DateField

MOST = 12
"""Lines at most; nobody keeps a longer list between two sessions."""


class AgreedRow(Vertical):
    """One agreement on a line, and what is wrong with it under it."""

    DEFAULT_CSS = """
    AgreedRow { height: auto; }
    AgreedRow > Horizontal { height: 1; }
    AgreedRow Input.words { width: 1fr; }
    AgreedRow ChoiceField { width: 19; margin-left: 1; }
    AgreedRow .to { width: 6; padding: 0 1; color: $text-muted; }
    AgreedRow .problem { display: none; height: auto; padding: 0 1; }
    AgreedRow.-problem .problem { display: block; }
    """

    def __init__(self, agreed: Agreed, kind: str) -> None:
        super().__init__()
        self.agreement_id = agreed.agreement_id
        self.words = Input(
            agreed.text,
            placeholder=text("session.new_agreement"),
            compact=True,
            select_on_focus=False,
            classes="words",
        )
        options = [Option(owner, owner_words(owner, kind)) for owner in AgreementOwner]
        self.owner = ChoiceField(
            options, agreed.owner, title=text("session.owner_title"), optional=False
        )
        self.due = DateField(agreed.due)

    def compose(self) -> ComposeResult:
        """Lay out the line."""
        with Horizontal():
            yield self.words
            yield self.owner
            yield Static(safe(text("session.to")), classes="to", markup=False)
            yield self.due
        yield Static(classes="problem", markup=False)

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been agreed on this line."""
        return not self.words.value.strip() and not self.agreement_id

    def read(self) -> Agreed:
        """Return the agreement; raises Fault when the day is none."""
        return Agreed(
            self.words.value,
            AgreementOwner(self.owner.value),
            self.due.read(),
            self.agreement_id,
        )

    def show(self, problem: str) -> None:
        """Show what is wrong; empty for nothing."""
        self.set_class(bool(problem), "-problem")
        self.query_one(".problem", Static).update(safe("✗ " + problem if problem else ""))


class AgreedRows(Vertical):
    """All new agreements of the session.

    Args:
        agreed: Those it begins with.
        kind: AT or BT, for the words.
        due: Day proposed for new ones.
    """

    DEFAULT_CSS = "AgreedRows { height: auto; }"

    class Changed(Message):
        """Something was typed or chosen."""

    def __init__(
        self, agreed: Sequence[Agreed], kind: str, due: date | None, *, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self._kind, self._due = kind, due
        self._first = [AgreedRow(one, kind) for one in agreed] + [self._empty()]

    def compose(self) -> ComposeResult:
        """Lay out the lines."""
        yield from self._first

    @property
    def rows(self) -> list[AgreedRow]:
        """The lines, the empty one last."""
        return list(self.query(AgreedRow))

    def read(self) -> tuple[tuple[Agreed, ...], list[tuple[int, Fault]]]:
        """Return what has been agreed, and by its place what cannot be read.

        An agreement saved earlier whose text has been emptied is taken away.
        """
        agreed: list[Agreed] = []
        faults: list[tuple[int, Fault]] = []
        for row in self._filled():
            try:
                agreed.append(row.read())
            except Fault as fault:
                faults.append((len(agreed), fault))
                agreed.append(Agreed(row.words.value, AgreementOwner(row.owner.value)))
        return tuple(agreed), faults

    def _filled(self) -> list[AgreedRow]:
        return [row for row in self.rows if row.words.value.strip()]

    def show_problems(self, said: Mapping[int, str]) -> AgreedRow | None:
        """Show what is wrong by the place of the agreement; return the first such line."""
        first = None
        for row in self.rows:
            row.show("")
        for place, row in enumerate(self._filled()):
            row.show(said.get(place, ""))
            if place in said and first is None:
                first = row
        return first

    def row(self, place: int) -> AgreedRow:
        """Return the line of the agreement at `place`."""
        return self._filled()[place]

    def raw(self) -> list[list[str]]:
        """Return what is typed as JSON values, for a draft."""
        return [
            [row.words.value, row.owner.value, row.due.value, row.agreement_id]
            for row in self.rows
            if not row.is_empty
        ]

    async def restore(self, raw: Iterable[Sequence[str]]) -> None:
        """Fill the lines with what a draft holds."""
        await self.remove_children()
        rows: list[AgreedRow] = []
        for words, owner, due, agreement_id in raw:
            row = AgreedRow(Agreed(words, AgreementOwner(owner), None, agreement_id), self._kind)
            row.due.value = due
            rows.append(row)
        await self.mount_all([*rows, self._empty()])

    def focus_new(self) -> None:
        """Put the focus on the empty line."""
        self.rows[-1].words.focus()

    def _empty(self) -> AgreedRow:
        return AgreedRow(Agreed("", AgreementOwner.TRAINEE, self._due), self._kind)

    @on(Input.Changed)
    @on(ChoiceField.Changed)
    async def _typed(self, event: Input.Changed | ChoiceField.Changed) -> None:
        event.stop()
        rows = self.rows
        for row in rows:
            if event.control in (row.words, row.owner, row.due):
                row.show("")
        if rows and not rows[-1].is_empty and len(rows) < MOST:
            await self.mount(self._empty())
        self.post_message(self.Changed())

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        """Let Enter in a text go on to the next agreement, as one writes a list."""
        event.stop()
        rows = self.rows
        at = next((n for n, row in enumerate(rows) if row.words is event.input), None)
        if at is not None and event.value.strip() and at + 1 < len(rows):
            rows[at + 1].words.focus()
        else:
            self.screen.focus_next()
