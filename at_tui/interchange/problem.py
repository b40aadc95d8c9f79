"""What is wrong with a row of an import, and where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from at_tui.language import has, text


@dataclass(frozen=True)
class RowProblem:
    """One fault, or one remark, at one place of the file.

    `row` is the row as a spreadsheet numbers it, in JSON the place in its list from 1; 0 is the
    file as a whole. `column` is the heading as users know it. `code` is a key of the catalogue.
    """

    row: int
    column: str
    code: str
    values: Mapping[str, object] = field(default_factory=dict)
    part: str = ""
    """The list of an interchange file that the row stands in."""

    @property
    def reason(self) -> str:
        """The Swedish reason, without its place."""
        return text(self.code, **self.values) if has(self.code) else text("invalid.unknown")

    @property
    def sentence(self) -> str:
        """One line: row, column and reason."""
        if self.row == 0:
            return f"{self.column}: {self.reason}" if self.column else self.reason
        key = "import.at_part" if self.part else "import.at"
        place = text(key, row=self.row, part=self.part)
        column = f", {self.column}" if self.column else ""
        return f"{place}{column}: {self.reason}"
