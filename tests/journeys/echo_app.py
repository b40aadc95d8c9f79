"""A small programme for the terminal's own tests: says hello, echoes keys and size, and quits."""

from __future__ import annotations

import sys

from textual import events
from textual.app import App, ComposeResult
from textual.widgets import Input, Label


class EchoApp(App[int]):
    """Shows the last key, the window's size, and what was entered."""

    BINDINGS = [("f9", "leave(7)", "leave")]

    def compose(self) -> ComposeResult:
        yield Label("Hej, åäö é ü", id="hello")
        yield Input(id="name")
        yield Label("key none", id="key")
        yield Label("size none", id="size")
        yield Label("entered none", id="entered")

    def on_resize(self, event: events.Resize) -> None:
        self.query_one("#size", Label).update(f"size {event.size.width}x{event.size.height}")

    async def on_event(self, event: events.Event) -> None:
        # Before any widget or binding takes it: the test asks what arrived, not what it did.
        if isinstance(event, events.Key):
            self.query_one("#key", Label).update(f"key {event.key}")
        await super().on_event(event)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self.query_one("#entered", Label).update(
            f"entered {event.value}",
        )

    def action_leave(self, code: int) -> None:
        self.exit(code)


if __name__ == "__main__":
    sys.exit(EchoApp().run())
