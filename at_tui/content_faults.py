"""Say in Swedish what is wrong with a content file, and on which line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from at_tui.language import has, text
from data.content.registry import KINDS

if TYPE_CHECKING:
    from data.content.fault import ContentFault


def sentence(fault: ContentFault) -> str:
    """Return `fault` as one line: file, line and reason."""
    if fault.line is None:
        return text("content.at_file", file=fault.path.name, reason=reason(fault))
    return text("content.at", file=fault.path.name, line=fault.line, reason=reason(fault))


def reason(fault: ContentFault) -> str:
    """Return only the reason, e.g. for a list that already names the file."""
    values = dict(fault.values)
    values.setdefault("key", fault.place.rpartition(".")[2])
    if "expected" in values and has(f"content.type.{values['expected']}"):
        values["expected"] = text(f"content.type.{values['expected']}")
    values["kinds"] = ", ".join(KINDS)
    code = f"content.{fault.code}"
    said = text(code if has(code) else "content.invalid", **values)
    form = f"content.form.{values['key']}"
    if fault.code == "wrong_form" and has(form):
        return f"{said} {text(form)}"
    return said
