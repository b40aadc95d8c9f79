"""The demo is the same every time, whole, and such that every part of the programme has work."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from at_tui.around import around_of
from at_tui.completeness import lacks
from at_tui.demo import block
from at_tui.demo.calendar import is_working
from at_tui.demo.cast import BT_COUNT, COUNT, GROUP, Size, bt_characters, characters, everyone
from at_tui.demo.chance import Chance
from at_tui.demo.judgements import kollegier
from at_tui.demo.life import Life
from at_tui.demo.organisation import organisation
from at_tui.demo.phrases import bank
from at_tui.demo.writing import REFERENCE_DAY, live, write_demo
from at_tui.filled_form import form_of
from at_tui.goal_map import goal_map
from at_tui.interchange.exporting import export
from at_tui.kollegium.evidence import explain
from at_tui.placing import Span, over_full_time
from data import content, door
from data.find import Folder, folder, trainee_rows
from data.opening import needs_passphrase, open_store
from data.store import Store
from data.verify import verify
from schema.fault import Fault
from schema.personnummer import find_sensitive
from schema.tables import KINDS, Assessment, Evaluation, Kollegium, Supervision, Talk
from schema.words import Kind, LockStatus, SupervisionStatus


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The vårdcentral with six, as of the day of the pictures."""
    path = tmp_path_factory.mktemp("demo") / "clinic.db"
    write_demo(path, Size.CLINIC)
    store = open_store(path, None)
    yield store
    store.close()


@pytest.fixture(scope="module")
def folders(clinic: Store) -> dict[str, Folder]:
    """Everything of each doctor, by name."""
    with clinic.read() as work:
        rows = trainee_rows(work, on=REFERENCE_DAY, everyone=True)
        return {row.name: folder(work, row.training_id) for row in rows}


def content_of(path: Path) -> dict[str, Any]:
    """Return what is recorded, the versions of the history that signatures and frozen evidence
    name included."""
    store = open_store(path, None)
    with store.read() as work:
        document: dict[str, Any] = json.loads(export(work))
    store.close()
    return document


def test_the_same_seed_gives_the_same_records_with_the_same_ids(tmp_path: Path) -> None:
    for name, seed in (("a", 7), ("b", 7), ("c", 8)):
        write_demo(tmp_path / name, Size.ONE, seed=seed)
    first, same, other = (content_of(tmp_path / name) for name in "abc")
    assert first == same
    assert first["trainee"] != other["trainee"]
    assert first["supervision"] != other["supervision"]


def test_a_demo_that_somebody_goes_on_writing_in_gets_a_node_of_its_own(tmp_path: Path) -> None:
    nodes = []
    for name in "ab":
        write_demo(tmp_path / name, Size.ONE)
        store = open_store(tmp_path / name, None)
        with store.read() as work:
            made_by = work.fact("node")
        nodes += [made_by, store.node]
        store.close()
    assert nodes[0] == nodes[2]
    assert len(set(nodes)) == 3


def test_the_demo_follows_the_day_it_is_made_for(tmp_path: Path) -> None:
    later = REFERENCE_DAY + timedelta(weeks=10)
    write_demo(tmp_path / "later", Size.ONE, on=later)
    found = content_of(tmp_path / "later")
    assert [one["name"] for one in found["trainee"]] == ["Alva Testsson"]
    held = [one["day"] for one in found["supervision"] if one["status"] == "held"]
    assert (later - timedelta(weeks=4)).isoformat() < max(held) < later.isoformat()


def test_the_file_holds_together_and_says_that_it_is_a_demo(clinic: Store) -> None:
    assert verify(clinic) == []
    assert clinic.demo
    assert not needs_passphrase(clinic.path)
    with clinic.read() as work:
        assert work.fact("owner_id")


def test_the_clinic_has_its_six_and_every_kind_of_record(clinic: Store) -> None:
    with clinic.read() as work:
        rows = trainee_rows(work, on=REFERENCE_DAY, everyone=True)
        missing = {name for name, kind in KINDS.items() if not work.all(kind, limit=1)}
        assert work.all(Evaluation, limit=1)
    assert [row.name for row in rows] == [
        "Alva Testsson", "Björn Övningsson", "Élise Påhitt", "Folke Mallberg", "Nils Exempel",
        "Åsa Provdahl",
    ]  # fmt: skip
    # Figures and days of a whole region.
    assert missing <= {"Metric", "ExamDate", "Recruitment"}


