"""The figures of a year, by hand-made cases and at their boundaries."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from at_tui.metrics.counting import count, figures
from at_tui.metrics.figure import Figure, Outcome
from at_tui.metrics.read import metric_set
from at_tui.metrics.records import (
    Colleague,
    Group,
    HandFigure,
    Round,
    TrainingLine,
    YearRecords,
)
from at_tui.metrics.report import breakdown_words, of_words, remark_words, value_words

ON = date(2027, 2, 1)
SPRING = Round(
    "r1", "Start mars", 8,
    (
        Group("woman", "Lund", 12, 8, 4), Group("man", "Lund", 6, 4, 2),
        Group("man", "Göteborg", 9, 5, 2),
    ),
)  # fmt: skip
AUTUMN = Round("r2", "Start september", 5, (Group("woman", "lund", 7, 5, 3),))


def records(**more: Any) -> YearRecords:
    return YearRecords(**{"year": 2026, "on": ON, "rounds": (SPRING, AUTUMN), **more})


def training(name: str, **more: Any) -> TrainingLine:
    values: dict[str, Any] = {
        "id": name, "name": name, "start": date(2025, 1, 7), "end": date(2026, 7, 6),
        "norm_months": 18,
    }  # fmt: skip
    return TrainingLine(**{**values, **more})


def figure(id: str, of: YearRecords, region: str = "jonkoping") -> Figure:
    metric = metric_set(region).metric(id)
    assert metric is not None
    return count(metric, of)


def test_applicants_are_summed_over_the_rounds_and_broken_down() -> None:
    found = figure("sokande", records())
    assert (found.numerator, found.denominator, value_words(found)) == (34, None, "34")
    assert found.outcome is Outcome.NO_TARGET
    sex, place = found.breakdowns
    assert dict(sex.parts) == {"woman": 19, "man": 15}
    assert place.parts == (("Lund", 25), ("Göteborg", 9))
    assert breakdown_words(sex) == "kvinna 19, man 15"


def test_applicants_per_block_is_told_as_so_many_to_each() -> None:
    found = figure("sokande-per-block", records())
    assert (found.numerator, found.denominator) == (34, 13)
    assert value_words(found) == "2,6 per block"
    assert of_words(found) == "34 / 13"


def test_interviews_are_told_of_those_who_applied() -> None:
    found = figure("intervjuer", records())
    assert (found.numerator, found.denominator) == (22, 34)


def test_eleven_of_thirteen_blocks_is_short_of_all_and_thirteen_is_all() -> None:
    found = figure("tillsatta-block", records())
    assert (found.numerator, found.denominator) == (11, 13)
    assert found.outcome is Outcome.NOT_REACHED
    full = Round("r", "Start", 2, (Group("woman", "Lund", 9, 5, 2),))
    assert figure("tillsatta-block", records(rounds=(full,))).outcome is Outcome.REACHED


def test_what_is_short_of_the_target_never_reads_as_the_target() -> None:
    many = Round("r", "Start", 10_000, (Group("woman", "Lund", 9_999, 0, 9_999),))
    found = figure("tillsatta-block", records(rounds=(many,)))
    assert found.outcome is Outcome.NOT_REACHED
    assert value_words(found) == "99,9 %"


def test_a_small_place_is_told_with_the_next_smallest_as_others() -> None:
    one = Round("r", "Start", 9, (
        Group("woman", "Lund", 12, 0, 0), Group("woman", "Umeå", 1, 0, 0),
        Group("man", "Uppsala", 7, 0, 0),
    ))  # fmt: skip
    _, place = figure("sokande", records(rounds=(one,))).breakdowns
    assert place.parts == (("Lund", 12),)
    assert breakdown_words(place) == "Lund 12, övriga 8"
    assert "Umeå" not in breakdown_words(place)


def test_four_filled_blocks_are_not_broken_down_and_the_number_is_told() -> None:
    one = Round("r", "Start", 4, (Group("woman", "Lund", 9, 5, 3), Group("man", "Lund", 9, 5, 1)))
    found = figure("tillsatta-block", records(rounds=(one,)))
    assert found.numerator == 4
    assert all(breakdown_words(by) == "delas inte upp (färre än fem)" for by in found.breakdowns)


def test_a_year_without_rounds_is_unknown_and_no_missed_target() -> None:
    found = figure("tillsatta-block", records(rounds=()))
    assert found.outcome is Outcome.UNKNOWN
    assert remark_words(found) == ["Årets rekryteringsomgångar är inte inskrivna."]


def test_a_training_is_counted_in_the_year_in_which_it_ended() -> None:
    trainings = tuple(
        training(str(day), ended_on=day, completed=False, ended_reason="bytte region")
        for day in (date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1))
    )
    found = figure("ej-fullfoljda-block", records(trainings=trainings))
    assert [line.id for line in found.lines] == ["2026-01-01", "2026-12-31"]
    assert (found.numerator, found.denominator) == (2, 2)


def test_who_has_no_word_of_being_finished_is_not_counted_and_told() -> None:
    trainings = (
        training("a", ended_on=date(2026, 7, 6), completed=True),
        training("b", ended_on=date(2026, 7, 6), completed=False),
        training("c", ended_on=date(2026, 7, 6)),
    )
    found = figure("ej-fullfoljda-block", records(trainings=trainings))
    assert (found.numerator, found.denominator) == (1, 2)
    assert [line.counted for line in found.lines] == [True, False, None]
    assert remark_words(found) == [
        "1 avslutade saknar uppgift om de fullföljdes; de räknas inte.",
        "1 ej fullföljda saknar orsak.",
    ]


def test_the_reason_of_one_person_is_not_told() -> None:
    trainings = (training("a", ended_on=date(2026, 7, 6), completed=False, ended_reason="flytt"),)
    found = figure("ej-fullfoljda-block", records(trainings=trainings))
    assert not found.breakdowns[0].told
    assert found.lines[0].values["reason"] == "flytt"


def test_five_with_one_reason_are_told() -> None:
    trainings = tuple(
        training(str(n), ended_on=date(2026, 7, 6), completed=False, ended_reason="flytt")
        for n in range(5)
    )
    found = figure("ej-fullfoljda-block", records(trainings=trainings))
    assert found.breakdowns[0].parts == (("flytt", 5),)


@pytest.mark.parametrize(
    ("ended", "counted"),
    [
        (date(2024, 12, 31), False), (date(2025, 1, 1), True),
        (date(2025, 12, 31), True), (date(2026, 1, 1), False),
    ],
)  # fmt: skip
def test_retention_counts_those_for_whom_a_year_goes_in_the_year(
    ended: date, counted: bool
) -> None:
    trainings = (training("a", ended_on=ended, completed=True, stayed=True),)
    found = figure("at-kvar-efter-ett-ar", records(trainings=trainings), "blekinge")
    assert found.numerator == (1 if counted else None)


def test_three_of_four_reach_blekinges_target_and_two_of_three_do_not() -> None:
    def of(*answers: bool | None) -> Figure:
        trainings = tuple(
            training(str(n), ended_on=date(2025, 6, 30), completed=True, stayed=stayed)
            for n, stayed in enumerate(answers)
        )
        return figure("at-kvar-efter-ett-ar", records(trainings=trainings), "blekinge")

    reached = of(True, True, True, False)
    assert (value_words(reached), reached.outcome) == ("75 %", Outcome.REACHED)
    missed = of(True, True, False, None)
    assert (of_words(missed), missed.outcome) == ("2 av 3", Outcome.NOT_REACHED)
    assert remark_words(missed) == ["1 är inte tillfrågade än; de räknas inte."]
    assert of(None).outcome is Outcome.UNKNOWN


def test_who_is_not_due_to_be_asked_says_when() -> None:
    trainings = (training("a", ended_on=date(2025, 9, 30), completed=True),)
    early = records(trainings=trainings, on=date(2026, 9, 29))
    assert figure("kvar-efter-ett-ar", early).lines[0].state == "not_due"
    due = records(trainings=trainings, on=date(2026, 9, 30))
    assert figure("kvar-efter-ett-ar", due).lines[0].state == "not_asked"


def test_a_broken_off_training_is_not_asked_for_after_a_year() -> None:
    trainings = (training("a", ended_on=date(2025, 6, 30), completed=False, stayed=False),)
    assert figure("kvar-efter-ett-ar", records(trainings=trainings)).numerator is None


def test_a_block_that_ends_on_its_last_day_is_not_extended_and_a_day_later_is() -> None:
    on_time = training("a", end=date(2026, 7, 6))
    later = training("b", end=date(2026, 7, 7), prolonged_by=("foraldraledig", "part_time"))
    found = figure("forlangda", records(trainings=(on_time, later)), "grund")
    assert (found.numerator, found.denominator) == (1, 2)
    assert [line.id for line in found.lines] == ["b"]


def test_staff_is_trained_by_the_end_of_the_year() -> None:
    staff = (
        Colleague("1", "Siv Prövare", "Provet", date(2026, 12, 31)),
        Colleague("2", "Ture Testman", "Provet", date(2027, 1, 1)),
        Colleague("3", "Nils Exempel", "Provet", None),
    )
    found = figure("grundlaggande-handledarutbildning", records(staff=staff), "orebro")
    assert (found.numerator, found.denominator) == (1, 3)
    nine = tuple(Colleague(str(n), "x", "u", date(2026, 1, 1) if n else None) for n in range(10))
    reached = figure("grundlaggande-handledarutbildning", records(staff=nine), "orebro")
    assert (value_words(reached), reached.outcome) == ("90 %", Outcome.REACHED)


def test_what_is_typed_in_goes_before_what_is_counted_and_says_so() -> None:
    typed = {"st-kontrakt": HandFigure("st-kontrakt", 40, 40, "HR-rapport")}
    found = figure("st-kontrakt", records(by_hand=typed), "blekinge")
    assert (value_words(found), found.outcome) == ("100 %", Outcome.REACHED)
    assert remark_words(found) == ["Inskrivet för hand, källa: HR-rapport."]
    assert figure("st-kontrakt", records(), "blekinge").outcome is Outcome.UNKNOWN


@pytest.mark.parametrize("region", ["grund", "jonkoping", "blekinge", "orebro"])
def test_every_figure_of_every_region_is_counted_from_nothing_at_all(region: str) -> None:
    metrics = metric_set(region)
    found = figures(metrics, YearRecords(year=2026, on=ON))
    assert [one.metric.id for one in found] == [metric.id for metric in metrics.metrics]
    assert {one.outcome for one in found} == {Outcome.UNKNOWN}
    assert all(remark_words(one) for one in found)
