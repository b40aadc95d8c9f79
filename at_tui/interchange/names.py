"""The programmes and the målbeskrivning that a file may mean, by the names they go under."""

from __future__ import annotations

from functools import cache

from at_tui.interchange.columns import plain
from schema.words import Kind


def curriculum_in_use(kind: Kind) -> tuple[str, str]:
    """Return id and version of the målbeskrivning in use for a kind of training."""
    from at_tui.content_in_use import curriculum_for  # pydantic, 0.1 s

    found = curriculum_for("", "", str(kind))
    return (found.id, found.version) if found else ("", "")


def programme_names(kind: Kind) -> dict[str, tuple[str, str]]:
    """Return id and version of every programme for such a training, by each plain name that it
    goes under."""
    from at_tui.programmes import choices  # pydantic, 0.1 s

    names: dict[str, tuple[str, str]] = {}
    regions: dict[str, list[tuple[str, str]]] = {}
    for choice in choices():
        if choice.training != kind:
            continue
        found = (choice.id, choice.version)
        names[plain(choice.id)] = found
        names.setdefault(plain(choice.title), found)
        regions.setdefault(plain(choice.region).removeprefix("region"), []).append(found)
    for region, plans in regions.items():
        # A region with several plans must be asked for by the plan's own name.
        if len(plans) == 1:
            names.setdefault(region, plans[0])
    return names


def usual_programme(kind: Kind, usual: str) -> tuple[str, str]:
    """Return id and title of the programme that a new training begins with when a file names
    none: that of the office (`usual`), else the law alone."""
    from at_tui import beginnings

    found = beginnings.programme_for(kind, usual)
    return found, dict(beginnings.programme_names(kind)).get(found, found)


@cache
def block_of(programme: str, kind: Kind) -> int:
    """Return the months of a block when a file does not say: the plan's, else the law's."""
    from at_tui.beginnings import block_months  # pydantic, 0.1 s

    return block_months(programme, kind)
