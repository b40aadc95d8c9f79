"""JSON from outside, read with bounds."""

from __future__ import annotations

import json
from typing import Any

from schema.fault import Fault

LARGEST = 500_000_000
"""Bytes; ten years of a region are about half of that."""


def read_json(content: bytes) -> dict[str, Any]:
    """Return the object that a JSON file holds.

    Raises:
        Fault: `import.not_json`, `import.too_deep`, `import.unknown_format` (exit code 1).
    """
    try:
        document = json.loads(
            content.decode("utf-8-sig"), parse_constant=_refuse, object_pairs_hook=_pairs
        )
    except json.JSONDecodeError as error:
        raise Fault("import.not_json", exit_code=1, line=error.lineno) from None
    except RecursionError:
        raise Fault("import.too_deep", exit_code=1) from None
    except ValueError:  # not UTF-8, NaN, a key twice, a number of thousands of digits
        raise Fault("import.not_json", exit_code=1, line="–") from None
    if not isinstance(document, dict):
        raise Fault("import.unknown_format", exit_code=1)
    return document


def _refuse(word: str) -> None:
    raise ValueError(word)


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key twice")
    return found
