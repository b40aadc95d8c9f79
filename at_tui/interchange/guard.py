"""Text that a spreadsheet must not compute: what begins like a formula is kept as text.

A cell that begins with one of these signs is run as a formula when a CSV file is opened, and a
formula can fetch, send and start things (OWASP: CSV injection).
"""

from __future__ import annotations

SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""The full-width forms count too: some spreadsheets read them as the others."""
GUARD = "'"
"""A spreadsheet's own sign for "this is text"."""


def starts_formula(text: str) -> bool:
    """Return whether a spreadsheet may take `text` for a formula; leading spaces do not hide it."""
    return text.startswith(SIGNS) or text.lstrip().startswith(SIGNS)


def guarded(text: str) -> str:
    """Return `text` so that a CSV cell of it is text everywhere."""
    return GUARD + text if starts_formula(text) else text
