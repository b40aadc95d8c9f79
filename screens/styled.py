"""What the application looks like: its colours, and the style sheets with their pages."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from textual.compose import compose
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widget import Widget

from at_tui.language import text
from schema.fault import Fault
from screens.keeping import Keeping
from screens.sheet import Sheet
from screens.theme import CONTRAST, DARK, PALETTES, next_theme, theme

FORMS_CSS = Path(__file__).with_name("forms.tcss")
PAGES_CSS = tuple(
    Path(__file__).with_name(f"{name}.tcss")
    for name in ("assessment", "certificate", "goals", "import_group", "session")
)
"""Sheets of the pages that are opened every day. Textual would read each when its page is first
opened, and parse all the others anew with it (40 ms)."""


BETWEEN = 0.01
"""Seconds between two sheets that are read while nobody waits."""


def _kinds(kind: type[Widget]) -> Iterator[type[Widget]]:
    yield kind
    for one in kind.__subclasses__():
        yield from _kinds(one)


def _laid_out(widget: Widget) -> Iterator[Widget]:
    """Yield a widget that stands nowhere, and all that it consists of."""
    yield widget
    for part in [*widget._pending_children, *compose(widget)]:
        part._attach(widget)
        yield from _laid_out(part)


class Styled(Keeping):
    """The part of the application that knows its colours and its style sheets."""

    _pointer_told = "default"

    def dress(self, theme_name: str) -> None:
        """Take on the colours, as the application is made.

        Args:
            theme_name: One of the themes of `screens/theme.py`; anything else is the dark one.
        """
        for name in PALETTES:
            self.register_theme(theme(name))
        # NO_COLOR turns every colour into a grey: only the high contrast stays readable then.
        colourless = "NO_COLOR" in os.environ
        self.theme = CONTRAST if colourless else theme_name if theme_name in PALETTES else DARK
        # The sheet is parsed once, with the colours of the theme.
        self._parsed_with = self.get_css_variables()
        self.stylesheet = Sheet(variables=self._parsed_with)
        # No widget has a tip for the mouse: each page would carry one widget more for it.
        self._disable_tooltips = True

    def read_sheets(self) -> None:
        """Read the sheets of the pages that are opened every day, while nobody waits."""
        forms = not self.stylesheet.has_source(str(FORMS_CSS))
        self.stylesheet.read_all(
            [path for path in (FORMS_CSS, *PAGES_CSS) if not self.stylesheet.has_source(str(path))]
        )
        self.stylesheet.parse()  # of what is new: the colours are the same
        if forms:
            self.stylesheet.update(self)

    def action_next_theme(self) -> None:
        """Change to the next theme, and keep it for next time."""
        from at_tui import settings

        self.theme = next_theme(self.theme)
        self.say(text(f"app.theme.{self.theme}"))
        with contextlib.suppress(Fault):
            settings.save({"theme": self.theme})

    async def read_widgets(self) -> None:
        """Read the sheets of all widgets whose modules are loaded, a few milliseconds at a time:
        Textual would read each when one of its kind first stands on a page (20 ms for a form)."""
        for kind in _kinds(Widget):
            known = len(self.stylesheet.source)
            for at, css, tie_breaker, scope in kind.__new__(kind)._get_default_css():
                self.stylesheet.add_source(css, at, True, tie_breaker, scope)
            if len(self.stylesheet.source) > known:
                self.stylesheet.parse()
                await asyncio.sleep(BETWEEN)

    async def style_ahead(self, page: Screen[Any]) -> None:
        """Find out how the widgets of a page look that nobody has opened yet, one at a time: the
        first to open one in its place then finds it known (half a millisecond a widget)."""
        page._attach(self)
        # All of it at once: the records that it reads may be closed at the next turn.
        with contextlib.suppress(Fault):  # said where the page is opened
            for widget in list(_laid_out(page)):
                self.stylesheet.apply(widget)
                await asyncio.sleep(0)

    def update_styles(self, node: DOMNode, animate: bool = True) -> None:
        """Style a widget anew whose classes or states have changed; one that stands on no page yet
        will be styled when it does. Textual's field asks for it while it is being made: an eighth
        of the time that a form takes to open."""
        if node is self or node.is_attached:
            super().update_styles(node, animate=animate)

    def _set_pointer_shape(self, shape: str) -> None:
        """Tell the terminal the pointer's shape when it is another: Textual tells it for every
        page that is made, those too that nobody has opened."""
        if shape != self._pointer_told:
            self._pointer_told = shape
            super()._set_pointer_shape(shape)

    def refresh_css(self, animate: bool = True) -> None:
        """Parse the style sheet anew when the colours are others than it was parsed with: Textual
        asks for it several times before the first frame, 10 to 30 ms each."""
        variables = self.get_css_variables()
        if variables != self._parsed_with:
            self._parsed_with = variables
            super().refresh_css(animate)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give Textual's own themes the two colours that only ours have."""
        palette = PALETTES[DARK]
        return {"line": palette.line, "cursor": palette.cursor}
