"""A form of as many widgets as that of a session (39), as Textual alone opens it: the baseline for
how long a page takes. S opens it, Escape closes it."""

from textual.app import App, ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.screen import Screen
from textual.widgets import Footer, Input, OptionList, Static, TextArea


class Form(Screen[None]):
    """Six fields, a box for text, and the words around them."""

    BINDINGS = [("escape", "app.pop_screen", "Back")]
    CSS = """
    Horizontal { height: 1; }
    Input { width: 20; height: 1; border: none; }
    TextArea { height: 6; border: none; }
    .label { width: 12; }
    .beside { width: 16; }
    """

    def compose(self) -> ComposeResult:
        """Lay out the form."""
        yield Static("A session")
        with VerticalScroll():
            for line in range(6):
                with Horizontal():
                    yield Static(f"Field {line}", classes="label")
                    yield Input(f"Value {line}")
                    yield Static("beside it", classes="beside")
            yield TextArea("What was said")
            for line in range(8):
                yield Static(f"A line of words, number {line}")
        yield Footer()


class Plain(App[None]):
    """A list to come from."""

    BINDINGS = [("s", "form", "Form")]

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        yield OptionList(*(f"Row {line}" for line in range(36)))

    def action_form(self) -> None:
        """Open the form."""
        self.push_screen(Form())


if __name__ == "__main__":
    Plain().run()
