"""The page about the exam, its forms, the known days, and who can sit next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from textual.content import Content
from textual.pilot import Pilot
from textual.widgets import Input

from at_tui.filled_form import FilledForm, record_of
from schema.identity import new_id
from schema.tables import (
    ExamDate,
    ExamSitting,
    Person,
    Placement,
    Signature,
    Trainee,
    Training,
)
from schema.words import LockStatus, Meaning, SectionCode
from screens.exam.dates import ExamDates, ExamDayForm
from screens.exam.overview import ExamsPage
from screens.exam.page import ExamPage
from screens.exam.rows import with_way
from screens.exam.sitting import SittingForm
from screens.widgets.choice_field import ChoiceField
from screens.widgets.picker import Picker
from tests.at_tui.clinic import TODAY, Clinic, exam, make_clinic
from tests.screens.playing import SIZES, Act, app_of, play, settle
from tests.screens.settling import flat

NEXT, LATER = date(2027, 2, 19), date(2027, 5, 21)


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[Clinic]:
    """Alva has served 17 months; her medsittningar are one of each sort."""
    made = make_clinic(tmp_path)
    with made.store.work("test") as work:
        training = work.need(Training, made.training_id)
        training.start = date(2025, 6, 1)
        surgeon = work.save(Person(name="Siv Kirurgsson", specialty="kirurgi", phone="0240-1"))
        for section, start, end in (
            (SectionCode.INVARTES, date(2025, 6, 1), date(2025, 11, 30)),
            (SectionCode.OPERERANDE, date(2025, 12, 1), date(2026, 5, 31)),
        ):
            work.save(
                Placement(
                    training_id=training.id,
                    section=section,
                    start=start,
                    end=end,
                    supervisor_id=surgeon.id,
                )
            )
        for day, opens, last in (
            (NEXT, date(2027, 1, 14), date(2027, 1, 21)),
            (LATER, None, None),
        ):
            work.save(ExamDate(day=day, opens_on=opens, apply_by=last, source="prov"))
    _form(made, "psykiatri", made.examiner_id, date(2026, 8, 20), signed=True)
    _form(made, "opererande", surgeon.id, date(2026, 4, 8), signed=True)
    _form(made, "allmanmedicin", made.examiner_id, date(2026, 11, 20), signed=False)
    yield made
    made.store.close()


def _form(clinic: Clinic, section: str, who: str, day: date, *, signed: bool) -> str:
    form: FilledForm = exam(clinic.training_id)
    form.context["amne"], form.day, form.assessor_id = section, day, who
    record = record_of(form)
    with clinic.store.work(clinic.supervisor_id) as work:
        record = work.save(record)
        work.flush()
        if signed:
            record.status = LockStatus.SIGNED
            work.flush()
            work.save(
                Signature(
                    record_kind="Assessment",
                    record_id=record.id,
                    version_id=work.version_written(record.id),
                    signer_id=who,
                    signer_name="prov",
                    meaning=Meaning.ASSESSES,
                    at=datetime(2026, 8, 20, 12, tzinfo=UTC),
                )
            )
    return record.id


def on_row(words: str) -> Act:
    """Put the cursor on the row that holds these words."""

    def act(pilot: Pilot[int]) -> None:
        picker = pilot.app.screen.query_one(Picker)
        for row in picker.rows.rows:
            if words in row.words and not row.heading:
                assert picker.select(row.id)
                return
        raise AssertionError([row.words for row in picker.rows.rows])

    return act


def fill(**values: str) -> Act:
    """Fill in fields of the form."""

    def act(pilot: Pilot[int]) -> None:
        for name, value in values.items():
            row = pilot.app.screen.query_one(f"#row-{name}")
            for field in (*row.query(ChoiceField), *row.query(Input)):
                field.value = value

    return act


def all_of(clinic: Clinic, kind: type[Any]) -> list[Any]:
    from data.opening import open_store

    store = open_store(clinic.store.path, None)
    try:
        with store.read() as work:
            found: list[Any] = work.all(kind)
            return found
    finally:
        store.close()


def add(clinic: Clinic, *records: Any) -> None:
    with clinic.store.work("test") as work:
        for record in records:
            work.save(record)


@pytest.mark.parametrize("size", SIZES)
def test_the_page_looks_as_drawn(snap_compare: Any, clinic: Clinic, size: tuple[int, int]) -> None:
    app = app_of(clinic, ExamPage(clinic.training_id))
    assert snap_compare(app, terminal_size=size, run_before=settle)


def test_a_registration_looks_as_drawn(snap_compare: Any, clinic: Clinic) -> None:
    add(
        clinic,
        ExamSitting(
            training_id=clinic.training_id,
            day=NEXT,
            registered_on=date(2026, 11, 20),
            documents=["examen", "heder"],
        ),
    )
    app = app_of(clinic, ExamPage(clinic.training_id))
    assert snap_compare(app, terminal_size=(80, 40), run_before=settle)


@pytest.mark.parametrize("size", SIZES)
def test_the_overview_looks_as_drawn(
    snap_compare: Any, clinic: Clinic, size: tuple[int, int]
) -> None:
    _others(clinic)
    assert snap_compare(app_of(clinic, ExamsPage()), terminal_size=size, run_before=settle)


@pytest.mark.parametrize("size", SIZES)
def test_the_days_look_as_drawn(snap_compare: Any, clinic: Clinic, size: tuple[int, int]) -> None:
    assert snap_compare(app_of(clinic, ExamDates()), terminal_size=size, run_before=settle)


def _others(clinic: Clinic) -> None:
    """One who has not begun long ago, one who has passed, one who is registered."""
    for name, start, sitting in (
        ("Nils Nyss", date(2026, 9, 1), None),
        ("Pia Klar", date(2025, 1, 1), ExamSitting(training_id="", day=date(2026, 5, 1),
                                                   points=60, passed=True)),
        ("Rut Anmäld", date(2025, 1, 1), ExamSitting(training_id="", day=NEXT)),
    ):  # fmt: skip
        trainee, training = Trainee(name=name), None
        training = Training(trainee_id=trainee.id, start=start)
        months = (SectionCode.INVARTES, start, date(2027, 6, 30))
        placement = Placement(
            training_id=training.id, section=months[0], start=months[1], end=months[2]
        )
        add(clinic, trainee, training, placement)
        if sitting is not None:
            sitting.id, sitting.training_id = new_id(), training.id
            add(clinic, sitting)


def test_the_page_says_when_it_can_be_sat_and_by_when_the_rest_is_done(clinic: Clinic) -> None:
    seen = flat(play(clinic, ExamPage(clinic.training_id), size=(120, 60)))
    assert "Kan skriva 19 feb 2027, om det nedan är klart senast 21 jan 2027" in seen
    assert "Medsittning i medicin saknas" in seen
    assert "Medsittningen i allmänmedicin är inte signerad" in seen
    assert "Medsittningen i kirurgi skulle avvisas. Siv Kirurgsson är" in seen
    assert "Medsittningen i psykiatri" not in seen, "nothing lacks there"


def test_a_stop_leads_to_where_it_is_mended(clinic: Clinic) -> None:
    page = ExamPage(clinic.training_id)
    seen = flat(play(clinic, page, on_row("kirurgi skulle avvisas"), "enter"))
    assert "får inte bedöma" in seen


def test_a_medsittning_that_is_missing_leads_to_a_new_form(clinic: Clinic) -> None:
    page = ExamPage(clinic.training_id)
    seen = flat(play(clinic, page, on_row("Medsittning i medicin saknas"), "enter"))
    assert "Medsittning · Alva Testsson" in seen


def test_time_that_is_not_served_leads_to_trying_out(clinic: Clinic) -> None:
    _others(clinic)
    training = next(t for t in all_of(clinic, Training) if t.start == date(2026, 9, 1))
    seen = flat(play(clinic, ExamPage(training.id), size=(120, 40)))
    assert "Planen når 10 månader; 13 månader krävs" in seen
    assert "✗ Planen når inte 13 månader" in seen


def test_a_registration_is_entered_for_the_next_day_that_can_be_sat(clinic: Clinic) -> None:
    seen = flat(play(clinic, ExamPage(clinic.training_id), "n", "f2", size=(120, 60)))
    (sitting,) = all_of(clinic, ExamSitting)
    assert (sitting.day, sitting.registered_on, sitting.passed) == (NEXT, TODAY, None)
    assert "Anmäld till provet 19 feb 2027" in seen
    assert "0 av 8 klart" in seen


def test_another_known_day_is_chosen_from_a_list(clinic: Clinic) -> None:
    play(clinic, SittingForm(clinic.training_id), fill(occasion=LATER.isoformat()), "f2")
    (sitting,) = all_of(clinic, ExamSitting)
    assert sitting.day == LATER


def test_what_is_done_of_a_registration_is_ticked_off_and_back(clinic: Clinic) -> None:
    add(clinic, ExamSitting(training_id=clinic.training_id, day=NEXT))
    step = on_row("Intyg på heder och samvete")
    play(clinic, ExamPage(clinic.training_id), step, "space", step, size=(120, 60))
    assert all_of(clinic, ExamSitting)[0].documents == ["heder"]


def test_who_sits_again_attaches_nothing(clinic: Clinic) -> None:
    add(
        clinic,
        ExamSitting(training_id=clinic.training_id, day=date(2026, 8, 20), points=40, passed=False),
        ExamSitting(training_id=clinic.training_id, day=NEXT),
    )
    seen = flat(play(clinic, ExamPage(clinic.training_id), size=(120, 60)))
    assert "0 av 2 klart" in seen
    assert "bifogar inga dokument" in seen
    assert "Medsittningarna gäller vid 1 prov till" in seen


def test_a_result_is_entered_and_must_agree_with_the_points(clinic: Clinic) -> None:
    sitting = ExamSitting(training_id=clinic.training_id, day=date(2026, 10, 30))
    id = sitting.id
    add(clinic, sitting)
    form = SittingForm(clinic.training_id, id)
    seen = flat(play(clinic, form, fill(points="51", passed="1"), "f2"))
    assert "51 av 80 poäng räcker inte till godkänt" in seen
    assert all_of(clinic, ExamSitting)[0].passed is None


def test_a_passed_exam_is_said_at_the_top(clinic: Clinic) -> None:
    sitting = ExamSitting(training_id=clinic.training_id, day=date(2026, 10, 30))
    add(clinic, sitting)
    page = ExamPage(clinic.training_id)
    steps = (on_row("Resultatet från 30 okt"), "enter", fill(points="52", passed="1"), "f2")
    seen = flat(play(clinic, page, *steps, size=(120, 60)))
    assert "Provet är godkänt 30 okt 2026" in seen
    assert "DET SOM HINDRAR" not in seen


def test_a_training_without_the_exam_says_so(clinic: Clinic) -> None:
    from at_tui import programmes

    plan = programmes.programme("nationell")
    without = plan.model_copy(
        update={"requirements": tuple(r for r in plan.requirements if r.kind != "exam")}
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("at_tui.exam.reading.plan_of", lambda *_, **__: (without, ""))
        seen = flat(play(clinic, ExamPage(clinic.training_id)))
    assert "har inget kunskapsprov" in seen


def test_a_day_is_typed_and_then_counts(clinic: Clinic) -> None:
    form = ExamDayForm()
    days = {"day": "2027-01-15", "opens_on": "2026-11-27", "apply_by": "2026-12-04"}
    play(clinic, form, fill(**days), "f2")
    assert date(2027, 1, 15) in [one.day for one in all_of(clinic, ExamDate)]


def test_a_day_to_come_is_typed_without_years_in_a_few_keys(clinic: Clinic) -> None:
    """Today is in November: the exam in September is next year's, and registration before it."""
    keys = ("n", *"17/9", "tab", *"12/8", "tab", *"19/8", "f2")
    assert len(keys) <= 20
    play(clinic, ExamDates(), *keys)
    (one,) = [one for one in all_of(clinic, ExamDate) if one.day == date(2027, 9, 17)]
    assert (one.opens_on, one.apply_by) == (date(2027, 8, 12), date(2027, 8, 19))
    assert one.source.startswith("KI:s webbplats, läst ")


