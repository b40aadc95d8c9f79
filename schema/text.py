"""Text as it may be kept and shown: one cleaner, one Swedish sort key.

Both are used on the way in and on the way out (see `schema/columns.py`), and by everything that
reads text from outside: imports, content files, the command line.
"""

from __future__ import annotations

import re
import unicodedata

LINE = 200
"""Longest single line kept, in characters (names, units, titles)."""
NOTE = 20_000
"""Longest free text kept, in characters."""

# Controls but newline and tab, bidi controls, zero-width and invisible characters, surrogates,
# non-characters, tags. Escape sequences lose their ESC here and become harmless text.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\ud800-\udfff"
    "\U000e0000-\U000e0fff]"
)


def clean(text: str, *, one_line: bool = False) -> str:
    """Return `text` as NFC without control, bidi, zero-width or invisible characters.

    With `one_line`, runs of white space become one space and the ends are trimmed; otherwise
    line ends become `\\n` and trailing space goes. Length is the caller's to check.
    """
    if text.isascii() and text.isprintable():
        # Ids, codes and most words have nothing to clean; ten thousands of them are read at once.
        return " ".join(text.split()) if one_line else text.rstrip()
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = unicodedata.normalize("NFC", _UNSAFE.sub("", text))
    if one_line:
        return " ".join(text.split())
    return "\n".join(line.rstrip() for line in text.expandtabs(4).split("\n")).rstrip()


_SWEDISH = {
    "å": "z\ue001", "ä": "z\ue002", "æ": "z\ue002", "ö": "z\ue003", "ø": "z\ue003",
    "ü": "y", "ð": "d", "þ": "th", "ß": "ss", "ł": "l", "đ": "d",
}  # fmt: skip


def sort_key(text: str) -> str:
    """Return a key that sorts and searches as Swedish readers expect on every engine.

    å ä ö come after z in that order, case is ignored, other accents are dropped (é sorts as e)
    and punctuation counts as space.
    """
    out: list[str] = []
    for character in unicodedata.normalize("NFC", text.casefold()):
        if character in _SWEDISH:
            out.append(_SWEDISH[character])
            continue
        plain = unicodedata.normalize("NFKD", character)
        out.append("".join(c for c in plain if not unicodedata.combining(c)))
    key = "".join(c if c.isalnum() or c in "\ue001\ue002\ue003" else " " for c in "".join(out))
    # Cleaned like any kept line: taking accents off can leave signs that the store would join.
    return clean(key, one_line=True)
