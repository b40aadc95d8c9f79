from textual.app import App, ComposeResult
from textual.widgets import Label


class TenLines(App[None]):
    def compose(self) -> ComposeResult:
        yield Label("ten lines")


TenLines().run()
