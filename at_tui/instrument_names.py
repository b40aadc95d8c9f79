"""What instruments are called in a line of a list, without reading them."""

from __future__ import annotations

from functools import cache


@cache
def _names() -> dict[str, str]:
    from data.content import heads

    return {head.id: head.short_title or head.title for head in heads("instrument")}


def short_name(instrument_id: str) -> str:
    """Return e.g. `mini-CEX`; the id itself when the instrument is not known here."""
    return _names().get(instrument_id, instrument_id)


def forget() -> None:
    """Forget the names, so that changed content files are read again."""
    _names.cache_clear()
