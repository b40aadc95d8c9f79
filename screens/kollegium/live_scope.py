"""Whom a meeting can take up: everyone, those to discuss, a start group, a section, a unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from at_tui.language import text
from schema.text import sort_key
from schema.words import Outcome
from screens.widgets.choice_field import Option

if TYPE_CHECKING:
    from at_tui.kollegium.holding import Room


def choices(room: Room) -> list[Option]:
    """Return the groups that there is somebody in, with how many."""
    kinds: dict[str, dict[str, str]] = {"start": {}, "section": {}, "unit": {}}
    for case in room.cases.values():
        group, stay = case.binder.trainee.start_group, case.placement
        if group:
            kinds["start"][group] = group
        if stay is not None:
            kinds["section"][stay.section] = text(f"word.section.{stay.section}")
            kinds["unit"][stay.unit_id or ""] = _unit(room, stay.unit_id or "")
    options = [
        Option(key, text(f"kollegium_live.scope.{key}"), _count(room, key))
        for key in ("all", "discuss")
    ]
    for kind, found in kinds.items():
        for value, words in sorted(found.items(), key=lambda pair: sort_key(pair[1])):
            if words:
                key = f"{kind}:{value}"
                options.append(Option(key, words, _count(room, key)))
    return options


def scope(room: Room, key: str) -> set[str]:
    """Return the training ids of a group, by its option's value."""
    kind, _, value = key.partition(":")
    found = set()
    for id, case in room.cases.items():
        stay = case.placement
        there = {
            "all": True,
            "discuss": room.group(id) is not Outcome.ON_TRACK,
            "start": case.binder.trainee.start_group == value,
            "section": stay is not None and stay.section == value,
            "unit": stay is not None and stay.unit_id == value,
        }
        if there[kind]:
            found.add(id)
    return found


def _count(room: Room, key: str) -> str:
    return text("kollegium_live.doctors", count=len(scope(room, key)))


def _unit(room: Room, unit_id: str) -> str:
    """Return a unit with its site: hospitals have clinics of the same name."""
    unit = room.shelf.units.get(unit_id)
    return ", ".join(filter(None, [unit.name, unit.site])) if unit else ""