@pytest.mark.parametrize("extra", range(12))
def test_the_way_to_mend_a_stop_is_never_broken(extra: int) -> None:
    sentence = "12 av 13 mån tjänstgjorda. Tiden är uppnådd 19 februari 2027" + "x" * extra + "."
    way = "→ tänk om"
    for width in range(80, 130):
        row = with_way(Content(sentence), Content(way), width)
        for scrollbar in (0, 2):
            shown = [line.plain for line in row.wrap(width - 6 - scrollbar)]
            assert any(way in line for line in shown), (width, shown)


def test_the_page_says_where_the_days_come_from(clinic: Clinic) -> None:
    seen = flat(play(clinic, ExamDates()))
    assert "ki.se/lime/eat-provet" in seen
    assert "hämtar inget från nätet" in seen


def test_a_registration_that_closes_after_the_exam_is_refused(clinic: Clinic) -> None:
    days = {"day": "2027-01-15", "apply_by": "2027-01-16"}
    seen = flat(play(clinic, ExamDayForm(), fill(**days), "f2"))
    assert "sista anmälningsdag ligger efter provdagen" in seen
    assert len(all_of(clinic, ExamDate)) == 2


def test_a_typed_day_is_removed_and_a_shipped_one_is_not(clinic: Clinic) -> None:
    seen = flat(play(clinic, ExamDates(), on_row("21 nov 2025"), "delete"))
    assert "ändras inte här" in seen
    clinic.store.close()


