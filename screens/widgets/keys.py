"""Bindings made from the catalogue: one word gives the name, the explanation and the id."""

from __future__ import annotations

from textual.binding import Binding

from at_tui.language import has, text


def bind(
    key: str, action: str, words: str, *, show: bool = True, priority: bool = False, as_: str = ""
) -> Binding:
    """Return a binding that users can move in their settings.

    Args:
        key: Keys as Textual writes them, with commas between.
        action: What they do.
        words: `area.name`; the catalogue has `area.key.name` for the line of keys and
            `area.tip.name` for the help. It is also the binding's id in the settings.
        show: Whether it stands in the line of keys (it always stands in the help).
        priority: Whether it goes before what has the focus.
        as_: How the key is written, when not by its name.
    """
    area, _, name = words.partition(".")
    tip = f"{area}.tip.{name}"
    return Binding(
        key,
        action,
        text(f"{area}.key.{name}"),
        show=show,
        priority=priority,
        key_display=as_ or None,
        tooltip=text(tip) if has(tip) else "",
        id=words,
    )
