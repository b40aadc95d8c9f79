"""What the digits mean: the question and its levels, set under each other with a hanging indent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from at_tui.language import text
from screens.text import safe

if TYPE_CHECKING:
    from schema.content.instrument_parts import Scale

GAP = 2


class Legend(Widget):
    """The question of a scale and its levels on as few lines as there is room for.

    A scale read in two steps shows its groups; the single levels stand in the help.
    """

    DEFAULT_CSS = "Legend { height: auto; margin-top: 1; }"
    ALLOW_SELECT = False

    def __init__(self, scale: Scale, *, not_observed: bool) -> None:
        super().__init__(classes="legend")
        self._scale, self._not_observed = scale, not_observed

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the lines that the levels need."""
        return len(self._lines(width))

    def render(self) -> Content:
        """Return the question and the levels."""
        return Content("\n").join(self._lines(self.content_size.width))

    def _entries(self) -> list[Content]:
        bands = list(dict.fromkeys(level.band for level in self._scale.levels if level.band))
        if bands:
            found = [safe(band) for band in bands]
        else:
            found = [
                Content.assemble((str(level.value), "bold $accent"), " ", safe(level.label))
                for level in self._scale.levels
            ]
        if self._not_observed:
            words = safe(text("assessment.not_observed"), "$text-muted")
            found.append(Content.assemble(("-", "bold $accent"), " ", words))
        return found

    def _lines(self, width: int) -> list[Content]:
        question = safe(self._scale.question, "$text-muted")
        entries = self._entries()
        indent = question.cell_length + GAP
        if indent + max(entry.cell_length for entry in entries) > width:
            lines, indent = [question, Content("  ")], 2
        else:
            lines = [Content.assemble(question, " " * GAP)]
        fresh = True
        for entry in entries:
            if not fresh and lines[-1].cell_length + GAP + entry.cell_length > width:
                lines.append(Content(" " * indent))
                fresh = True
            lines[-1] = Content.assemble(lines[-1], "" if fresh else " " * GAP, entry)
            fresh = False
        return lines