def test_a_typed_day_can_be_taken_away(clinic: Clinic) -> None:
    play(clinic, ExamDates(), on_row("21 maj 2027"), "delete", "j")
    assert [one.day for one in all_of(clinic, ExamDate)] == [NEXT]


def test_everyone_stands_in_the_group_of_the_next_day(clinic: Clinic) -> None:
    _others(clinic)
    seen = flat(play(clinic, ExamsPage(), size=(120, 40)))
    for words in (
        "Vem kan skriva fre 19 feb 2027?",
        "anmälan senast 21 jan 2027",
        "KAN SKRIVA NÄR DET ÄR ÅTGÄRDAT 1",
        "INTE DEN HÄR GÅNGEN 1",
        "ANMÄLDA 1",
        "GODKÄNDA 1",
    ):
        assert words in seen


def test_the_day_after_is_one_key_away(clinic: Clinic) -> None:
    seen = flat(play(clinic, ExamsPage(), "f6"))
    assert "Vem kan skriva fre 21 maj 2027?" in seen


def test_without_a_known_day_the_overview_says_so_and_shows_today(clinic: Clinic) -> None:
    with clinic.store.work("test") as work:
        for one in work.all(ExamDate):
            work.remove(one)
    seen = flat(play(clinic, ExamsPage()))
    assert "Inget kommande provdatum är känt" in seen
    assert "Alva Testsson" in seen


def test_the_overview_is_written_as_a_file(clinic: Clinic, home: Path) -> None:
    _others(clinic)
    play(clinic, ExamsPage(), "f9", "enter")
    (path,) = home.rglob("Kunskapsprov 2026-11-26.csv")
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 5
    assert any(line.startswith("Alva Testsson;Kan skriva när det är") for line in lines)
