"""What is entered for the figures: rounds, answers, figures by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from at_tui.metrics.entry import drop_group, put_figure, put_group, say_completed, say_stayed
from at_tui.metrics.read import set_for, year_records
from data.opening import create, open_store
from data.store import Store
from schema.fault import Fault, Invalid
from schema.tables import Metric, Recruitment, Trainee, Training


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    create(tmp_path / "at.db", passphrase=None)
    opened = open_store(tmp_path / "at.db", None)
    yield opened
    opened.close()


def group(place: str = "Lund", sex: str = "woman", **counts: int) -> dict[str, object]:
    return {
        "sex": sex, "place": place,
        **{"applicants": 9, "interviewed": 4, "filled": 2}, **counts,
    }  # fmt: skip


def new_round(store: Store, blocks: int = 8) -> str:
    with store.work("test") as work:
        return work.save(Recruitment(year=2026, title="Start mars", blocks=blocks)).id


def put(store: Store, round_id: str, values: dict[str, object], at: int | None = None) -> None:
    with store.work("test") as work:
        put_group(work, round_id, values, place_of=at)


def places(store: Store, round_id: str) -> list[str]:
    with store.read() as work:
        return [str(one["place"]) for one in work.need(Recruitment, round_id).groups]


def test_groups_are_added_changed_and_taken_away(store: Store) -> None:
    one = new_round(store)
    for place in ("Örebro", "Lund", "Åbo"):
        put(store, one, group(place))
    assert places(store, one) == ["Lund", "Åbo", "Örebro"]
    put(store, one, group("Malmö"), at=1)
    assert places(store, one) == ["Lund", "Malmö", "Örebro"]
    with store.work("test") as work:
        drop_group(work, one, 1)
    assert places(store, one) == ["Lund", "Örebro"]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        (group(applicants=3), "recruitment_more"),
        (group(applicants=1, interviewed=1, filled=2), "recruitment_more"),
        (group(applicants=-1), "recruitment_count"),
        (group(sex="x"), "recruitment_group"),
        (group("Umeå", applicants=20, filled=9), "recruitment_blocks"),
        (group("lund"), "recruitment_twice"),
    ],
)
def test_figures_that_cannot_be_are_refused_and_nothing_is_kept(
    store: Store, values: dict[str, object], code: str
) -> None:
    one = new_round(store)
    put(store, one, group("Lund"))
    with pytest.raises(Invalid) as caught:
        put(store, one, values)
    assert caught.value.problems[0][1] == f"invalid.{code}"
    assert places(store, one) == ["Lund"]


def a_training(store: Store, ended: date | None, programme: str = "nationell") -> str:
    with store.work("test") as work:
        trainee = work.save(Trainee(name="Alva Testsson"))
        return work.save(
            Training(
                trainee_id=trainee.id,
                programme_id=programme,
                start=date(2024, 1, 8),
                ended_on=ended,
            )
        ).id


def test_an_answer_a_year_after_is_kept_and_taken_back(store: Store) -> None:
    training = a_training(store, date(2025, 7, 7))
    for answer in (True, False, None):
        with store.work("test") as work:
            say_stayed(work, training, answer)
        with store.read() as work:
            assert work.need(Training, training).stayed is answer


def test_nothing_is_answered_for_a_training_that_goes_on(store: Store) -> None:
    training = a_training(store, None)
    for say in (say_stayed, say_completed):
        with pytest.raises(Fault) as caught, store.work("test") as work:
            say(work, training, True)
        assert caught.value.code == "metrics.not_ended"


def test_a_training_is_not_broken_off_without_a_reason(store: Store) -> None:
    training = a_training(store, date(2025, 7, 7))
    with pytest.raises(Fault) as caught, store.work("test") as work:
        say_completed(work, training, False, " ")
    assert caught.value.code == "metrics.reason_needed"
    with store.work("test") as work:
        say_completed(work, training, False, "flyttade")
    with store.read() as work:
        kept = work.need(Training, training)
        assert (kept.completed, kept.ended_reason) == (False, "flyttade")


def test_a_figure_by_hand_is_kept_once_a_year_and_taken_away_when_emptied(store: Store) -> None:
    for numerator in (38, 39):
        with store.work("test") as work:
            values = {"numerator": numerator, "denominator": 40, "source": "HR"}
            put_figure(work, 2026, "st-kontrakt", values)
    with store.read() as work:
        [kept] = work.all(Metric)
        assert kept.numerator == 39
        assert year_records(work, 2026, on=date(2027, 1, 1)).by_hand["st-kontrakt"].numerator == 39
        assert not year_records(work, 2025, on=date(2027, 1, 1)).by_hand
    with store.work("test") as work:
        put_figure(work, 2026, "st-kontrakt", {"numerator": None, "denominator": None})
    with store.read() as work:
        assert work.all(Metric) == []


def test_a_numerator_above_its_denominator_is_refused(store: Store) -> None:
    with pytest.raises(Fault) as caught, store.work("test") as work:
        put_figure(work, 2026, "st-kontrakt", {"numerator": 41, "denominator": 40})
    assert caught.value.code == "metrics.above"


def test_a_variant_follows_its_programmes_set_and_others_the_general_one(store: Store) -> None:
    with store.read() as work:
        assert set_for(work).id == "grund"
    a_training(store, None, "dalarna")
    with store.read() as work:
        assert set_for(work).id == "grund"
    a_training(store, None, "orebro-uso")
    with store.read() as work:
        assert set_for(work).id == "orebro"
