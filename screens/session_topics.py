"""The questions behind the topics' letters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from at_tui.language import text
from screens.text import safe
from screens.widgets.keys import bind
from screens.widgets.page import Dialog

if TYPE_CHECKING:
    from collections.abc import Collection

    from schema.content.prompts import Prompt, PromptSet


class Topics(Dialog[None]):
    """What to ask, topic by topic; those chosen come first.

    Args:
        prompts: The topics.
        chosen: Letters that are chosen.
    """

    DEFAULT_CSS = """
    Topics > #frame { width: 78; }
    Topics VerticalScroll { height: auto; max-height: 17; }
    Topics Static { height: auto; }
    Topics #source { color: $text-muted; margin-top: 1; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        bind("question_mark,f1", "cancel", "app.close", show=False),
    ]

    def __init__(self, prompts: PromptSet, chosen: Collection[str]) -> None:
        super().__init__(text("session.topics_title"))
        self._prompts, self._chosen = prompts, chosen

    def body(self) -> ComposeResult:
        """Lay out the questions."""
        prompts = sorted(self._prompts.prompts, key=lambda p: p.letter not in self._chosen)
        with VerticalScroll():
            yield Static(Content("\n\n").join(map(_questions, prompts)), markup=False)
        yield Static(
            safe(text("session.topics_source", source=self._prompts.source)),
            id="source",
            markup=False,
        )

    def on_mount(self) -> None:
        """Let the arrows scroll."""
        self.query_one(VerticalScroll).focus()


def _questions(prompt: Prompt) -> Content:
    lines = [Content.assemble((prompt.letter, "bold $accent"), "  ", safe(prompt.label, "bold"))]
    lines += [Content.assemble("   ", safe(question)) for question in prompt.questions]
    lines += [Content.assemble("   › ", safe(tip)).stylize("$text-muted") for tip in prompt.tips]
    return Content("\n").join(lines)
