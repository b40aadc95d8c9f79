"""The frame of every page: title line, rule, body, and one line of keys.

class GoalsPage(Page):
    AREA = "goals"                      # catalogue file: goals.title, goals.help

    def body(self) -> ComposeResult:
        yield ...
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from at_tui.language import has, text
from screens.dates import clock
from screens.desk import Desk, desk
from screens.text import safe
from screens.widgets.keyline import KeyLine
from screens.widgets.keys import bind
from screens.widgets.steady import Steady

if TYPE_CHECKING:
    from data.store import Store

R = TypeVar("R")


class TitleLine(Static):
    """Title at the left, where and when at the right, and a rule under both."""

    DEFAULT_CSS = """
    TitleLine {
        height: 2; padding: 0 1; width: 100%;
        border-bottom: solid $line;
    }
    """

    def __init__(self) -> None:
        super().__init__(markup=False)
        self.left, self.right = Content(""), Content("")

    def show(self, left: Content, right: Content) -> None:
        """Show a title."""
        self.left, self.right = left, right
        self.refresh()

    def render(self) -> Content:
        """Return the line, the title cut first when there is no room for both."""
        width = self.content_size.width
        right = self.right
        room = max(0, width - right.cell_length - (2 if right.plain else 0))
        left = self.left.truncate(room, ellipsis=True)
        return Content.assemble(
            left, " " * max(0, width - left.cell_length - right.cell_length), right
        )


class Page(Steady[R]):
    """A page of the programme.

    Subclasses give `AREA` (the catalogue of their words) and `body()`. `<area>.help` is shown by
    `?` together with the keys.
    """

    AREA: ClassVar[str] = "app"
    BINDINGS: ClassVar[list[Any]] = [
        bind("escape", "back", "app.back"),
        bind("question_mark,f1", "help", "app.help", as_="?"),
    ]

    def compose(self) -> ComposeResult:
        """Lay out the frame around `body()`."""
        self._fit()
        yield TitleLine()
        with Vertical(id="body"):
            yield from self.body()
        yield KeyLine()

    def body(self) -> ComposeResult:
        """Yield the widgets between the rule and the keys."""
        yield from ()

    def _fit(self) -> None:
        """Take the classes of the window's size on now, and at once: given after the widgets are
        there, they make every one of them look for its styles anew."""
        size = self.app.size
        breakpoints = [(size.width, self.app.HORIZONTAL_BREAKPOINTS or ()),
                       (size.height, self.app.VERTICAL_BREAKPOINTS or ())]  # fmt: skip
        self.add_class(*(name for room, steps in breakpoints for least, name in steps
                         if room >= least))  # fmt: skip

    # What the page stands on

    @property
    def desk(self) -> Desk:
        """The application, as far as pages know it."""
        return desk(self.app)

    @property
    def store(self) -> Store:
        """The open records."""
        return self.desk.store

    @property
    def author(self) -> str:
        """Id of the person at the keyboard."""
        return self.desk.author

    @property
    def today(self) -> date:
        """The day it is."""
        return self.desk.today

    # What it shows of itself

    def set_title(self, left: str | Content, right: str | Content = "") -> None:
        """Show `left` as the page's title and `right` at the other end of the line."""
        title = left if isinstance(left, Content) else safe(left, "bold")
        other = right if isinstance(right, Content) else safe(right, "$text-muted")
        self.query_one(TitleLine).show(title, other)

    def saved(self, at: datetime | None = None) -> None:
        """Show that what is on the page is saved; call after the unit of work has ended."""
        words = text("app.saved", time=clock(at or self.desk.now()))
        self.note(Content.styled(words, "$success"))

    def note(self, words: str | Content) -> None:
        """Show a few words at the right end of the keys: a state, a count, a warning."""
        self.query_one(KeyLine).note(words if isinstance(words, Content) else safe(words))

    def help_text(self) -> str:
        """Return what `?` says about the page."""
        return text(f"{self.AREA}.help") if has(f"{self.AREA}.help") else ""

    def record_of_focus(self) -> str:
        """Return the id of the saved record that the page is about, whose life F8 shows; empty
        when there is none."""
        return ""

    # Actions

    def action_help(self) -> None:
        """Show the keys and what the page is for."""
        from screens.help import Help

        self.app.push_screen(Help.of(self))

    def action_back(self) -> None:
        """Go back to the page before."""
        if len(self.app.screen_stack) > 1:
            self.dismiss()


class Dialog(ModalScreen[R], Steady[R]):
    """A frame in the middle of the page with one question or one form.

    Subclasses yield their widgets in `body()` and end with `dismiss(result)`.
    """

    DEFAULT_CSS = """
    Dialog > #frame {
        width: 64; max-width: 100%; height: auto; max-height: 100%;
        background: $surface; border: round $line; border-title-color: $accent;
        border-title-style: bold; padding: 1 2 0 2;
    }
    Dialog > #frame > KeyLine { background: $surface; padding: 0; margin-top: 1; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        bind("escape", "cancel", "app.close"),
    ]

    def __init__(self, title: str = "") -> None:
        super().__init__()
        self._title = title

    def compose(self) -> ComposeResult:
        """Lay out the frame around `body()`."""
        with Vertical(id="frame") as frame:
            frame.border_title = safe(self._title)
            yield from self.body()
            yield KeyLine()

    def body(self) -> ComposeResult:
        """Yield the widgets of the dialog."""
        yield from ()

    @property
    def desk(self) -> Desk:
        """The application, as far as dialogs know it."""
        return desk(self.app)

    def action_cancel(self) -> None:
        """Close without a result."""
        self.dismiss(None)
