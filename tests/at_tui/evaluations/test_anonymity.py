"""From the records, their history, every backup and every export together, no evaluation can be
tied to a trainee. The reader of this test has all of them, with the passphrase, from every moment.
"""

from __future__ import annotations

import contextlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from at_tui.evaluations.results import FEWEST, Results, results, subjects
from at_tui.interchange.exporting import export
from data import ballot_box, driver, opening
from data.backup import Why
from data.ballot_box import Ballot, cast, dealt
from data.store import Store
from schema.tables import Draft, Evaluation, Placement, Trainee, Training, Unit, Version
from schema.words import SectionCode

PASSPHRASE = "räksmörgås på taket"
WORDS = ["Ettan tyckte", "Tvåan tyckte", "Trean tyckte", "Fyran tyckte", "Femman tyckte"]


@dataclass
class Clinic:
    """Five who end their placements at one unit, and everything that is kept of each moment."""

    store: Store
    unit_id: str
    trainees: list[Trainee]


@dataclass(frozen=True)
class Moment:
    """What somebody with every copy sees: the tables of a backup, the history, the export."""

    tables: dict[str, list[tuple[Any, ...]]]
    export: dict[str, Any]
    raw: bytes


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[Clinic]:
    path = tmp_path / "at.db"
    opening.create(path, passphrase=PASSPHRASE)
    store = opening.open_store(path, opening.unlock(path, passphrase=PASSPHRASE))
    with store.work("test") as work:
        unit = work.save(Unit(name="Kliniken Påhitt"))
        trainees = []
        for number in range(5):
            one = work.save(Trainee(name=f"Alva Testsson {number}"))
            training = work.save(Training(trainee_id=one.id, start=date(2025, 9, 1)))
            work.save(
                Placement(
                    training_id=training.id, section=SectionCode.PSYKIATRI, unit_id=unit.id,
                    start=date(2026, 1, 1), end=date(2026, 3, 31),
                )
            )  # fmt: skip
            trainees.append(one)
    yield Clinic(store, unit.id, trainees)
    store.close()


