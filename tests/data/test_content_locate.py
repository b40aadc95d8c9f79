"""The line of a key is found whatever way the TOML is written."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from data.content.locate import Lines, line_of

TEXT = '''# a comment with "quotes" and [brackets]
title = "one = two"
many = """
[[not.a.table]]
key = "not a key"
""" # closing
'quoted key' = 1
a.b.c = { d = 1, "e f" = [1, 2] }

list = [
  "first", # comment with ]
  { id = "x", deep = [
    "inner",
    "second inner",
  ] },
  \'\'\'
  raw "text" \'\'\',
  2026-11-24,
]

[[sections]]
id = "one"
[[sections.items]]
id = "a"
[[sections.items]]
id = "b"
label = "ends with quote\\""
[sections.more]
x = 1
[[sections]]
id = "two"
[[sections.items]]
id = "c"
[assessor]
label = """two quotes end it"""""
must = true
'''


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("title",), 2),
        (("many",), 3),
        (("quoted key",), 7),
        (("a", "b", "c"), 8),
        (("a", "b", "c", "d"), 8),
        (("a", "b", "c", "e f", 1), 8),
        (("list",), 10),
        (("list", 0), 11),
        (("list", 1, "id"), 12),
        (("list", 1, "deep", 1), 14),
        (("list", 2), 16),
        (("list", 3), 18),
        (("sections",), 21),
        (("sections", 0), 21),
        (("sections", 0, "items", 1, "label"), 27),
        (("sections", 0, "more", "x"), 29),
        (("sections", 1, "id"), 31),
        (("sections", 1, "items", 0, "id"), 33),
        (("assessor", "label"), 35),
        (("assessor", "must"), 36),
    ],
)
def test_the_line_of_a_key(place: tuple[str | int, ...], line: int) -> None:
    tomllib.loads(TEXT)
    assert Lines(TEXT).found[place] == line
    assert line_of(TEXT, place) == line


def test_what_is_missing_is_told_where_it_should_stand() -> None:
    assert line_of(TEXT, ("sections", 1, "title")) == 30
    assert line_of(TEXT, ("list", 1, "deep", 7)) == 12
    assert line_of(TEXT, ("nothing", 3)) is None


KEYS = st.text(st.sampled_from("abcåäö -_.\"'#=[]{}"), min_size=1, max_size=6)
TEXTS = st.text(st.sampled_from("ab\"'\\#=[]{},\n\tåäö "), max_size=20)
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.one_of(TEXTS, st.integers(-9, 9), st.booleans(), st.dates()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=3)),
    max_leaves=12,
)


def places(value: Any, above: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    found: list[tuple[str | int, ...]] = [above] if above else []
    if isinstance(value, dict):
        for key, inner in value.items():
            found += places(inner, (*above, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            found += places(inner, (*above, index))
    return found


@given(st.dictionaries(KEYS, VALUES, max_size=4), st.booleans())
def test_every_place_of_any_document_has_a_line(data: dict[str, Any], lines: bool) -> None:
    text = tomli_w.dumps(data, multiline_strings=lines)
    found = Lines(text).found
    wanted = [place for place in places(data) if place]
    assert set(wanted) <= set(found)
    assert all(1 <= line <= text.count("\n") + 1 for line in found.values())


@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=4))
def test_the_line_of_a_plain_value_holds_its_key(data: dict[str, Any]) -> None:
    text = tomli_w.dumps(data)
    rows = text.split("\n")
    found = Lines(text).found
    for key, value in data.items():
        if not isinstance(value, dict | list):
            row = rows[found[(key,)] - 1]
            assert tomllib.loads(row)[key] == value