def test_every_instrument_is_filled_in_somewhere(clinic: Store) -> None:
    with clinic.read() as work:
        used = {form.instrument_id for form in work.all(Assessment)}
        used |= {sealed.instrument_id for sealed in work.all(Evaluation)}
    assert used == {
        one.id for one in content.load_instruments().values() if one.training != Kind.BT
    }


def test_every_signed_form_is_complete_and_within_its_scale(folders: dict[str, Folder]) -> None:
    instruments = content.load_instruments()
    faults = Counter(
        (form.instrument_id, lack.code, lack.where)
        for everything in folders.values()
        for form in everything.assessments
        if form.status == LockStatus.SIGNED
        for lack in lacks(
            instruments[form.instrument_id],
            form_of(form),
            around_of(everything, form, on=REFERENCE_DAY),
        )
        # Only three test numbers exist, so most of the invented have none.
        if lack.code not in ("trainee_personnummer",)
    )
    assert not faults


def test_ratings_rise_with_time_and_differ_between_people(folders: dict[str, Folder]) -> None:
    forms = [form for one in folders.values() for form in one.assessments]
    levels = {
        early: [
            form.answers["helhet"]
            for form in forms
            if form.instrument_id in ("mini-cex", "dops")
            and not form.variant
            and form.answers.get("helhet")
            and _share(folders, form) is early
        ]
        for early in (True, False)
    }
    assert sum(levels[False]) / len(levels[False]) > sum(levels[True]) / len(levels[True]) + 0.3
    documents = {
        name: [
            value
            for form in folders[name].assessments
            if form.instrument_id == "dalarna-aterkoppling"
            for value in form.answers.values()
            if isinstance(value, int)
        ]
        for name in ("Alva Testsson", "Björn Övningsson")
    }
    means = {name: sum(found) / len(found) for name, found in documents.items()}
    assert means["Björn Övningsson"] < 2.7 < means["Alva Testsson"]


def _share(folders: dict[str, Folder], form: Assessment) -> bool:
    """Return whether the form is of the first half of its training."""
    training = next(one.training for one in folders.values() if one.training.id == form.training_id)
    assert training.end
    return form.day < training.start + (training.end - training.start) / 2


def test_volumes_are_those_of_practice(folders: dict[str, Folder]) -> None:
    """Per AT-läkare over 21 months (practice, volumes): about 60 sessions, 80 fredagsfeedback,
    18 feedback documents, 20 assessments, 30 absences, 90 lectures and courses."""
    whole = folders["Folke Mallberg"]
    counts = Counter(form.instrument_id for form in whole.assessments)
    observed = sum(counts[name] for name in ("mini-cex", "dops", "cbd", "medsittning-formativ"))
    sessions = [s for s in whole.supervisions if s.status == SupervisionStatus.HELD]
    assert 45 <= len(sessions) <= 75
    assert 55 <= counts["fredagsfeedback"] <= 90
    assert 11 <= counts["dalarna-aterkoppling"] <= 20
    assert 12 <= observed <= 30
    assert 20 <= len(whole.absences) <= 40
    assert 70 <= len(whole.educations) <= 110


def test_each_of_the_six_has_a_part(folders: dict[str, Folder]) -> None:
    alva, nils, folke = (
        folders[name] for name in ("Alva Testsson", "Nils Exempel", "Folke Mallberg")
    )
    stay = alva.placement_on(REFERENCE_DAY)
    assert stay
    assert (REFERENCE_DAY - stay.start).days // 7 + 1 == 20
    assert any(s.status == SupervisionStatus.PLANNED for s in alva.supervisions)
    assert folders["Élise Påhitt"].training.end
    assert {p.percent for p in folders["Élise Påhitt"].placements} == {75}
    assert any(str(a.kind) == "foraldraledig" for a in folders["Élise Påhitt"].absences)
    lately = [s for s in nils.supervisions if s.day > REFERENCE_DAY - timedelta(weeks=10)]
    assert sum(s.status == SupervisionStatus.HELD for s in lately) <= 6
    assert folders["Björn Övningsson"].support_plans
    curriculum = content.curriculum("at-sosfs-1999-5")
    assert not [line for section in goal_map(folke, curriculum) for line in section.lacking]
    uncertified = {p.id for p in folke.placements} - {c.placement_id for c in folke.certificates}
    assert folke.placements[-1].id in uncertified
    assert (REFERENCE_DAY - folders["Åsa Provdahl"].training.start).days < 30


