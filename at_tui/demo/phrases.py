"""The phrase bank in `data/demo/`, read once."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

from data.content.loading import SHIPPED


@cache
def bank(name: str) -> dict[str, Any]:
    """Return the tables of `data/demo/NAME.toml`."""
    with (SHIPPED / "demo" / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def both(name: str, section: str, key: str) -> list[str]:
    """Return the phrases that fit any section followed by those of `section`."""
    tables = bank(name)
    return [*tables["general"][key], *tables.get(section, {}).get(key, [])]
