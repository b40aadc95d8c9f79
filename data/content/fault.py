"""What is wrong with a content file, and where. The sentence itself stands in the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class ContentFault:
    """One fault in one file.

    `code` is a key of the catalogue `content`, with `values` for its placeholders; `place` is the
    item in the file's own words (`sections[1].items[3].scale`), for log and tests.
    """

    path: Path
    line: int | None
    code: str
    place: str = ""
    values: Mapping[str, object] = field(default_factory=dict)


class Refused(Exception):
    """A content file that cannot be used, with everything that is wrong with it."""

    def __init__(self, faults: list[ContentFault]) -> None:
        super().__init__(", ".join(f"{f.path.name}:{f.line} {f.code}" for f in faults[:5]))
        self.faults = faults