def test_nothing_recorded_lies_ahead_of_its_day(folders: dict[str, Folder]) -> None:
    for everything in folders.values():
        assert all(form.day <= REFERENCE_DAY for form in everything.assessments)
        assert all(mark.day <= REFERENCE_DAY for mark in everything.goal_marks)
        assert all(one.day <= REFERENCE_DAY for one in everything.educations)
        assert all(one.at.date() <= REFERENCE_DAY for one in everything.signatures)
        for session in everything.supervisions:
            assert (session.day >= REFERENCE_DAY) == (session.status == SupervisionStatus.PLANNED)
            assert is_working(session.day)


def test_signatures_name_the_version_that_they_cover(clinic: Store) -> None:
    with clinic.read() as work:
        from schema.tables import Signature

        for signature in work.all(Signature, limit=200):
            acts = {version.id: version.act for version in work.versions_of(signature.record_id)}
            assert acts[signature.version_id] == "signed"


def test_no_phrase_looks_like_a_patient() -> None:
    for name in ("sessions", "feedback", "cases", "teaching", "talks"):
        for phrase in _texts(bank(name)):
            assert not find_sensitive(phrase), phrase


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def test_notes_are_not_the_same_words_over_and_over(clinic: Store) -> None:
    with clinic.read() as work:
        notes = [session.note for session in work.all(Supervision) if session.note]
        talks = [talk.note for talk in work.all(Talk)]
    assert len(set(notes)) > 60
    assert Counter(notes).most_common(1)[0][1] < len(notes) / 12
    assert talks


def test_the_sizes_are_those_of_the_help() -> None:
    for size in Size:
        found = characters(size, 1, REFERENCE_DAY)
        assert len(found) == COUNT[size]
        assert len({one.name for one in found}) == COUNT[size]
    starts = {one.start for one in characters(Size.DALARNA10, 1, REFERENCE_DAY)}
    assert len(starts) == COUNT[Size.DALARNA10] / GROUP
    assert all(start and start.weekday() == 0 for start in starts)


def test_dalarnas_112_are_all_in_service() -> None:
    for one in characters(Size.DALARNA, 1, REFERENCE_DAY):
        start = block.start_of(one, REFERENCE_DAY)
        assert start < REFERENCE_DAY <= block.spans(one, start)[0][-1][1]


@settings(max_examples=25)
@given(st.integers(0, 639), st.integers(1, 5), st.dates(date(2024, 1, 1), date(2031, 12, 31)))
def test_every_record_of_anyone_on_any_day_passes_the_door(
    number: int, seed: int, on: date
) -> None:
    who = characters(Size.DALARNA10, seed, on)
    places = organisation(seed, on - timedelta(days=4200), centres=3)
    meetings = kollegier(Chance("kollegium", seed), on - timedelta(days=4000), on)
    life = live(who[number], places, meetings, seed=seed, on=on)
    for record in [*life.records, *meetings, *places.records]:
        door.check(record)
    assert len({record.id for record in life.records}) == len(life.records)
    _placements_follow_each_other(life)


def _placements_follow_each_other(life: Life) -> None:
    spans = [Span(s.start, s.end, s.placement.percent) for s in life.stays]
    for place, span in enumerate(spans):
        assert over_full_time(span, spans[:place] + spans[place + 1 :]) is None
    assert life.training.end == spans[-1].end


def test_a_demo_that_cannot_be_written_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "demo.db"

    def fall(*_: object, **__: object) -> None:
        raise Fault("store.disk_full", exit_code=3, path=str(path))

    monkeypatch.setattr("at_tui.demo.writing.live", fall)
    with pytest.raises(Fault):
        write_demo(path, Size.ONE)
    assert list(tmp_path.iterdir()) == []


