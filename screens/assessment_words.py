"""What a form says of itself: the line under the fields, the help, and a word of caution."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from textual.content import Content

from at_tui.language import text
from schema.personnummer import find_sensitive
from screens.assessment_rows import UNSET
from screens.text import safe

if TYPE_CHECKING:
    from schema.content.instrument import Instrument
    from schema.content.instrument_parts import Item
    from screens.assessment_rows import RatedRow


def hint(item: Item | None, row: RatedRow | None) -> Content:
    """Return the line on the item one stands on: its help, and what stood in the form before."""
    if item is None:
        return Content("")
    parts = [item.help]
    if row is not None and not item.help and len(item.label) > row.layout_of_row.label:
        parts = [item.label]
    if row is not None and row.previous is not UNSET:
        level = next((one for one in row.levels if one.value == row.previous), None)
        words = level.words if level else text("assessment.not_observed")
        parts.append(text("assessment.as_before", words=words))
    return safe(" · ".join(part for part in parts if part))


def help_words(instrument: Instrument, variant: str) -> str:
    """Return what the form is for, what the levels mean, and whose words they are."""
    lines = [instrument.purpose]
    shown: set[str] = set()
    for item in instrument.items():
        scale = instrument.scale_of(item, variant)
        if scale is None or scale.id in shown:
            continue
        shown.add(scale.id)
        lines += ["", scale.question]
        lines += [
            f"  {one.value}  {one.label}" + (f": {one.help}" if one.help else "")
            for one in scale.levels
        ]
    lines += ["", text("assessment.who_may", label=instrument.assessor.label)]
    return "\n".join([*lines, instrument.wording, "", text("assessment.help")])


def sensitive_words(written: str, accepted: Collection[str]) -> Content:
    """Return a word of caution on what looks like a patient's, but for what has been accepted."""
    for hit in find_sensitive(written):
        excerpt = written[hit.start : hit.end]
        if excerpt not in accepted:
            return safe("! " + text("assessment.sensitive_here", excerpt=excerpt), "$warning")
    return Content("")
