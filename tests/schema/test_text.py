from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.text import clean, sort_key


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("A\u030asa \u00d6stlund", "Åsa Östlund"),
        ("Alva\x1b[2J\x1b]0;titel\x07", "Alva[2J]0;titel"),
        ("Al\u202eva\u2066 \u200bTest\ufeff", "Alva Test"),
        ("rad 1\r\nrad 2\rrad 3  \n\n", "rad 1\nrad 2\nrad 3"),
        ("[bold]fet[/bold] O'Hara-Exempél ü", "[bold]fet[/bold] O'Hara-Exempél ü"),
        ("\ud800ensam", "ensam"),
    ],
)
def test_text_is_kept_without_what_cannot_be_seen(typed: str, kept: str) -> None:
    assert clean(typed) == kept


def test_one_line_stays_one_line() -> None:
    assert clean("  Alva \n\t Test\r\nsson ", one_line=True) == "Alva Test sson"


@given(st.text())
def test_cleaned_text_stays_as_it_is_and_holds_no_control(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert all(unicodedata.category(c) not in ("Cc", "Cs") or c == "\n" for c in once)
    assert "\n" not in clean(text, one_line=True)


@given(st.text(alphabet=st.characters(max_codepoint=0x7F)), st.booleans())
def test_plain_letters_are_cleaned_like_all_others(text: str, one_line: bool) -> None:
    # The letter at the end takes the text past the short way for plain letters, and is taken off.
    whole = clean(f"{text}å", one_line=one_line).removesuffix("å")
    assert clean(text, one_line=one_line) == (whole.rstrip() if whole.strip() else "")


def test_names_sort_as_swedish_readers_expect() -> None:
    names = ["Ebba", "Vera", "Wilma", "Zara", "adam", "Ärla", "ÅKE", "Åsa", "Édith", "Örjan"]
    in_order = ["adam", "Ebba", "Édith", "Vera", "Wilma", "Zara", "ÅKE", "Åsa", "Ärla", "Örjan"]
    assert sorted(names, key=sort_key) == in_order


@given(st.text(), st.text())
def test_a_name_is_found_by_any_start_of_it(start: str, rest: str) -> None:
    assert sort_key(start + " " + rest).startswith(sort_key(start))