def test_the_last_meeting_can_be_explained_and_the_next_is_set_up(clinic: Store) -> None:
    with clinic.read() as work:
        held = [m for m in work.all(Kollegium) if m.closed_on is not None and m.training_ids]
        last = max(held, key=lambda m: m.day)
        assert last.attendance
        assert last.series_id
        found = [explain(work, last.id, id) for id in last.training_ids]
        ahead = [m for m in work.all(Kollegium) if m.closed_on is None]
    assert ahead
    for each in found:
        assert each is not None
        assert each.evidence_on == last.day
        assert each.seen
        assert not each.missing
        # The demo's later records came after the meeting, and are told as such.
        assert each.added


def test_dalarna_has_bt_lakare_under_a_plan_and_goals_of_their_own(tmp_path: Path) -> None:
    who = bt_characters(Size.DALARNA, 1, REFERENCE_DAY)
    assert len(who) == BT_COUNT[Size.DALARNA]
    assert not {one.name for one in who} & {
        one.name for one in characters(Size.DALARNA, 1, REFERENCE_DAY)
    }
    assert bt_characters(Size.CLINIC, 1, REFERENCE_DAY) == []
    assert len(everyone(Size.DALARNA, 1, REFERENCE_DAY)) == COUNT[Size.DALARNA]
    first = min(block.start_of(one, REFERENCE_DAY) for one in who)
    places = organisation(1, first - timedelta(days=60), centres=12)
    for one in who:
        life = live(one, places, [], seed=1, on=REFERENCE_DAY)
        training = life.training
        assert (training.kind, training.programme_id) == (Kind.BT, "bt-dalarna")
        assert training.curriculum_id == "bt-hslf-fs-2021-8"
        assert training.norm_months == 12
        assert [stay.placement.section for stay in life.stays] == [
            "akut",
            "allmanmedicin",
            "psykiatri",
        ]
        kinds = {type(record).__name__ for record in life.records}
        assert {"Supervision", "Assessment"} <= kinds
        assert not kinds & {"ExamSitting", "AccountEntry", "Certificate", "Decision"}


@pytest.mark.parametrize("size", Size)
@pytest.mark.parametrize("on", [REFERENCE_DAY, date(2026, 6, 3)])
def test_every_meeting_that_was_held_had_somebody_to_take_up(size: Size, on: date) -> None:
    starts = [block.start_of(one, on) for one in everyone(size, 1, on) if one.kind is Kind.AT]
    meetings = kollegier(Chance("kollegium", 1), min(starts), on)
    assert any(meeting.closed_on for meeting in meetings)
    for meeting in meetings:
        there = [start for start in starts if start + timedelta(weeks=8) <= meeting.day]
        assert there, meeting.day


def test_dalarna_has_a_unit_where_nobody_is_named_and_one_where_nobody_is_met() -> None:
    places = organisation(1, REFERENCE_DAY - timedelta(days=700), centres=12)
    lives = [
        live(one, places, [], seed=1, on=REFERENCE_DAY)
        for one in characters(Size.DALARNA, 1, REFERENCE_DAY)
    ]
    lacking = {kind: [(one, stay) for one in lives for stay in one.stays
                      if stay.lacks(REFERENCE_DAY) == kind]
               for kind in ("unnamed", "silent")}  # fmt: skip
    assert lacking["unnamed"]
    for one, stay in lacking["unnamed"]:
        assert stay.placement.supervisor_id is None
        assert not [day for day, at, _ in one.held if at is stay]
    # Somebody has been there for so long that it shows.
    assert any(REFERENCE_DAY - stay.start > timedelta(weeks=5) for _, stay in lacking["silent"])
    for one, stay in lacking["silent"]:
        assert stay.placement.supervisor_id
        met = [day for day, at, _ in one.held if at is stay]
        assert all(day <= REFERENCE_DAY - timedelta(weeks=5) for day in met)


def test_nothing_lacks_at_the_hospitals_of_a_vardcentral() -> None:
    places = organisation(1, REFERENCE_DAY - timedelta(days=700), centres=1)
    assert not [p for site in places.hospitals.values() for p in site if p.supervision]
