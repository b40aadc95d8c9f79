"""The programmes in use: found by the name that a training keeps, joined with what they extend."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from at_tui.beginnings import LAW
from data import content
from schema.fault import Fault
from schema.words import Kind

if TYPE_CHECKING:
    from schema.content.programme import Programme


@dataclass(frozen=True, slots=True)
class Choice:
    """A programme that a training can follow: one for each hospital where they differ."""

    id: str
    title: str
    region: str
    version: str
    valid_to: str
    """Last day of its validity as ISO 8601; empty when it has none."""
    requirements: int
    training: Kind
    """What training it is for."""
    own: bool
    """The user's own file, which goes before a shipped one of the same name."""


def programme(id: str, version: str | None = None, *, folder: Path | None = None) -> Programme:
    """Return the programme `id`, e.g. `varmland` or `orebro-uso`, joined with what it extends.

    Reads only the files that are needed. An empty version is the one in use.

    Raises:
        Fault: `programme.unknown` when there is none of that name and version, or what joining
            raises: `programme.unknown_parent`, `programme.circle` and the like.
    """
    from schema.content.programme import resolve  # pydantic, 0.1 s: only who judges pays it

    found, variant = _file(id, version or None, folder)
    others: dict[str, Programme] = {found.id: found}
    parent = found.extends
    while parent is not None and parent not in others:
        above = _one(parent, None, folder)
        if above is None:
            break  # resolve says which is missing
        others[parent] = above
        parent = above.extends
    return resolve(found, others, variant)


def choices(folder: Path | None = None) -> list[Choice]:
    """Return every programme that a training can follow, the law first, then by title.

    A user's own file that cannot be joined (its parent is missing) is left out.
    """
    from schema.content.programme import resolve, variant_ids
    from schema.text import sort_key

    files = cast("dict[str, Programme]", content.load("programme", folder))
    own = {head.id for head in content.heads("programme", folder) if head.own}
    found: list[Choice] = []
    for file in files.values():
        for name, variant in variant_ids(file):
            try:
                joined = resolve(file, files, variant)
            except Fault:
                continue
            valid_to = joined.valid_to.isoformat() if joined.valid_to else ""
            found.append(
                Choice(
                    name,
                    joined.title,
                    joined.region,
                    joined.version,
                    valid_to,
                    len(joined.requirements),
                    joined.training,
                    file.id in own,
                )
            )
    law = {id: place for place, id in enumerate(LAW.values())}
    return sorted(found, key=lambda c: (law.get(c.id, len(law)), sort_key(c.title), c.id))


def _file(id: str, version: str | None, folder: Path | None) -> tuple[Programme, str | None]:
    """Return the file that holds `id`, and the variant that the rest of the name means."""
    whole = _one(id, version, folder)
    if whole is not None:
        return whole, None
    name = id
    while "-" in name:
        name = name.rpartition("-")[0]
        found = _one(name, version, folder)
        if found is not None:
            return found, id[len(name) + 1 :]
    raise Fault("programme.unknown", exit_code=2, value=id)


def _one(id: str, version: str | None, folder: Path | None) -> Programme | None:
    try:
        return cast("Programme", content.one("programme", id, version, folder=folder))
    except Fault as fault:
        if fault.code != "content.not_found":
            raise
        return None
