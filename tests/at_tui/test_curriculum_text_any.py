"""Any made-up regulation, wrapped and decorated anyhow, gives back the goals it was made of."""

from __future__ import annotations

import textwrap
import tomllib
from functools import cache
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from at_tui.curriculum_file import to_toml
from at_tui.curriculum_text import parse_regulation
from data import content
from schema.content.curriculum import Curriculum
from schema.fault import Fault
from schema.words import Level

LEADS = {
    Level.A: "AT-läkaren skall självständigt kunna",
    Level.B: "AT-läkaren skall ha god kännedom om och viss erfarenhet av",
    Level.C: "AT-läkaren skall ha kännedom om",
}

WORDS = st.sampled_from(
    [
        *("bedöma", "låtsad", "över", "65", "24", "år", "inom", "timmar", "akut", "vård"),
        *("enligt", "2", "kap.", "§", "lagen", "(2010:659)", "och", "samt", "hälsa", "öga", "å"),
    ]
)
# A point's text begins with a letter and never ends in what the regulation ties points with.
POINTS = st.tuples(
    st.sampled_from(["bedöma", "sy", "åtgärda", "Ordinera"]),
    st.lists(WORDS, max_size=14),
    st.sampled_from(["slut", "prov", "ände"]),
).map(lambda parts: " ".join([parts[0], *parts[1], parts[2]]))
PARAGRAPHS = st.tuples(st.sampled_from(list(Level)), st.lists(POINTS, min_size=1, max_size=6))
REGULATIONS = st.dictionaries(
    st.integers(2, 6), st.lists(PARAGRAPHS, min_size=1, max_size=4), min_size=1, max_size=4
)


@cache
def base() -> Curriculum:
    return content.curriculum("at-sosfs-1999-5", "1", folder=Path("inga-egna"))


@given(
    REGULATIONS,
    st.integers(40, 200),
    st.sampled_from([".", ")"]),
    st.sampled_from(["\n", "\n\n"]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_what_was_put_in_comes_out(
    regulation: dict[int, list[tuple[Level, list[str]]]],
    width: int,
    sign: str,
    between: str,
    line_end: str,
) -> None:
    rows: list[str] = []
    expected: dict[str, tuple[Level, str]] = {}
    for chapter in sorted(regulation):
        rows += [f"{chapter} kap. Påhittat ämne", "1 § AT-läkaren skall få grunder."]
        for number, (level, points) in enumerate(regulation[chapter], start=2):
            rows.append(f"{number} § {LEADS[level]}")
            for place, text in enumerate(points, start=1):
                end = "." if place == len(points) else ","
                rows.append(textwrap.fill(f"{place}{sign} {text}{end}", width))
                expected[f"{chapter}:{number}:{place}"] = (level, text + end.rstrip(","))
    text = between.join(rows).replace("\n", line_end)
    made = parse_regulation(text, base=base()).curriculum
    found = {g.id: (g.level, g.text) for g in made.goals if g.status == "pasted"}
    assert found == expected


@given(st.text(st.sampled_from("0123 456§kap.)a–\n\tåBT-:"), max_size=200))
def test_no_text_is_a_crash(text: str) -> None:
    try:
        goals = parse_regulation(text, base=base()).curriculum.goals
    except Fault as fault:
        told = fault.code
    else:
        told = "goals" if any(goal.status == "pasted" for goal in goals) else "nothing"
    assert told in {"goals", "content.paste.no_goals"}


@given(st.text(max_size=300))
def test_no_sign_at_all_is_a_crash_and_what_is_written_is_read_back(text: str) -> None:
    pasted = f"3 kap. Prov\n1 § Ram.\n2 § AT-läkaren skall självständigt kunna\n1. prova {text}"
    made = parse_regulation(pasted, base=base()).curriculum
    assert Curriculum.model_validate(tomllib.loads(to_toml(made))) == made
