"""What to say of a place that readable personal data is written to."""

from __future__ import annotations

from pathlib import Path

from at_tui.language import text
from data.whereabouts import refuse_unsafe
from schema.fault import Fault


def warnings(path: Path) -> list[str]:
    """Return what whoever writes a readable file to `path` should know, in sentences."""
    found = [text("export.readable")]
    try:
        refuse_unsafe(path)
    except Fault as fault:
        key = "export.synced" if fault.code == "place.synced" else "export.network"
        found.append(text(key, service=fault.values.get("service", "")))
    return found
