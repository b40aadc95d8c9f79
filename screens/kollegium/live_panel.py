"""The lower part of the live page: the outcome, a line of decision, and what is agreed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from at_tui.language import text
from schema.text import LINE, NOTE
from schema.words import Outcome
from screens.dates import short
from screens.kollegium.live_picture import SIGNS
from screens.text import fitted, safe
from screens.widgets.choice_field import ChoiceField, Option
from screens.widgets.date_field import DateField

if TYPE_CHECKING:
    from at_tui.kollegium.holding import Owner
    from at_tui.kollegium.turns import Action

KEYS: tuple[tuple[str, Outcome], ...] = (
    ("1", Outcome.ON_TRACK),
    ("2", Outcome.TALK),
    ("3", Outcome.SUPPORT_PLAN),
    ("4", Outcome.THIN_EVIDENCE),
    ("å", Outcome.COME_BACK),
)
"""The key of each outcome."""
MOST_SHOWN = 3
"""Actions listed in a low window."""


class Panel(Vertical):
    """What is decided about the doctor on the page; the page saves what is typed in it."""

    DEFAULT_CSS = """
    Panel { dock: bottom; height: auto; border-top: solid $line; padding: 0 1; }
    Panel > Static { height: auto; }
    Panel > Horizontal { height: 1; }
    Panel .label { width: 9; color: $text-muted; }
    Panel .between { width: auto; padding: 0 1; color: $text-muted; }
    Panel #decision { width: 1fr; }
    Panel #what { width: 3fr; }
    Panel #who { width: 2fr; }
    Panel DateField { width: 12; }
    .-wide Panel DateField { width: 14; }
    """

    FIELDS: ClassVar[tuple[str, ...]] = ("decision", "what", "when")

    def compose(self) -> ComposeResult:
        """Lay out the lines."""
        yield Static(id="outcomes", markup=False)
        with Horizontal():
            yield Static(safe(text("kollegium_live.decision")), classes="label", markup=False)
            yield Input(compact=True, max_length=NOTE, id="decision", select_on_focus=False)
        with Horizontal():
            yield Static(safe(text("kollegium_live.action")), classes="label", markup=False)
            yield Input(compact=True, max_length=LINE, id="what", select_on_focus=False)
            yield Static(safe(text("kollegium_live.who")), classes="between", markup=False)
            yield ChoiceField((), title=text("kollegium_live.who_title"), optional=False, id="who")
            yield Static(safe(text("kollegium_live.when")), classes="between", markup=False)
            yield DateField(id="when")
        yield Static(id="agreed", markup=False)

    # What is typed

    @property
    def decision(self) -> Input:
        """The line of decision."""
        return self.query_one("#decision", Input)

    @property
    def what(self) -> Input:
        """What is to be done."""
        return self.query_one("#what", Input)

    @property
    def who(self) -> ChoiceField:
        """Who does it."""
        return self.query_one("#who", ChoiceField)

    @property
    def when(self) -> DateField:
        """By when."""
        return self.query_one(DateField)

    @property
    def typing(self) -> bool:
        """Whether one of its fields has the focus."""
        focused = self.screen.focused
        return focused is not None and focused in (self.decision, self.what, self.who, self.when)

    def half(self) -> dict[str, str]:
        """Return the action that is being typed; empty when it has not been begun."""
        what, when = self.what.value, self.when.value
        if not (what or when):
            return {}
        return {"what": what, "who": self.who.value, "when": when}

    # What is shown

    def fill(self, typed: str, half: dict[str, str], owners: Sequence[Owner]) -> None:
        """Show what is typed about a doctor, and who can be given an action."""
        # A line feed comes only from two laptops' words joined: one line shows both.
        _set(self.decision, " / ".join(typed.split("\n")))
        _set(self.what, half.get("what", ""))
        _set(self.when, half.get("when", ""))
        self.who.options = [Option(each.key, each.words) for each in owners]
        known = {each.key for each in owners}
        wanted = half.get("who", "")
        self.who.value = wanted if wanted in known else owners[0].key if owners else ""
        self.who.refresh()

    def show(self, outcome: Outcome | None, actions: Sequence[Action], names: Any) -> None:
        """Show the outcome and the actions; `names` returns an action's owner in words."""
        self.query_one("#outcomes", Static).update(_outcomes(outcome))
        self.query_one("#agreed", Static).update(self._agreed(actions, names))
        self.query_one("#agreed").display = bool(actions)

    def _agreed(self, actions: Sequence[Action], names: Any) -> Content:
        most = len(actions) if self.app.size.height >= 32 else MOST_SHOWN
        width = max(40, self.content_size.width or self.app.size.width - 2)
        lines = [_action(action, names(action), width) for action in actions[:most]]
        if len(actions) > most:
            more = text("kollegium_live.more_actions", count=len(actions) - most)
            lines.append(Content.styled(" " * 9 + more, "$text-muted"))
        return Content("\n").join(lines)


def _set(field: Input, value: str) -> None:
    if field.value != value:
        field.value = value
        field.cursor_position = len(value)


def _outcomes(chosen: Outcome | None) -> Content:
    parts: list[Content] = []
    for key, outcome in KEYS:
        sign, style = SIGNS[outcome]
        words = text(f"kollegium_live.outcome.{outcome}")
        if outcome is chosen:
            parts.append(Content.styled(f"▸{key} {sign} {words}", f"bold reverse {style}"))
        else:
            parts.append(Content.assemble(" ", (key, "bold $accent"), f" {words}"))
    return Content(" ").join(parts)


def _action(action: Action, owner: str, width: int) -> Content:
    day = text("kollegium.page.due", day=short(action.due, date.min)) if action.due else ""
    tail = Content.assemble("  ", safe(owner, "$text-muted"), "  ", safe(day, "$text-muted"))
    room = max(12, width - 11 - tail.cell_length)
    said = safe(action.text)
    if said.cell_length > room:
        said = fitted(said, room)
    return Content.assemble(" " * 9, ("○ ", "$warning"), said, tail)
