"""Which questions a kind of talk has."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from schema.fault import Fault

if TYPE_CHECKING:
    from schema.content.talk_guide import TalkGuide


def guide_for(kind: str) -> TalkGuide | None:
    """Return the guide in use for a kind of talk; None when no file has it."""
    from data import content

    found = cast("dict[str, TalkGuide]", content.load("talk"))
    return next((guide for _, guide in sorted(found.items()) if kind in guide.talks), None)


def guide_of(kind: str, version: str) -> TalkGuide | None:
    """Return the guide that a talk was held by, else the one now in use."""
    from data import content

    now = guide_for(kind)
    if now is None or not version or version == now.version:
        return now
    try:
        return cast("TalkGuide", content.one("talk", now.id, version))
    except Fault:
        return now
