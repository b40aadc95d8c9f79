"""A regulation's text becomes a målbeskrivning whatever way it was copied.

The regulation here is made up; only its shape is that of a real one.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from at_tui import language
from at_tui.curriculum_file import write_curriculum
from at_tui.curriculum_lines import TextProblem
from at_tui.curriculum_text import Parsed, parse_regulation, problem_text, read_text
from data import content
from schema.content.curriculum import Curriculum
from schema.fault import Fault
from schema.words import Level, SectionCode

TEXT = """1 kap. Övergripande bestämmelser

1 § Dessa påhittade föreskrifter gäller i Provlandet.

3 kap. Påhittade opererande ämnen

1 § AT-läkaren skall under tjänstgöringen arbeta mot målen i
2 kap. och få grunder i låtsaskirurgi. (SOSFS 2014:18)

2 § AT-läkaren skall självständigt kunna

1. bedöma en låtsad buk och ta ställning till vård inom
24 timmar,
2. sy ett påhittat sår hos patienter över
65 år, och
3. ge hälso-
och sjukvård vid själv-
ömkan enligt 3 kap.
5 § provlagen.

3 § AT-läkaren skall ha god kännedom om och viss erfarenhet av

1. låtsasnarkos,
2. prov:
– stora prov
– små prov.

Allmänna råd

Den som handleder bör
1. inte räknas som mål.

4 § AT-läkaren skall ha kännedom om

1. provmateriel.

5 kap. Påhittad psykiatri

1 § AT-läkaren skall få grunder.

2 § AT-läkaren skall självständigt kunna

