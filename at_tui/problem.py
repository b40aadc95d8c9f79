"""What a form is told about a value that will not do: which field, and which sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from schema.fault import Fault, Invalid


class Problem(NamedTuple):
    """One fault of one field. The sentence is `text(code, **values)` in the catalogue."""

    field: str
    code: str
    values: Mapping[str, object] = {}


def of_fault(fault: Fault) -> list[Problem]:
    """Return what a record's own model had against its fields; nothing for other faults."""
    if not isinstance(fault, Invalid):
        return []
    return [Problem(field, code, dict(values)) for field, code, values in fault.problems]
