"""The JSON Schemas of the two forms, made from the tables and the columns.

`python -m at_tui.interchange.schemas` writes them to `schema/`; a test holds them true.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from at_tui.interchange import kinds, rows
from at_tui.interchange.columns import COLUMNS, Column, Form
from at_tui.language import has, text
from schema.text import LINE
from schema.words import Kind, SectionCode

DRAFT = "https://json-schema.org/draft/2020-12/schema"
_FOLDER = Path(__file__).parents[2] / "schema"
_UUID = "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"


def interchange_schema() -> dict[str, Any]:
    """Return the schema of what `export` writes: one list per kind of record."""
    definitions: dict[str, Any] = {}
    lists: dict[str, Any] = {}
    for name, kind in kinds.LISTS.items():
        made = kind.model_json_schema()
        for shared, definition in made.get("$defs", {}).items():
            definitions[shared] = _bare(definition)
        fields = kinds.fields_of(kind)
        known = made["properties"]
        definitions[kind.__name__] = {
            "type": "object",
            "description": str(made.get("description", "")),
            "properties": {field: _field(field, known[field]) for field in fields},
            "required": [field for field in made.get("required", []) if field in fields]
            + (["id"] if "id" not in made.get("required", []) else []),
            "additionalProperties": False,
        }
        lists[name] = {"type": "array", "items": {"$ref": f"#/$defs/{kind.__name__}"}}
    return {
        "$schema": DRAFT,
        "title": "at-tui interchange",
        "description": "Everything recorded in one file of records: one list per kind of record, "
        "fields named as the tables, days as ISO 8601. A period's end is its last day.",
        "type": "object",
        "properties": {
            "format": {"const": kinds.FORMAT},
            "version": {"const": kinds.VERSION},
            **lists,
        },
        "required": ["format", "version"],
        "additionalProperties": False,
        "$defs": dict(sorted(definitions.items())),
    }


def start_group_schema() -> dict[str, Any]:
    """Return the schema of a start group: its rows, with the headings of CSV and XLSX."""
    return {
        "$schema": DRAFT,
        "title": "at-tui start group",
        "description": "People who begin together, their placements and supervisors. One row is "
        "one placement of one person. In CSV and XLSX a row is a line, and `title` and "
        "`x-headings` are the headings of its columns; in JSON the fields go by their names.",
        "type": "object",
        "properties": {
            "format": {"const": rows.FORMAT},
            "version": {"const": rows.VERSION},
            "rows": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/row"}},
        },
        "required": ["format", "version", "rows"],
        "additionalProperties": False,
        "$defs": {
            "row": {
                "type": "object",
                "properties": {column.field: _column(column) for column in COLUMNS},
                "required": ["name"],
                "additionalProperties": False,
                "x-required-columns": [column.field for column in COLUMNS if column.required],
            }
        },
    }


def _field(name: str, found: dict[str, Any]) -> dict[str, Any]:
    bare = _bare(found)
    return {**bare, "pattern": _UUID} if name == "id" else bare


def _bare(found: Any) -> Any:
    """Return a schema without the titles and defaults that pydantic adds to every field."""
    if isinstance(found, dict):
        return {
            key: _bare(value)
            for key, value in found.items()
            if not (key == "title" and isinstance(value, str)) and key != "default"
        }
    if isinstance(found, list):
        return [_bare(value) for value in found]
    return found


def _column(column: Column) -> dict[str, Any]:
    alias = f"import.alias.{column.field}"
    others = text(alias).split("|") if has(alias) else []
    return {"title": column.heading, **_type(column), "x-headings": others}


def _type(column: Column) -> dict[str, Any]:
    if column.form is Form.DAY:
        return {"type": ["string", "null"], "format": "date"}
    if column.form in (Form.MONTHS, Form.PERCENT):
        least, most = (50, 100) if column.form is Form.PERCENT else (1, 120)
        return {"type": ["integer", "null"], "minimum": least, "maximum": most}
    if column.form is Form.YES_NO:
        return {"type": ["boolean", "null"]}
    if column.form is Form.SECTION:
        return {"enum": [*map(str, SectionCode), None]}
    if column.form is Form.KIND:
        return {"enum": [*map(str, Kind), None]}
    if column.field == "name":
        return {"type": "string", "minLength": 1, "maxLength": LINE}
    return {"type": ["string", "null"], "maxLength": LINE}


def written(schema: dict[str, Any]) -> str:
    """Return a schema as it stands in its file."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


FILES = {
    "interchange.schema.json": interchange_schema,
    "start_group.schema.json": start_group_schema,
}

if __name__ == "__main__":
    for file, make in FILES.items():
        (_FOLDER / file).write_text(written(make()), encoding="utf-8")
