"""What a new record begins with: the programmes to choose from, and how long their block is."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from schema.fault import Fault
from schema.words import Kind

if TYPE_CHECKING:
    from schema.content.programme import Programme

NATIONAL = "nationell"
"""The plan that holds the law on AT alone; every other plan for AT extends it."""
LAW = {Kind.AT: NATIONAL, Kind.BT: "bt-nationell"}
"""The plan that holds the law alone, by what the training is."""
LAW_MONTHS = {Kind.AT: 18, Kind.BT: 12}
"""Length of the block where the plan names none: AT 18 months by law (at-rules 2.1); BT at least
6 by law, 12 as a rule (2.6)."""
CURRICULA = {Kind.AT: "at-sosfs-1999-5", Kind.BT: "bt-hslf-fs-2021-8"}


def programme_names(kind: Kind | None = None) -> list[tuple[str, str]]:
    """Return (id, title) of the programmes in use, those that hold the law alone first.

    A plan that differs between hospitals is one of its variants: `orebro-uso`, never `orebro`.

    Args:
        kind: Only programmes for such a training.
    """
    from data.content import heads

    found: list[tuple[str, str]] = []
    for head in heads("programme"):
        if kind is not None and kind_of(head.path) != kind:
            continue
        variants = _variants(head.path)
        found += [(f"{head.id}-{id}", title) for id, title in variants] or [(head.id, head.title)]
    law = {id: place for place, id in enumerate(LAW.values())}
    return sorted(found, key=lambda pair: (law.get(pair[0], len(law)), pair[1]))


def kind_of(path: Path) -> Kind:
    """Return what training a programme's file is for. Without its model, like `_variants`."""
    head, _, _ = path.read_text(encoding="utf-8").partition("\n[[")
    return Kind.BT if re.search(r'^training\s*=\s*"BT"', head, re.MULTILINE) else Kind.AT


def programme_for(kind: Kind, usual: str) -> str:
    """Return the programme to propose for a training: the usual one, or that of the same region
    for the other kind (`dalarna`, `bt-dalarna`), else the law alone."""
    offered = [id for id, _ in programme_names(kind)]
    bare = usual.removeprefix("bt-")
    return next((id for id in (usual, f"bt-{bare}", bare) if id in offered), LAW[kind])


def _variants(path: Path) -> list[tuple[str, str]]:
    """Return (id, title) of a plan's variants. Without its model: pydantic takes 0.1 s, and most
    plans need not even be parsed."""
    head, _, _ = path.read_text(encoding="utf-8").partition("\n[[requirements]]")
    if "[[variants]]" not in head:
        return []
    return [(variant["id"], variant["title"]) for variant in tomllib.loads(head)["variants"]]


def block_months(programme_id: str, kind: Kind = Kind.AT) -> int:
    """Return the months of the whole block that a programme asks for, else the law's."""
    from at_tui.programmes import programme

    try:
        plan: Programme = programme(programme_id)
    except Fault:
        return LAW_MONTHS[kind]
    whole = [
        requirement.at_least
        for requirement in plan.requirements
        if requirement.kind == "duration"
        and requirement.unit == "months"
        and not requirement.sections
        and not requirement.elective
        and requirement.at_least
    ]
    return max([LAW_MONTHS[kind], *(round(months) for months in whole)])


def versions(programme_id: str, kind: Kind) -> tuple[str, str, str]:
    """Return the programme's version, the curriculum's id and its version, as in use today."""
    from data.content import heads

    programmes = {
        name: head.version
        for head in heads("programme")
        for name in [head.id, *(f"{head.id}-{id}" for id, _ in _variants(head.path))]
    }
    curricula = {head.id: head.version for head in heads("curriculum")}
    curriculum = CURRICULA[kind]
    return programmes.get(programme_id, ""), curriculum, curricula.get(curriculum, "")
