"""A form of two fields, for the terminal's own tests."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Input


class TwoFieldsApp(App[None]):
    """Nothing but two fields."""

    def compose(self) -> ComposeResult:
        yield Input(placeholder="first")
        yield Input(placeholder="second")


if __name__ == "__main__":
    TwoFieldsApp().run()
