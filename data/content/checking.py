"""Check a content document against the model of its kind, and tell every fault with its line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.content.fault import ContentFault, Refused
from data.content.locate import Lines
from data.content.reading import Document, read
from data.content.registry import KINDS
from schema.text import clean

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from schema.content.base import ContentFile

MOST_FAULTS = 50
"""Faults told at once; a file with more has one cause, seldom fifty."""

LONGEST_SHOWN = 240
"""Characters of a value that a sentence repeats."""

_PLAIN = {
    "missing": "missing",
    "extra_forbidden": "unknown_key",
    "string_too_long": "too_long",
    "string_too_short": "empty",
    "too_long": "too_many",
    "too_short": "too_few",
    "literal_error": "not_allowed",
    "enum": "not_allowed",
    "string_pattern_mismatch": "wrong_form",
    "greater_than_equal": "out_of_range",
    "less_than_equal": "out_of_range",
    "greater_than": "out_of_range",
    "less_than": "out_of_range",
    "date_from_datetime_inexact": "wrong_type",
    "date_from_datetime_parsing": "wrong_form",
    "date_parsing": "wrong_form",
    "union_tag_invalid": "not_allowed",
    "union_tag_not_found": "missing",
}

_EXPECTED = {
    "string": "text", "int": "whole", "bool": "bool", "float": "number", "tuple": "list",
    "list": "list", "model": "table", "dict": "table", "date": "date",
}  # fmt: skip


def check(path: Path) -> list[ContentFault]:
    """Return every fault of the content file at `path`; an empty list means that it is good."""
    try:
        validated(read(path))
    except Refused as refused:
        return refused.faults
    return []


def validated(document: Document, *, kind: str | None = None) -> ContentFile:
    """Return the model of `document`; with `kind`, only that kind will do.

    Raises:
        Refused: with every fault found, in the order of the lines.
    """
    from pydantic import ValidationError  # 0.1 s, and only who reads content pays it

    found = document.data.get("kind")
    if not isinstance(found, str) or found not in KINDS:
        code = "missing" if found is None else "unknown_kind"
        raise Refused([_fault(document, None, ("kind",), code, key="kind", value=found)])
    if kind is not None and found != kind:
        raise Refused([_fault(document, None, ("kind",), "other_kind", value=found, kind=kind)])
    try:
        model = KINDS[found].model_class().model_validate(document.data)
    except ValidationError as error:
        errors = error.errors(include_url=False)
        details = [
            one
            for one in errors
            if not (one["type"] == "too_short" and _has_fault_below(one, errors))
        ]
        lines = Lines(document.text)
        faults = [_from_pydantic(document, lines, one) for one in details[:MOST_FAULTS]]
        raise Refused(sorted(faults, key=lambda fault: fault.line or 0)) from None
    wrong_name = _name_fault(document, model)
    if wrong_name:
        raise Refused([wrong_name])
    return model


def _has_fault_below(one: ErrorDetails, errors: list[ErrorDetails]) -> bool:
    """Pydantic counts only the good elements of a list: a faulty one is told, not "too few"."""
    place = one["loc"]
    return any(e["loc"][: len(place)] == place and e["loc"] != place for e in errors)


def _name_fault(document: Document, model: ContentFile) -> ContentFault | None:
    """A file is found by its name, so the name must say the id: `ID.toml` or `ID@VERSION.toml`."""
    if document.path.name in (f"{model.id}.toml", f"{model.id}@{model.version}.toml"):
        return None
    return _fault(document, None, ("id",), "other_name", value=model.id, version=model.version)


def _from_pydantic(document: Document, lines: Lines, error: ErrorDetails) -> ContentFault:
    context: dict[str, Any] = dict(error.get("ctx", {}))
    type_ = error["type"]
    place = _in_the_file(lines, tuple(error["loc"]) + tuple(context.pop("at", ())))
    if "discriminator" in context:  # a table whose `kind` no model knows
        place += (context.pop("discriminator").strip("'"),)
        context["value"] = context.pop("tag", "")
        context["expected"] = context.pop("expected_tags", "").replace(", ", " or ")
    ours = context.pop("code", None) == type_
    context.pop("error", None)
    context.setdefault("value", _shown(error.get("input")))
    code = type_ if ours else _PLAIN.get(type_, "invalid")
    if not ours and type_.endswith(("_type", "_parsing")) and code == "invalid":
        code = "wrong_type"
        context["expected"] = _EXPECTED.get(type_.partition("_")[0], "other")
    if isinstance(error.get("input"), str):  # a text's length is counted like a list's
        code = {"too_few": "empty", "too_many": "too_long"}.get(code, code)
    if code == "not_allowed":
        context["expected"] = str(context.get("expected", "")).replace(" or ", " eller ")
    if code == "out_of_range":
        bounds = [str(context[key]) for key in ("ge", "gt", "le", "lt") if key in context]
        context["limit"] = bounds[0] if bounds else ""
    limit = context.get("max_length", context.get("min_length"))
    if limit is not None:
        context["limit"] = limit
    key = next((part for part in reversed(place) if isinstance(part, str)), "")
    return _fault(document, lines, place, code, key=key, **context)


def _in_the_file(lines: Lines, place: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """Return `place` without the branches of unions, which pydantic names and no file does."""
    found: tuple[str | int, ...] = ()
    for part in place[:-1]:
        if isinstance(part, int) or (*found, part) in lines.found:
            found = (*found, part)
    return found + place[-1:]


def _fault(
    document: Document,
    lines: Lines | None,
    place: tuple[str | int, ...],
    code: str,
    **values: object,
) -> ContentFault:
    # The walk takes as long as the reading itself, so a good file is spared it.
    found = (lines or Lines(document.text)).found
    path = place
    while path and path not in found:
        path = path[:-1]
    return ContentFault(
        document.path,
        found.get(path, 1),
        code,
        "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in place).lstrip("."),
        {name: _shown(value) for name, value in values.items()},
    )


def _shown(value: object) -> object:
    """Return `value` fit for a sentence: clean, short, and never a whole table."""
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, dict | list | tuple):
        return "…"
    text = clean(str(value), one_line=True)
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"
