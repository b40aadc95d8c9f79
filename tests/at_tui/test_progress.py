"""Progress as a value: what the schema promises, and the order in which a reader needs it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from at_tui.judge import Status, judge
from at_tui.programmes import choices
from at_tui.progress import by_urgency, progress
from tests.at_tui.judge.cases import placed, records, sessions
from tests.at_tui.judge.made import Absence, Entry, Person, Talk, kollegium, programme

ROOT = Path(__file__).parent.parent.parent
SCHEMA = json.loads((ROOT / "schema" / "progress.schema.json").read_text(encoding="utf-8"))
ON = date(2026, 11, 24)


def told(plan: str, on: date = ON) -> dict[str, Any]:
    person = Person("Alva Testsson", specialty="allmänmedicin", presence_percent=80)
    base = records(
        placed("invartes", date(2026, 1, 1), date(2026, 6, 15), "internmedicin"),
        placed("allmanmedicin", date(2026, 6, 16), date(2027, 6, 30), supervisor_id=person.id),
        people={person.id: person},
        absences=[Absence("sjuk", date(2026, 3, 2), date(2026, 3, 20))],
        talks=[Talk("halvtid", date(2026, 3, 23))],
        account=[
            Entry("Kurs i EKG", 400_050, date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 3))
        ],
        **sessions([date(2026, 11, 3)]),
        **kollegium(date(2026, 5, 20)),
    )
    found = programme(plan)
    return progress(judge(base, found, on), found, trainee="t1", training="x1", on=on)


@pytest.mark.parametrize("plan", [choice.id for choice in choices()])
def test_progress_is_as_its_schema_says(plan: str) -> None:
    value = told(plan)
    jsonschema.validate(value, SCHEMA, format_checker=jsonschema.FormatChecker())
    assert json.loads(json.dumps(value)) == value


def test_the_schema_refuses_what_is_no_progress() -> None:
    value = told("nationell")
    for broken in (
        {**value, "version": 2},
        {key: found for key, found in value.items() if key != "on"},
        {**value, "requirements": [{**value["requirements"][0], "status": "klar"}]},
        {**value, "requirements": [{**value["requirements"][0], "unit": "veckor"}]},
    ):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(broken, SCHEMA)


def test_every_status_and_kind_of_the_code_is_in_the_schema() -> None:
    requirement = SCHEMA["$defs"]["requirement"]["properties"]
    assert requirement["status"]["enum"] == [str(status) for status in Status]
    kinds = {r.kind for choice in choices() for r in programme(choice.id).requirements}
    assert set(requirement["kind"]["enum"]) == kinds


def test_numbers_are_plain_and_days_are_iso() -> None:
    found = {r["requirement"]: r for r in told("varmland")["requirements"]}
    assert found["V-22a"]["need"] == 15000
    assert found["V-22a"]["have"] == 4000.5
    # 1 January to 15 June is 5 months and 15 of June's 30 days, less 19 days of illness: 2 to
    # 20 March, of a month of 31 days from 2 March.
    assert found["N-04"]["have"] == pytest.approx(5.5 - 19 / 31, abs=1e-4)
    assert found["V-04"]["window"] == {"start": "2026-11-01", "end": "2026-11-30"}


def test_an_expired_plan_is_told_as_such() -> None:
    value = told("varmland")
    assert value["programme"]["valid_to"] == "2020-12-31"
    assert value["programme"]["in_force"] is False
    assert {r["in_force"] for r in value["requirements"] if r["requirement"][0] == "V"} == {False}
    assert {r["in_force"] for r in value["requirements"] if r["requirement"][0] == "N"} == {True}


def test_what_needs_someone_comes_first_and_what_must_before_what_should() -> None:
    found = programme("vgr-primarvard")
    base = records(placed("allmanmedicin", date(2026, 3, 2), date(2026, 8, 30)))
    ordered = by_urgency(judge(base, found, date(2026, 5, 4)))
    statuses = [f.status for f in ordered]
    assert statuses.index(Status.LATE) < statuses.index(Status.ON_WAY)
    late = [f.strength for f in ordered if f.status is Status.LATE]
    assert late == sorted(late, key=["ska", "bör", "erbjuds", "praxis"].index)
    assert sorted(f.requirement_id for f in ordered) == sorted(r.id for r in found.requirements)


def test_a_reading_of_ours_is_told_with_its_assumption() -> None:
    found = {r["requirement"]: r["source"] for r in told("jonkoping")["requirements"]}
    assert found["J-12a"]["verified"] is True
    assert found["J-06"]["verified"] is False
    assert "en per termin" in found["J-06"]["assumption"]


def test_nothing_is_asked_of_a_clock() -> None:
    base = records(placed("invartes", date(1999, 1, 1), date(1999, 12, 31)))
    past = judge(base, programme("nationell"), date(1999, 6, 30))
    assert {f.requirement_id: f.status for f in past}["N-04"] is Status.MET
    assert judge(replace(base), programme("nationell"), date(1999, 6, 30)) == past
