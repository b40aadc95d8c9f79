"""Versions of content files: numbers with dots. Imports nothing, for lists read them at start."""

from __future__ import annotations


def version_key(version: str) -> tuple[int, ...]:
    """Return `version` as numbers, for ordering: 1 < 1.1 < 1.2 < 2 < 10."""
    return tuple(int(part) for part in version.split("."))


def next_version(version: str) -> str:
    """Return the version that a user's own file takes after `version`.

    Whole numbers are for shipped files, so one's own are 1.1, 1.2 … after 1.
    """
    parts = version_key(version)
    if len(parts) == 1:
        return f"{parts[0]}.1"
    return ".".join(str(part) for part in (*parts[:-1], parts[-1] + 1))