1. lyssna, och
2. svara.
"""


@pytest.fixture
def base(tmp_path: Path) -> Curriculum:
    return content.curriculum("at-sosfs-1999-5", "1", folder=tmp_path)


def parse(base: Curriculum, text: str) -> Parsed:
    return parse_regulation(text, base=base)


def pasted(parsed: Parsed) -> dict[str, tuple[Level | None, str]]:
    goals = parsed.curriculum.goals
    return {goal.id: (goal.level, goal.text) for goal in goals if goal.status == "pasted"}


EXPECTED = {
    "3:2:1": (
        Level.A,
        "bedöma en låtsad buk och ta ställning till vård inom 24 timmar",
    ),
    "3:2:2": (Level.A, "sy ett påhittat sår hos patienter över 65 år"),
    "3:2:3": (Level.A, "ge hälso- och sjukvård vid självömkan enligt 3 kap. 5 § provlagen."),
    "3:3:1": (Level.B, "låtsasnarkos"),
    "3:3:2": (Level.B, "prov: – stora prov – små prov."),
    "3:4:1": (Level.C, "provmateriel."),
    "5:2:1": (Level.A, "lyssna"),
    "5:2:2": (Level.A, "svara."),
}


def test_chapters_levels_and_points_become_goals(base: Curriculum) -> None:
    assert pasted(parse(base, TEXT)) == EXPECTED


@pytest.mark.parametrize(
    "text",
    [
        TEXT.replace("\n", "\r\n"),
        TEXT.replace("\n", "\r"),
        "\ufeff" + TEXT,
        TEXT.replace(" ", "\u00a0"),
        re.sub(r"(\d) § AT", r"\1§ AT", TEXT),
        TEXT.replace("\n\n", "\n"),
        TEXT.replace("\n", "\n\f"),
        TEXT.replace("\n3 kap.", "\n## 3 kap."),
        TEXT.replace("kap. Påhittad", "kap.\nPåhittad"),
        TEXT.replace("2 § AT", "2 §\nAT").replace("självständigt kunna", "självständigt\nkunna"),
        TEXT.replace("och\n3. ge", "och\n\nSOSFS 1999:5\n7\n\n3. ge"),
        TEXT.replace("1. ", "1.\n").replace("2. ", "2.\n"),
        *(
            TEXT.replace("1. ", f"1{sign} ").replace("2. ", f"2{sign} ").replace("3. ", f"3{sign} ")
            for sign in (")", "")
        ),
    ],
    ids=[
        *("windows", "old mac", "byte-order mark", "hard spaces", "no space before sign"),
        *("no empty lines", "page feeds", "marked-up headings", "titles below", "level wrapped"),
        *("page number", "numbers alone", "parentheses", "bare numbers"),
    ],
)
def test_the_same_text_copied_otherwise_gives_the_same_goals(base: Curriculum, text: str) -> None:
    assert pasted(parse(base, text)) == EXPECTED


def test_goals_carry_their_section_place_and_source(base: Curriculum) -> None:
    made = parse_regulation(TEXT, base=base, source="Provförfattning 1:1").curriculum
    goal = made.goal("3:3:2")
    assert goal is not None
    assert goal.section is SectionCode.OPERERANDE
    assert goal.source == "Provförfattning 1:1, 3 kap. 3 § 2"
    assert goal.reference == "3 kap. 3 § 2"
    chapter = next(chapter for chapter in made.chapters if chapter.number == 3)
    assert chapter.title == "Påhittade opererande ämnen"
    assert chapter.frame.endswith("få grunder i låtsaskirurgi.")
    assert chapter.note == ""


def test_chapters_that_were_not_pasted_keep_their_working_text_and_say_so(
    base: Curriculum,
) -> None:
    made = parse(base, TEXT).curriculum
    assert [goal for goal in made.goals if goal.chapter in (2, 4, 6)] == [
        goal for goal in base.goals if goal.chapter in (2, 4, 6)
    ]
    notes = {chapter.number: chapter.note for chapter in made.chapters}
    assert all(notes[number].startswith("Arbetstext") for number in (2, 4, 6))


def test_every_id_a_mark_may_stand_against_is_a_goal_or_stays_readable(base: Curriculum) -> None:
    made = parse(base, TEXT).curriculum
    for goal in base.goals:
        gone = made.retired_goal(goal.id)
        assert (made.goal(goal.id) is None) == (gone is not None)
        if gone is not None:
            assert (gone.text, gone.seen_in) == (goal.text, base.version)


def test_marks_against_the_same_ids_stay_when_the_text_is_pasted_twice(base: Curriculum) -> None:
    first = parse(base, TEXT).curriculum
    second = parse(first, TEXT).curriculum
    assert {goal.id for goal in second.goals} == {goal.id for goal in first.goals}
    assert {gone.id for gone in second.retired} == {gone.id for gone in first.retired}
    assert (base.version, first.version, second.version) == ("1", "1.1", "1.2")


def test_a_retired_goal_comes_alive_when_a_later_text_has_it(base: Curriculum) -> None:
    first = parse(base, TEXT).curriculum
    assert first.retired_goal("5:3:1") is not None
    more = TEXT + "\n3 § AT-läkaren skall ha god kännedom om\n1. provsorg.\n"
    second = parse(first, more).curriculum
    assert second.goal("5:3:1") is not None
    assert second.retired_goal("5:3:1") is None


def problems(parsed: Parsed, code: str) -> list[TextProblem]:
    return [problem for problem in parsed.problems if problem.code == code]


@pytest.mark.parametrize(
    ("old", "new", "code", "row", "lossy"),
    [
        ("2. sy", "2. sy", "chapter_skipped", "1 kap. Övergripande bestämmelser", False),
        ("2. sy", "2. sy", "advice_skipped", "Allmänna råd", False),
        ("3. ge", "5. ge", "point_gap", "5. ge hälso-", False),
        ("3. ge", "1. ge", "repeated_point", "1. ge hälso-", True),
        ("4 § AT", "6 § AT", "paragraph_gap", "6 § AT-läkaren skall ha kännedom om", False),
        ("ha kännedom om", "veta om", "no_level", "4 § AT-läkaren skall veta om", False),
        ("1. låtsasnarkos,", "1.\n\n2. x,\n", "empty_point", "1.", True),
        (
            "ha kännedom om\n\n1. provmateriel.",
            "ha kännedom om provmateriel.",
            "single_goal",
            "4 § AT-läkaren skall ha kännedom om provmateriel.",
            False,
        ),
        ("1. provmateriel.", "– provmateriel.", "dashes_numbered", "– provmateriel.", False),
        ("2. svara.", "2. svara.\n\nEn rad som inte hör hemma.", "stray_line", "En rad", True),
        ("kunna\n\n1. lyssna", "kunna och ha kännedom om\n\n1. lyssna", "two_levels", "2 §", False),
        ("1. lyssna", f"1. {'prat ' * 500}", "goal_too_long", "1. prat", True),
    ],
)
def test_what_is_odd_is_told_on_its_line(
    base: Curriculum, old: str, new: str, code: str, row: str, lossy: bool
) -> None:
    assert old in TEXT
    text = TEXT.replace(old, new, 1)
    parsed = parse(base, text)
    found = problems(parsed, code)
    rows = text.split("\n")
    assert [rows[problem.line - 1].startswith(row) for problem in found] == [True]
    assert found[0].lossy is lossy
    assert problem_text(found[0]).startswith(f"rad {found[0].line}: ")


def test_a_text_without_faults_loses_nothing(base: Curriculum) -> None:
    parsed = parse(base, TEXT)
    assert not parsed.is_lossy
    assert {problem.code for problem in parsed.problems} == {
        *("chapter_skipped", "advice_skipped", "goal_not_in_text"),
    }


def test_goals_that_the_text_lacks_are_told_by_their_place(base: Curriculum) -> None:
    told = {problem.values["goal"] for problem in problems(parse(base, TEXT), "goal_not_in_text")}
    assert told >= {"3 kap. 3 § 11", "5 kap. 4 § 2"}


def test_a_repealed_paragraph_is_no_fault(base: Curriculum) -> None:
    text = TEXT.replace("4 § AT-läkaren", "3 a § har upphävts genom provlag.\n\n4 § AT-läkaren", 1)
    parsed = parse(base, text)
    assert pasted(parsed) == EXPECTED
    assert not parsed.is_lossy


def test_a_paragraph_with_a_letter_and_points_with_letters_keep_them(base: Curriculum) -> None:
    more = "4 a § AT-läkaren skall ha kännedom om\n\n1. ett,\n1 a. mer än ett, och\n2. två.\n\n"
    text = TEXT.replace("5 kap.", f"{more}5 kap.", 1)
    assert {"3:4a:1", "3:4a:1a", "3:4a:2"} <= set(pasted(parse(base, text)))


@pytest.mark.parametrize(
    "text", ["", "Bara prat.", "\n\n", "3 kap. Tomt", "1. en\n2. två", "§" * 99]
)
def test_a_text_without_goals_is_refused_in_words(base: Curriculum, text: str) -> None:
    with pytest.raises(Fault) as caught:
        parse(base, text)
    assert caught.value.code == "content.paste.no_goals"
    assert "Inget har ändrats" in language.say(caught.value)


def test_more_goals_than_any_regulation_has_are_refused(base: Curriculum) -> None:
    points = "\n".join(f"{n}. mål" for n in range(1, 800))
    with pytest.raises(Fault) as caught:
        parse(base, f"3 kap. Prov\n2 § AT-läkaren skall självständigt kunna\n{points}")
    assert caught.value.code == "content.paste.too_large"


def test_delmal_of_bt_are_read_and_their_numbers_stay(tmp_path: Path) -> None:
    bt = content.curriculum("bt-hslf-fs-2021-8", "1", folder=tmp_path)
    text = "".join(f"BT{n} – Påhittat delmål\nnummer {n}.\n\n" for n in range(1, 19))
    made = parse(bt, text).curriculum
    assert [goal.id for goal in made.goals] == [f"BT{n}" for n in range(1, 19)]
    assert made.goals[6].text == "Påhittat delmål nummer 7."
    assert made.retired_goal("BT:w:1") is not None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_file_is_read_in_any_usual_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "text.txt"
    path.write_bytes(TEXT.encode(encoding))
    assert read_text(path) == TEXT


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"%PDF-1.7 \xff", "not_text"),
        (b"PK\x03\x04", "not_text"),
        (b"a\0b", "not_text"),
        (b"x" * 1_000_001, "too_large"),
        (None, "no_file"),
    ],
    ids=["pdf", "docx", "binary", "large", "missing"],
)
def test_what_is_no_text_is_refused_in_words(tmp_path: Path, raw: bytes | None, code: str) -> None:
    path = tmp_path / "text.txt"
    if raw is not None:
        path.write_bytes(raw)
    with pytest.raises(Fault) as caught:
        read_text(path)
    assert caught.value.code == f"content.paste.{code}"
    assert "{" not in language.say(caught.value)


def test_the_written_file_is_good_and_comes_into_use(base: Curriculum, tmp_path: Path) -> None:
    made = parse_regulation(
        TEXT, base=base, pasted_by="Nils Exempel", pasted_on=date(2026, 11, 24)
    ).curriculum
    path = write_curriculum(made, tmp_path)
    assert path.name == "at-sosfs-1999-5@1.1.toml"
    assert content.check(path) == []
    assert content.curriculum("at-sosfs-1999-5", folder=tmp_path) == made
    assert content.curriculum("at-sosfs-1999-5", "1", folder=tmp_path) == base
    assert made.pasted_by == "Nils Exempel"
