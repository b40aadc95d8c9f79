"""Every kind of fault is told with file, line and a Swedish reason; hostile files are refused."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from at_tui import language
from at_tui.content_faults import reason, sentence
from data import content
from data.content import checking, reading
from data.content.fault import ContentFault

GOOD = """kind = "instrument"
id = "prov"
version = "1"
title = "Prov"
short_title = "prov"
category = "feedback"
purpose = ""
wording = "egna ord"
source = "påhittad"

[assessor]
label = "vem som helst"

[[scales]]
id = "s"
title = "S"
question = "Hur?"
source = "egen"
levels = [
  { value = 1, label = "lite" },
  { value = 2, label = "mycket" },
]

[[sections]]
id = "del"
title = "Del"
scale = "s"
items = [
  { id = "a", label = "A" },
  { id = "b", label = "B", help = "h" },
]

[[sections]]
id = "tid"
title = "Tid"
type = "number"
[[sections.items]]
id = "minuter"
label = "Minuter"
minimum = 1
"""


def write(folder: Path, text: str | bytes, name: str = "prov.toml") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def faults(folder: Path, old: str, new: str) -> list[ContentFault]:
    assert old in GOOD
    return content.check(write(folder, GOOD.replace(old, new, 1)))


def test_the_example_is_good(tmp_path: Path) -> None:
    assert content.check(write(tmp_path, GOOD)) == []


@pytest.mark.parametrize("text", [GOOD.replace("\n", "\r\n"), "\ufeff" + GOOD])
def test_windows_line_ends_and_a_byte_order_mark_are_read(tmp_path: Path, text: str) -> None:
    assert content.check(write(tmp_path, text)) == []


@pytest.mark.parametrize(
    ("old", "new", "row", "code"),
    [
        ('title = "Prov"\n', "", 'kind = "instrument"', "missing"),
        ('question = "Hur?"\n', "", "[[scales]]", "missing"),
        ('label = "B", help', "help", '  { id = "b", help = "h" },', "missing"),
        ('title = "S"', 'titel = "S"', 'titel = "S"', "unknown_key"),
        ('title = "Prov"', 'title = ""', 'title = ""', "empty"),
        ('title = "Prov"', f'title = "{"x" * 121}"', f'title = "{"x" * 121}"', "too_long"),
        ('title = "Prov"', "title = 3", "title = 3", "wrong_type"),
        ("minimum = 1", 'minimum = "1"', 'minimum = "1"', "wrong_type"),
        ("minimum = 1", "minimum = 100001", "minimum = 100001", "out_of_range"),
        ('category = "feedback"', 'category = "prat"', 'category = "prat"', "not_allowed"),
        ('id = "s"', 'id = "Skala 1"', 'id = "Skala 1"', "wrong_form"),
        ('version = "1"', 'version = "första"', 'version = "första"', "wrong_form"),
        ("value = 2", "value = 1", '  { value = 1, label = "mycket" },', "levels_not_rising"),
        ("value = 2", "value = 12", '  { value = 12, label = "mycket" },', "out_of_range"),
        ('{ id = "b"', '{ id = "a"', '  { id = "a", label = "B", help = "h" },', "repeated_id"),
        ('label = "B"', "label = 7", '  { id = "b", label = 7, help = "h" },', "wrong_type"),
        ("minimum = 1", 'scale = "s"', 'scale = "s"', "key_not_for_type"),
        ('kind = "instrument"', 'kind = "blankett"', 'kind = "blankett"', "unknown_kind"),
        ('kind = "instrument"\n', "", 'id = "prov"', "missing"),
        ('id = "prov"', 'id = "annat"', 'id = "annat"', "other_name"),
        ('[assessor]\nlabel = "vem som helst"\n', "assessor = 3\n", "assessor = 3", "wrong_type"),
    ],
)
def test_a_fault_names_its_line(tmp_path: Path, old: str, new: str, row: str, code: str) -> None:
    found = faults(tmp_path, old, new)
    rows = (tmp_path / "prov.toml").read_text(encoding="utf-8").split("\n")
    assert (row, code) in {(rows[(fault.line or 0) - 1], fault.code) for fault in found}
    for fault in found:
        said = sentence(fault)
        assert said.startswith(f"prov.toml, rad {fault.line}: ")
        assert "{" not in said


def test_what_an_item_inherits_is_told_where_the_item_stands(tmp_path: Path) -> None:
    found = faults(tmp_path, 'scale = "s"', 'scale = "t"')
    rows = GOOD.split("\n")
    assert [(rows[(fault.line or 0) - 1], fault.code) for fault in found] == [
        ('  { id = "a", label = "A" },', "unknown_scale")
    ]


@pytest.mark.parametrize(
    ("old", "new", "row", "code"),
    [
        ('id = "prov"', 'id = "prov', 'id = "prov', "illegal_character"),
        ('id = "prov"', "id", "id", "no_equals"),
        ('id = "prov"', "id = prov", "id = prov", "invalid_value"),
        ('id = "prov"', 'id = "prov"\nid = "igen"', 'id = "igen"', "key_twice"),
        ("[[sections]]", "[assessor]\n[[sections]]", "[assessor]", "table_twice"),
        ("minimum = 1", "minimum = 2026-02-30", "minimum = 2026-02-30", "no_such_date"),
        ("minimum = 1", "minimum = 1 2", "minimum = 1 2", "not_toml"),
        ('title = "Tid"', 'title = ["Tid"\nlines = 2', "lines = 2", "open_list"),
        ('title = "Tid"', 'title = """Tid', "minimum = 1", "open_string"),
    ],
)
def test_a_slip_of_the_pen_is_told_on_its_line(
    tmp_path: Path, old: str, new: str, row: str, code: str
) -> None:
    (fault,) = faults(tmp_path, old, new)
    rows = (tmp_path / "prov.toml").read_text(encoding="utf-8").split("\n")
    assert (rows[(fault.line or 0) - 1], fault.code) == (row, code)
    assert sentence(fault).startswith(f"prov.toml, rad {fault.line}: ")


