"""Words about one training in its own name: the catalogue says AT-läkare where most are one."""

from __future__ import annotations

import re

from schema.words import Kind

_DOCTOR = re.compile(r"\bAT-(?=läkar)", re.IGNORECASE)


def of_kind(words: str, kind: str) -> str:
    """Return `words` of the catalogue for a training of this kind: the BT-läkare of a BT.

    Never for text that someone has written.
    """
    return words if kind == Kind.AT else _DOCTOR.sub(f"{Kind(kind)}-", words)
