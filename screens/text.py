"""Text on its way to the screen: cleaned, and never read as markup.

Textual's widgets parse `[markup]` in plain strings, crash on an unbalanced tag, and hand escape
sequences on to the terminal. Whatever comes from a record, a file or a keyboard is therefore
shown through this module only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from at_tui.language import text
from schema.text import clean

if TYPE_CHECKING:
    from rich.text import Text

MORE = "…"


def safe(value: object, style: str = "") -> Content:
    """Return `value` as one line for a label, a list or a title.

    `style` is Textual's own style text, e.g. `"bold $accent"`.
    """
    return Content.styled(clean(str(value), one_line=True), style)


def safe_note(value: object, style: str = "") -> Content:
    """Return `value` as text of several lines."""
    return Content.styled(clean(str(value)), style)


def said(key: str, style: str = "", /, **values: object) -> Content:
    """Return a sentence of the catalogue, with values from outside, for a widget."""
    return safe_note(text(key, **values), style)


def cell(value: object, style: str = "") -> Text:
    """Return `value` for a cell of Textual's DataTable, which only takes rich's Text."""
    from rich.text import Text as RichText

    return RichText(clean(str(value), one_line=True), style=style, no_wrap=True, end="")


def fit(value: object, width: int, *, right: bool = False) -> str:
    """Return `value` as exactly `width` cells, cut with an ellipsis or padded with spaces."""
    line = clean(str(value), one_line=True)
    room = cell_len(line)
    if room > width:
        line = set_cell_size(line, max(0, width - 1)).rstrip() + MORE if width > 0 else ""
        room = cell_len(line)
    return " " * (width - room) + line if right else line + " " * (width - room)


def fitted(content: Content, width: int, *, right: bool = False) -> Content:
    """Return `content` as exactly `width` cells, its styles kept."""
    room = content.cell_length
    if room > width:
        content = content.truncate(width, ellipsis=True)
        room = content.cell_length
    return content.pad_left(width - room) if right else content.pad_right(width - room)


def beside(*parts: Content | str, gap: int = 1) -> Content:
    """Return the parts that are not empty on one line, `gap` spaces between them."""
    return Content(" " * gap).join([part for part in parts if part])