def test_latin_1_is_told_on_its_line(tmp_path: Path) -> None:
    (fault,) = content.check(write(tmp_path, GOOD.encode("latin-1")))
    assert (fault.line, fault.code) == (9, "not_utf8")
    assert "UTF-8" in sentence(fault)


def test_all_faults_are_told_at_once_in_the_order_of_the_lines(tmp_path: Path) -> None:
    text = GOOD.replace('title = "Prov"\n', "titel = 3\n").replace("minimum = 1", 'minimum = "x"')
    found = content.check(write(tmp_path, text))
    assert [fault.line for fault in found] == sorted(fault.line or 0 for fault in found)
    assert {fault.code for fault in found} == {"missing", "unknown_key", "wrong_type"}


def test_no_more_faults_are_told_than_anyone_reads(tmp_path: Path) -> None:
    extra = "".join(f"fel{n} = 1\n" for n in range(500))
    assert len(content.check(write(tmp_path, extra + GOOD))) == checking.MOST_FAULTS


def test_a_file_that_is_not_there_or_not_a_file_is_told(tmp_path: Path) -> None:
    assert [fault.code for fault in content.check(tmp_path / "x.toml")] == ["no_file"]
    (fault,) = content.check(tmp_path)
    assert fault.code == "not_a_file"
    assert sentence(fault) == f"{tmp_path.name}: det är ingen vanlig fil."


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_pipe_is_refused_and_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "prov.toml")
    assert [fault.code for fault in content.check(tmp_path / "prov.toml")] == ["not_a_file"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("x" * (reading.LARGEST_FILE + 1), "too_large"),
        ("a = " + "[" * 1900 + "]" * 1900, "too_deep"),
        ("a = " + "[" * 40 + "]" * 40, "too_deep"),
        ("a = " + "{b=" * 900 + "1" + "}" * 900, "too_deep"),
        (".".join(["a"] * 1900) + " = 1", "too_deep"),
        (".".join(["a"] * 100_000) + " = 1", "line_too_long"),
        ("[" + ".".join(["a"] * 100_000) + "]", "line_too_long"),
        ("a = " + "9" * 3900 + "\nb = 1", "missing"),
        ("", "missing"),
        ("\0" * 1000, "not_toml"),
    ],
    ids=lambda value: value[:12].replace("\0", "0"),
)
def test_hostile_files_are_refused_in_words(tmp_path: Path, text: str, code: str) -> None:
    found = content.check(write(tmp_path, text))
    assert code in {fault.code for fault in found}
    assert all(sentence(fault) for fault in found)


def test_a_form_of_endless_questions_is_refused(tmp_path: Path) -> None:
    items = "".join(f'[[sections.items]]\nid = "i{n}"\nlabel = "I"\n' for n in range(5000))
    found = content.check(write(tmp_path, GOOD + items))
    assert "too_many" in {fault.code for fault in found}


def test_what_a_file_says_is_shown_clean_and_short(tmp_path: Path) -> None:
    hostile = "\\u001b]0;x\\u0007[red]{0}{kinds}" + "y" * 900
    (fault,) = faults(tmp_path, 'kind = "instrument"', f'kind = "{hostile}"')
    said = sentence(fault)
    assert "\x1b" not in said
    assert len(said) < 400
    assert "[red]{0}{kinds}y" in said


def test_every_code_that_can_be_raised_has_a_sentence() -> None:
    root = Path(checking.__file__).parents[2]
    codes = set(checking._PLAIN.values()) | set(reading._SYNTAX.values())
    for path in [
        *(root / "schema" / "content").glob("*.py"),
        *(root / "data" / "content").glob("*.py"),
    ]:
        text = path.read_text(encoding="utf-8")
        codes |= set(re.findall(r'content_fault\(\s*"([a-z_0-9]+)"', text))
        codes |= set(re.findall(r'_refused\([^"]*"([a-z_0-9]+)"', text))
        codes |= set(re.findall(r'_fault\([^"]*"[a-z]+",\), "([a-z_0-9]+)"', text))
    codes |= {"same_version", "not_found", "unknown_kind", "missing"}
    assert len(codes) > 40
    assert [code for code in sorted(codes) if not language.has(f"content.{code}")] == []


def test_an_unforeseen_fault_still_says_where() -> None:
    fault = ContentFault(Path("x.toml"), 3, "något_nytt", "sections[0].title")
    assert reason(fault) == "”title” har ett värde som inte går att använda."


def test_a_wrong_form_says_what_the_right_one_is(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, 'version = "1"', 'version = "första"')
    assert reason(fault).endswith("En version är siffror med punkter, som 1 eller 1.2.")
