"""Status as a symbol and a word: colour only adds."""

from __future__ import annotations

from enum import Enum

from textual.content import Content

from at_tui.language import text


class Status(Enum):
    """What a status is, with its symbol and colour. Its word: `app.status.<name>`."""

    MET = ("✓", "$success")
    ON_TRACK = ("✓", "$success")
    SOON = ("~", "$warning")
    LATE = ("!", "$error")
    MISSING = ("✗", "$error")
    NONE = ("–", "$text-muted")
    UNKNOWN = ("?", "$warning")
    DRAFT = ("○", "$warning")
    SIGNED = ("●", "$success")
    CORRECTED = ("◐", "$text-muted")
    VOIDED = ("✗", "$text-muted")

    def __new__(cls, symbol: str, style: str) -> Status:
        """Keep members with the same look apart (enums join equal values otherwise)."""
        member = object.__new__(cls)
        member._value_ = len(cls.__members__)
        return member

    def __init__(self, symbol: str, style: str) -> None:
        self.symbol = symbol
        self.style = style

    @property
    def word(self) -> str:
        """The status in words."""
        return text(f"app.status.{self.name.lower()}")


def status(of: Status, words: str = "") -> Content:
    """Return the symbol and the word (or `words` of the caller's) of a status."""
    return Content.assemble((of.symbol, of.style), " ", words or of.word)
