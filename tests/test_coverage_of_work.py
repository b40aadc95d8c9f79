"""docs/coverage.md says where every form, meeting, role, report and deadline has its place, and
every place that it names exists."""

from __future__ import annotations

import re
from pathlib import Path
from typing import cast

import pytest

from at_tui.cli.parser import WORDS
from data import content
from schema.content.programme import Programme
from schema.words import RoleKind
from screens.menu_entries import MENU, MORE

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8")
PART = PAGE[PAGE.index("## 7.11 ") :].split("\n## ")[0]
ROW = re.compile(r"^\| (.+?) \| (.*?) ?\| (.*?) ?\|$", re.MULTILINE)
GROUPS = ("Forms", "Meetings", "Roles", "Reports", "Deadlines and intervals")
TABS = {
    name
    for file in (ROOT / "screens" / "trainee").glob("*.py")
    for name in re.findall(r'^    NAME = "(\w+)"', file.read_text(encoding="utf-8"), re.MULTILINE)
}
PLACES = {
    "menu": {entry.name for _, entries in MENU for entry in entries},
    "more": {entry.name for entry in MORE},
    "tab": TABS,
    "form": {file.stem for file in (ROOT / "data" / "instruments").glob("*.toml")},
    "talk": {file.stem for file in (ROOT / "data" / "talks").glob("*.toml")},
    "role": {role.value for role in RoleKind},
}
REQUIREMENTS = {
    requirement.id
    for file in cast("dict[str, Programme]", content.load("programme")).values()
    for requirement in file.requirements
}


def rows() -> list[tuple[str, str, str]]:
    return [row for row in ROW.findall(PART) if row[0] not in ("What", "---")]


@pytest.mark.parametrize("row", rows(), ids=lambda row: str(row[0])[:40])
def test_every_place_that_is_named_exists(row: tuple[str, str, str]) -> None:
    what, where, left = row
    assert where or left, what
    for place in re.findall(r"`([^`]+)`", where):
        if place.startswith("at-tui "):
            assert place.removeprefix("at-tui ") in WORDS, place
        else:
            kind, _, name = place.partition("/")
            assert name in PLACES[kind], place
    for requirement in re.sub(r"`[^`]+`", "", where).split():
        assert requirement in REQUIREMENTS, requirement


INDEX = {
    "Forms": "AT-bok; handlingsplan; tjänstgörings- och handledningsplan; bedömningsmall; "
    "enkät after part, placement or block; web-utvärdering; föreläsningsutvärdering; "
    "återkopplingsdokument; fredagsfeedback; mini-CEX; DOPS; check-lists; introduktionsbrev; "
    "course list; account voucher, receipt; utbildningsenkät; utbildningscentral; feedback letter",
    "Meetings": "gemensam; klinik; akut; handledarsamtal; grupphandledning; mentor; "
    "reflektionsgrupp; mittsamtal; halvtid; AT-kollegium; handledarkollegium; AT-råd; "
    "utbildningsutskott; APT; arbetsträff; AT-avstämning; medarbetarsamtal; slutsamtal; "
    "avslutningssamtal; huvudhandledarträff; lotsmöte; AT-stämma; AT-forum; länsträff; "
    "utvärderingsmöte; stormöte; utbildningseftermiddag; 3, 12, 15 and 17 months",
    "Roles": "AT-läkare; BT-läkare; personlig handledare; huvudhandledare; grupphandledare; "
    "klinisk handledare; mentor; AT-ansvarig läkare; utbildningsansvarig läkare; verksamhetschef; "
    "enhetschef; vårdcentralschef; schemaläggare; AT-studierektor; övergripande studierektor; "
    "AT-chef; AT-samordnare; administrativ samordnare; PA-konsult; personalchef; läkarchef; "
    "utbildningschef; AT-nämnden; KI; SPUR; Lipus; fackliga; AT-råd; examinator",
    "Reports": "handledningslogg; målbeskrivning; absence and time served; halfway report; "
    "kollegium protocol; evaluation summary per unit; mätetal; account balance; certificate; "
    "end report; extended AT, with the reason",
    "Deadlines and intervals": "45 days; three months old; halfway review; supervision: each week; "
    "supervisor's preparation; kollegium: quarterly; AT-råd each month; 3, 12, 15 and 17 months; "
    "every third month; AT-chef: two; APT each term; mentor group; mätetal and evaluation report; "
    "revision of the concept; utbildningsenkät; refresher; 13 months; two sittings; "
    "notice to the vårdcentral; two years",
}
"""What the seeds' regions name, group by group, in the words of the page."""


@pytest.mark.parametrize("group", GROUPS)
def test_everything_of_the_index_has_a_row(group: str) -> None:
    part = next(p for p in PART.split("\n### ")[1:] if p.startswith(group))
    whats = "\n".join(what for what, _, _ in ROW.findall(part)).casefold()
    missing = [one for one in INDEX[group].split("; ") if one.casefold() not in whats]
    assert missing == []


def test_every_group_of_the_index_is_there_with_rows_of_its_own() -> None:
    assert tuple(re.findall(r"^### (.+)$", PART, re.MULTILINE)) == GROUPS
    assert all(ROW.findall(part) for part in PART.split("\n### ")[1:])


@pytest.mark.parametrize("kind", ["form", "talk", "role"])
def test_nothing_that_is_shipped_is_without_a_row(kind: str) -> None:
    """A form, a talk or a role that the page does not name has no work that it is for."""
    named = set(re.findall(rf"`{kind}/([^`]+)`", PART))
    left_out = {"samtalschecklista", "bt-slutbedomning"} if kind == "form" else set()
    assert PLACES[kind] - named - left_out == set()
