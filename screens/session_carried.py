"""Last time's agreements: a digit ticks one off, the rest moves to next time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from textwrap import wrap
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.style import Style
from textual.widget import Widget

from at_tui.kind_words import of_kind
from at_tui.language import text
from at_tui.supervising import MOST_CARRIED, WEEK, Carried, Carry
from screens.dates import short
from screens.text import fit, fitted, safe
from screens.widgets.keys import bind

if TYPE_CHECKING:
    from at_tui.session_records import OpenAgreement

MOST_LINES = 2
"""Lines of one agreement."""
_BOX = {Carry.DONE: "[x]", Carry.OPEN: "[ ]", Carry.DROPPED: "[–]"}


def owner_words(owner: str, kind: str) -> str:
    """Return who does it: the AT-läkare, or the BT-läkare in a BT."""
    return of_kind(text(f"word.owner.{owner}"), kind)


class CarriedList(Widget, can_focus=True):
    """The agreements with a box each.

    Args:
        agreements: As they stand when the form opens.
        kind: AT or BT, for the words.
        on: The day it is, for what is overdue.
    """

    DEFAULT_CSS = """
    CarriedList { height: auto; width: 1fr; padding: 0 1; background: $surface; color: $text; }
    CarriedList:focus { background: $panel; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        bind("space", "tick_here", "session.tick_here", show=False),
        bind("delete,backspace,minus", "drop_here", "session.drop", as_="-"),
        bind("plus", "postpone_here", "session.postpone"),
    ]

    class Changed(Message):
        """Something was ticked off, dropped or put off."""

    def __init__(
        self, agreements: Sequence[OpenAgreement], kind: str, on: date, *, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self._agreements = list(agreements)
        self._kind, self._on = kind, on
        self._left: dict[str, tuple[Carry, date | None]] = {
            a.id: (a.outcome, a.due) for a in agreements
        }
        self._at = 0

    @property
    def value(self) -> tuple[Carried, ...]:
        """What became of each."""
        return tuple(Carried(a.id, *self._left[a.id]) for a in self._agreements)

    def raw(self) -> dict[str, list[str]]:
        """Return the outcomes as JSON values, for a draft."""
        return {
            id: [outcome.value, due.isoformat() if due else ""]
            for id, (outcome, due) in self._left.items()
        }

    def restore(self, raw: Mapping[str, Sequence[str]]) -> None:
        """Take over what a draft holds of the agreements that still are there."""
        for id, (outcome, due) in raw.items():
            if id in self._left:
                self._left[id] = Carry(outcome), date.fromisoformat(due) if due else None
        self.refresh()

    def replace(self, agreements: Sequence[OpenAgreement]) -> None:
        """Show other agreements, as they stand now."""
        self._agreements = list(agreements)
        self._left = {a.id: (a.outcome, a.due) for a in agreements}
        self._at = min(self._at, max(0, len(agreements) - 1))
        self.refresh(layout=True)

    def tick(self, number: int) -> None:
        """Tick off agreement `number` (from 1), or take the tick away."""
        if 1 <= number <= len(self._agreements):
            self._at = number - 1
            self._toggle(Carry.DONE)

    def action_step(self, by: int) -> None:
        """Move to another agreement; past the ends to the field before or after."""
        if 0 <= self._at + by < len(self._agreements):
            self._at += by
            self.refresh()
        elif by > 0:
            self.screen.focus_next()
        else:
            self.screen.focus_previous()

    def action_tick_here(self) -> None:
        """Tick off the one one stands on."""
        self._toggle(Carry.DONE)

    def action_drop_here(self) -> None:
        """Strike the one one stands on."""
        self._toggle(Carry.DROPPED)

    def action_postpone_here(self) -> None:
        """Put off the one one stands on by a week."""
        if self._agreements:
            id = self._agreements[self._at].id
            _, due = self._left[id]
            self._left[id] = Carry.OPEN, max(due or self._on, self._on - timedelta(days=7)) + WEEK
            self._tell()

    def on_click(self, event: events.Click) -> None:
        """Tick off what is under the mouse."""
        if (number := event.style.meta.get("agreement")) is not None:
            self.tick(int(number))

    def _toggle(self, outcome: Carry) -> None:
        if self._agreements:
            id = self._agreements[self._at].id
            before, due = self._left[id]
            self._left[id] = Carry.OPEN if before is outcome else outcome, due
            self._tell()

    def _tell(self) -> None:
        self.refresh(layout=True)
        self.post_message(self.Changed())

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return as many lines as the agreements need."""
        return max(1, sum(len(lines) for lines in self._wrapped(width)))

    def render(self) -> Content:
        """Return the agreements: box, digit, words, who, and what becomes of it."""
        lines: list[Content] = []
        width = self.content_size.width
        who, _ = self._sides()
        for number, (agreement, words) in enumerate(
            zip(self._agreements, self._wrapped(width), strict=True), start=1
        ):
            owner = safe(owner_words(agreement.owner, self._kind), "$text-muted")
            tail = self._tail(*self._left[agreement.id])
            right = Content.assemble(fitted(owner, who), "  ", tail)
            lines += self._lines(number, agreement, words, right)
        return Content("\n").join(lines)

    def _sides(self) -> tuple[int, int]:
        """Return the cells of who and of until when: the words give way, these two never do."""
        owners = [owner_words(a.owner, self._kind) for a in self._agreements]
        tails = [self._tail(*self._left[a.id]) for a in self._agreements]
        # Room for what a tail may become by a key, so that nothing jumps.
        when = max([len(text("session.dropped")), 11, *(tail.cell_length for tail in tails)])
        return max((len(owner) for owner in owners), default=0), when

    def _wrapped(self, width: int) -> list[list[str]]:
        """Return the words of each agreement on the lines they take, two at most."""
        who, when = self._sides()
        room = max(10, width - who - when - 10)
        found: list[list[str]] = []
        for agreement in self._agreements:
            lines = wrap(agreement.text, room)
            if len(lines) > MOST_LINES:
                lines = [*lines[: MOST_LINES - 1], fit(" ".join(lines[MOST_LINES - 1 :]), room)]
            found.append([fit(line, room) for line in lines] or [""])
        return found

    def _lines(
        self, number: int, agreement: OpenAgreement, words: list[str], right: Content
    ) -> list[Content]:
        outcome, _ = self._left[agreement.id]
        digit = str(number) if number <= MOST_CARRIED else " "
        here = self.has_focus and number - 1 == self._at
        style = "$text" if outcome is Carry.OPEN else "$text-muted"
        box = {Carry.DONE: "$success bold", Carry.DROPPED: "$text-muted"}.get(outcome, "$accent")
        first = Content.assemble(
            (_BOX[outcome], box),
            " ",
            (digit, "bold $accent underline" if here else "bold $accent"),
            " ",
            Content.styled(words[0], style),
            "  ",
            right,
        )
        rest = [Content.assemble(" " * 6, Content.styled(line, style)) for line in words[1:]]
        meta = Style.from_meta({"agreement": number})
        return [line.stylize(meta) for line in (first, *rest)]

    def _tail(self, outcome: Carry, due: date | None) -> Content:
        if outcome is Carry.DONE:
            return safe(text("session.done"), "$success")
        if outcome is Carry.DROPPED:
            return safe(text("session.dropped"), "$text-muted")
        if due is None:
            return safe(text("session.moves"), "$text-muted")
        late = due < self._on
        words = text("session.late_since" if late else "session.due", day=short(due, self._on))
        return safe(words, "$warning" if late else "$text-muted")
