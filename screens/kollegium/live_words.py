"""A page for one long text: it keeps a draft until it is saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from at_tui.language import text
from screens.widgets.form import Field, Kind
from screens.widgets.form_page import FormPage


class WordsPage(FormPage[bool]):
    """One note, saved by `keep`; dismissed with True when it was saved.

    Args:
        title: Whose, or what it is about.
        label: Words before it.
        words: What stands there now.
        keep: Saves it; a Fault or Invalid that it raises is shown here.
        draft_key: Names the draft.
        hint: A muted line under it.
    """

    AREA = "kollegium_live"

    def __init__(
        self,
        title: str,
        label: str,
        words: str,
        keep: Callable[[str], object],
        *,
        draft_key: str,
        hint: str = "",
    ) -> None:
        super().__init__()
        self._page_title, self._label, self._words = title, label, words
        self._keep, self._hint = keep, hint
        self.draft_key = draft_key

    def fields(self) -> Sequence[Field]:
        """Ask for the words."""
        return [Field("words", self._label, Kind.NOTE, lines=12, hint=self._hint)]

    def values(self) -> Mapping[str, Any]:
        """Begin with what stands there."""
        return {"words": self._words}

    def on_mount(self) -> None:
        """Say what it is about."""
        super().on_mount()
        self.set_title(self._page_title)

    def help_text(self) -> str:
        """Return how it is saved."""
        return text("kollegium_live.words_help")

    def save(self, values: dict[str, Any]) -> bool:
        """Save it."""
        self._keep(values["words"])
        return True