def look(clinic: Clinic) -> Moment:
    """Take a backup and an export, and open the backup as its owner can."""
    backup = clinic.store.backup(Why.MANUAL)
    tables: dict[str, list[tuple[Any, ...]]] = {}
    with contextlib.closing(driver.connect(backup.path, clinic.store.key)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (name,) in names:
            found = connection.execute(f'SELECT rowid, * FROM "{name}"').fetchall()  # noqa: S608
            tables[name] = [tuple(row) for row in found]
    with clinic.store.read() as work:
        document = json.loads(export(work))
    return Moment(tables, document, backup.path.read_bytes())


def answer(clinic: Clinic, who: int) -> None:
    """Let one of the five answer: words and a level that only they would give."""
    answers = {"behalla": f"{WORDS[who]} detta.", "handledning": who + 1, "schema": 5 - who}
    ballot = Ballot(
        clinic.unit_id, "psykiatri", "2026-1", "placeringsutvardering", "1", "", answers
    )
    cast(clinic.store, ballot)


def watched(clinic: Clinic, count: int) -> list[Moment]:
    """Let `count` answer, one at a time, with a look before each and after the last."""
    moments = [look(clinic)]
    for who in range(count):
        answer(clinic, who)
        moments.append(look(clinic))
    return moments


def shown(clinic: Clinic) -> Results:
    with clinic.store.read() as work:
        subject = next(s for s in subjects(work) if s.unit_id == clinic.unit_id)
        return results(work, subject)


def everything(moment: Moment) -> str:
    return json.dumps([moment.tables, moment.export], ensure_ascii=False, default=str)


def test_one_more_of_four_changes_nothing_in_records_history_backups_or_exports(
    clinic: Clinic,
) -> None:
    moments = watched(clinic, 4)
    for before, after in pairwise(moments):
        changed = {name for name in after.tables if before.tables[name] != after.tables[name]}
        # The box's key is made with the first answer ever; it says that someone has answered.
        assert changed <= {"meta"}
        assert before.export == after.export
    for before, after in pairwise(moments[1:]):
        assert before.tables == after.tables
    for moment in moments:
        assert not any(words in everything(moment) for words in WORDS)


def test_the_fifth_lets_all_five_out_at_once_and_only_as_evaluations(clinic: Clinic) -> None:
    moments = watched(clinic, 5)
    before, after = moments[-2:]
    changed = {name for name in after.tables if before.tables[name] != after.tables[name]}
    assert changed == {"evaluation"}
    assert len(after.tables["evaluation"]) == 5
    assert before.tables["version"] == after.tables["version"]
    assert {key for key in after.export if before.export[key] != after.export[key]} == {
        "evaluation"
    }


def test_a_sealed_row_holds_nothing_of_who_or_when(clinic: Clinic) -> None:
    for who in range(5):
        answer(clinic, who)
    # A new column would be a new way to find out: whoever adds one must think of this test.
    assert set(Evaluation.model_fields) == {
        "id", "unit_id", "section", "period", "about", "instrument_id", "instrument_version",
        "answers",
    }  # fmt: skip
    with clinic.store.read() as work:
        rows = work.all(Evaluation)
        ids = {one.id for kind in (Trainee, Training, Placement) for one in work.all(kind)}
        assert work.all(Draft) == []
        assert not [v for v in work.all(Version) if v.kind == "Evaluation"]
        assert "evaluation" not in {v.author for v in work.all(Version)}
    assert len({(r.unit_id, r.section, r.period, r.about) for r in rows}) == 1
    for row in rows:
        assert not any(id in json.dumps(row.model_dump(mode="json")) for id in ids)
        assert row.id[14] == "4"  # a random id: a UUIDv7 would tell the millisecond


def test_nothing_in_a_row_goes_with_anything_else_in_it() -> None:
    """Whoever knows that the first to answer gave a 1 finds every other answer equally likely in
    that row, at every place in the table."""
    met: Counter[object] = Counter()
    place: Counter[int] = Counter()
    runs = 1500
    for _ in range(runs):
        batch = [
            Ballot("u", "psykiatri", "2026-1", "i", "1", "", {"a": who, "b": who})
            for who in range(5)
        ]
        rows = dealt(batch)
        first = next(n for n, row in enumerate(rows) if row.answers["a"] == 0)
        place[first] += 1
        met[rows[first].answers["b"]] += 1
    for count in (*met.values(), *place.values()):
        assert runs / 5 - 6 * 16 < count < runs / 5 + 6 * 16  # six deviations of sixteen
    assert len(met) == len(place) == 5


def test_the_order_of_the_answers_does_not_show_in_any_order_of_the_table(clinic: Clinic) -> None:
    orders: list[tuple[int, ...]] = []
    for _ in range(6):
        for who in range(5):
            answer(clinic, who)
    with clinic.store.read() as work:
        rows = work.all(Evaluation)
    moment = look(clinic)
    by_rowid = [json.loads(row[-1])["handledning"] for row in moment.tables["evaluation"]]
    by_id = [row.answers["handledning"] for row in sorted(rows, key=lambda r: r.id)]
    for given in (by_rowid, by_id):
        orders += [tuple(given[n : n + 5]) for n in range(0, 30, 5)]
    # Each batch went in as 1 2 3 4 5: that five of twelve come out so happens once in 30 million.
    assert orders.count((1, 2, 3, 4, 5)) < 5


def test_four_say_nothing_and_five_do(clinic: Clinic) -> None:
    assert FEWEST == ballot_box.FEWEST == 5
    for who in range(4):
        answer(clinic, who)
    found = shown(clinic)
    assert found.years == ()
    assert all(not question.figures for question in found.questions)
    answer(clinic, 4)
    found = shown(clinic)
    assert [(year.year, year.count, year.shown) for year in found.years] == [(2026, 5, True)]
    means = {q.item_id: q.figures[2026].mean for q in found.questions}
    assert (means["handledning"], means["schema"]) == (3.0, 3.0)
    assert [words.label for words in found.years[0].words] == ["En sak att behålla"]


def test_a_question_that_four_answered_is_not_told(clinic: Clinic) -> None:
    for who in range(5):
        answers: dict[str, Any] = {"handledning": 4}
        if who:
            answers["schema"] = 2
        cast(
            clinic.store,
            Ballot(
                clinic.unit_id, "psykiatri", "2026-1", "placeringsutvardering", "1", "", answers
            ),
        )
    figures = {q.item_id: q.figures[2026] for q in shown(clinic).questions}
    assert (figures["handledning"].mean, figures["handledning"].spread) == (4.0, ())
    assert (figures["schema"].count, figures["schema"].mean) == (4, None)


def test_how_answers_were_spread_is_told_from_ten(clinic: Clinic) -> None:
    for _ in range(2):
        assert not any(f.spread for q in shown_or_none(clinic) for f in q.figures.values())
        for who in range(5):
            answer(clinic, who)
    figures = {q.item_id: q.figures[2026] for q in shown(clinic).questions}
    assert figures["handledning"].spread == (2, 2, 2, 2, 2)


def shown_or_none(clinic: Clinic) -> tuple[Any, ...]:
    with clinic.store.read() as work:
        found = [s for s in subjects(work) if s.unit_id == clinic.unit_id]
    return shown(clinic).questions if found else ()


def test_fewer_than_five_from_another_file_are_not_shown(clinic: Clinic) -> None:
    with clinic.store.work("test") as work:
        for _ in range(4):
            work.session.add(
                Evaluation(
                    unit_id=clinic.unit_id, section=SectionCode.PSYKIATRI, period="2026-1",
                    instrument_id="placeringsutvardering", instrument_version="1",
                    answers={"handledning": 1, "behalla": WORDS[0]},
                )
            )  # fmt: skip
    found = shown(clinic)
    assert [(year.count, year.words) for year in found.years] == [(4, ())]
    assert all(not question.figures for question in found.questions)


def test_the_five_are_in_the_records_of_an_encrypted_file_only(
    clinic: Clinic, tmp_path: Path
) -> None:
    for who in range(4):
        answer(clinic, who)
    for path in tmp_path.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not any(words.encode() in content for words in WORDS), path
