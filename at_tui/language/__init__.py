"""Everything a user reads, by key: `text("session.saved", time="14.02")`.

Catalogues are TOML files, one per area, in a folder per language: the key's first part names the
file, so a screen reads only the catalogue it needs. Swedish is the language of the programme.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from schema.fault import Fault, Invalid

_FOLDER = Path(__file__).parent


@cache
def _area(area: str) -> dict[str, str]:
    """Return one area's catalogue, nested tables flattened to dotted keys."""
    with (_FOLDER / "sv" / f"{area}.toml").open("rb") as file:
        found: dict[str, str] = {}
        _flatten(tomllib.load(file), "", found)
        return found


def _flatten(table: dict[str, object], prefix: str, into: dict[str, str]) -> None:
    for key, value in table.items():
        if isinstance(value, dict):
            _flatten(value, f"{prefix}{key}.", into)
        else:
            into[prefix + key] = str(value)


def text(key: str, /, **values: object) -> str:
    """Return the sentence for `key` with its `{placeholders}` filled.

    Raises:
        KeyError: no such key; a test walks the code and finds every key that is used.
    """
    area, _, name = key.partition(".")
    sentence = _area(area)[name]
    return sentence.format(**values) if values else sentence


def has(key: str) -> bool:
    """Return whether the catalogue knows `key`."""
    area, _, name = key.partition(".")
    return (_FOLDER / "sv" / f"{area}.toml").is_file() and name in _area(area)


def say(fault: Fault) -> str:
    """Return the plain Swedish sentence for `fault`; for an invalid record, one line a problem."""
    if isinstance(fault, Invalid):
        return "\n".join(problem(field, code, values) for field, code, values in fault.problems)
    if not has(fault.code):
        return text("fault.unknown", code=fault.code)
    return text(fault.code, **fault.values)


def problem(field: str, code: str, values: dict[str, object]) -> str:
    """Return one problem of an invalid record as a sentence that names the field."""
    name = text(f"field.{field}") if field and has(f"field.{field}") else field
    sentence = text(code, **values) if has(code) else text("invalid.unknown")
    return f"{name}: {sentence}" if name else sentence
