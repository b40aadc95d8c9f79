"""A talk's records: what is checked, what a signature freezes, and what takes its place."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from at_tui.signer import Signer
from at_tui.standing import standing
from at_tui.supervising import Agreed
from at_tui.talks.asked import asked_for, booked, held, talk_to_open
from at_tui.talks.basis import from_json, read_basis, to_json
from at_tui.talks.guides import guide_for, guide_of
from at_tui.talks.records import (
    TalkForm,
    agreed_in,
    check_talk,
    confirm_talk,
    discard_talk,
    form_of,
    lacks,
    new_talk,
    replacement_of,
    save_talk,
    sign_talk,
    void_talk,
)
from data import find
from data.find import Folder
from schema.fault import Fault
from schema.tables import Agreement, Talk, Training
from schema.words import AgreementOwner, LockStatus, TalkKind
from tests.at_tui.clinic import TODAY, Clinic

BERIT, ALVA = "Berit Handledarsson", "Alva Testsson"


def folder_of(clinic: Clinic) -> Folder:
    with clinic.store.read() as work:
        return find.folder(work, clinic.training_id)


def halfway(clinic: Clinic, **changes: Any) -> TalkForm:
    form = new_talk(
        folder_of(clinic), TalkKind.HALVTID, on=TODAY, placement_id=clinic.primary_care_id,
        author=clinic.supervisor_id,
    )  # fmt: skip
    form.answers = {
        "behalla": "Lugn.", "mal": 3, "plan": 3, "handledning": 3, "arbetsbelastning": 3,
        "introduktion": 3, "klimat": 3, "utfall": "som-planerat",
    }  # fmt: skip
    for name, value in changes.items():
        setattr(form, name, value)
    return form


def sign(clinic: Clinic, form: TalkForm, basis: dict[str, Any] | None = None) -> Talk:
    with clinic.store.work("test") as work:
        return sign_talk(work, form, basis or {}, Signer(clinic.supervisor_id, BERIT), on=TODAY)


def codes(form: TalkForm, clinic: Clinic) -> list[str]:
    guide = guide_for(form.kind)
    return [p.code for p in check_talk(form, guide, folder_of(clinic), TODAY)]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"held_on": None}, "talks.no_day"),
        ({"held_on": TODAY + timedelta(days=1)}, "talks.not_yet"),
        ({"held_on": date(2026, 1, 11)}, "talks.before_start"),
        ({"agreed": [Agreed("x", due=TODAY - timedelta(days=1))]}, "talks.due_before"),
        ({"answers": {"mal": 9}}, "assessment.answer.outside_scale"),
        ({"answers": {"utfall": "annat"}}, "assessment.answer.no_choice"),
    ],
)
def test_what_cannot_be_is_not_saved(clinic: Clinic, changes: dict[str, Any], code: str) -> None:
    assert codes(halfway(clinic, **changes), clinic) == [code]


@pytest.mark.parametrize(
    "changes",
    [
        {"held_on": TODAY},
        {"held_on": date(2026, 1, 12)},
        {"held_on": None, "booked_on": TODAY + timedelta(days=7)},
        {"agreed": [Agreed("x", due=TODAY)]},
    ],
)
def test_the_days_at_the_edges_are_good(clinic: Clinic, changes: dict[str, Any]) -> None:
    assert codes(halfway(clinic, **changes), clinic) == []


def test_signing_asks_for_what_the_guide_asks_for(clinic: Clinic) -> None:
    form, guide = halfway(clinic), guide_for(TalkKind.HALVTID)
    assert lacks(form, guide) == []
    del form.answers["mal"], form.answers["behalla"]
    form.with_id = None
    assert [p.field for p in lacks(form, guide)] == ["with", "behalla", "mal"]


def test_agreements_are_records_that_the_next_session_carries(clinic: Clinic) -> None:
    three = [
        Agreed("Två DOPS", AgreementOwner.TRAINEE, date(2026, 12, 18)),
        Agreed("BVC", AgreementOwner.SUPERVISOR, None),
        Agreed("Schema", AgreementOwner.DIRECTOR, TODAY),
    ]
    talk = sign(clinic, halfway(clinic, agreed=three))
    assert [replace(a, agreement_id="") for a in agreed_in(folder_of(clinic), talk.id)] == three
    from at_tui.session_records import open_session

    with clinic.store.read() as work:
        start = open_session(work, clinic.training_id, on=TODAY + timedelta(days=7))
    assert {one.text for one in start.carried} == {"Två DOPS", "BVC", "Schema"}


def test_saving_again_changes_and_takes_away_what_was_agreed(clinic: Clinic) -> None:
    form = halfway(clinic, agreed=[Agreed("Ett"), Agreed("Två")])
    with clinic.store.work("test") as work:
        save_talk(work, form, on=TODAY)
    form = form_of(folder_of(clinic), folder_of(clinic).talks[0])
    form.agreed = [replace(form.agreed[0], text="Ändrat")]
    with clinic.store.work("test") as work:
        save_talk(work, form, on=TODAY)
    with clinic.store.read() as work:
        assert [a.text for a in work.all(Agreement)] == ["Ändrat"]


def test_a_talk_that_another_window_saved_is_not_overwritten(clinic: Clinic) -> None:
    form = halfway(clinic)
    with clinic.store.work("test") as work:
        save_talk(work, form, on=TODAY)
    again = form_of(folder_of(clinic), folder_of(clinic).talks[0])
    again.answers["behalla"] = "Ändrat i det andra fönstret."
    with clinic.store.work("test") as work:
        save_talk(work, again, on=TODAY)
    with pytest.raises(Fault) as told, clinic.store.work("test") as work:
        save_talk(work, again, on=TODAY)
    assert told.value.code == "store.stale"


def test_a_signed_talk_is_locked_confirmed_once_and_replaced_once(clinic: Clinic) -> None:
    talk = sign(clinic, halfway(clinic))
    with pytest.raises(Fault) as told, clinic.store.work("test") as work:
        work.need(Talk, talk.id).note = "efteråt"
    assert told.value.code == "lock.signed"
    doctor = Signer(clinic.trainee_id, ALVA)
    with clinic.store.work("test") as work:
        confirm_talk(work, talk.id, doctor)
    with pytest.raises(Fault) as told, clinic.store.work("test") as work:
        confirm_talk(work, talk.id, doctor)
    assert told.value.code == "signing.again"
    folder = folder_of(clinic)
    forms = [
        replacement_of(folder, folder.talks[0], "fel ord", on=TODAY, revised=False)
        for _ in range(2)
    ]
    sign(clinic, forms[0])
    with pytest.raises(Fault) as told:
        sign(clinic, forms[1])
    assert told.value.code == "talks.replaced_already"


def test_a_draft_cannot_be_confirmed_corrected_or_voided(clinic: Clinic) -> None:
    form = halfway(clinic)
    with clinic.store.work("test") as work:
        save_talk(work, form, on=TODAY)
    folder = folder_of(clinic)
    with pytest.raises(Fault) as told, clinic.store.work("test") as work:
        confirm_talk(work, form.id, Signer(clinic.trainee_id, ALVA))
    assert told.value.code == "signing.not_signed"
    with pytest.raises(Fault) as told:
        replacement_of(folder, folder.talks[0], "skäl", on=TODAY, revised=False)
    assert told.value.code == "talks.only_signed"
    with pytest.raises(Fault) as told, clinic.store.work("test") as work:
        void_talk(work, form.id, "skäl", on=TODAY)
    assert told.value.code == "talks.only_signed"


@pytest.mark.parametrize("reason", ["", "   ", "\n"])
def test_no_version_is_replaced_or_voided_without_a_reason(clinic: Clinic, reason: str) -> None:
    talk = sign(clinic, halfway(clinic))
    folder = folder_of(clinic)
    with pytest.raises(Fault) as told:
        replacement_of(folder, folder.talks[0], reason, on=TODAY, revised=False)
    assert told.value.code == "lock.reason"
    with pytest.raises(Fault) as told, clinic.store.work("test") as work:
        void_talk(work, talk.id, reason, on=TODAY)
    assert told.value.code == "lock.reason"


def test_a_revision_is_of_today_and_a_correction_of_the_talks_own_day(clinic: Clinic) -> None:
    sign(clinic, halfway(clinic, held_on=date(2026, 11, 2)))
    folder = folder_of(clinic)
    corrected = replacement_of(folder, folder.talks[0], "a", on=TODAY, revised=False)
    revised = replacement_of(folder, folder.talks[0], "a", on=TODAY, revised=True)
    assert (corrected.held_on, revised.held_on) == (date(2026, 11, 2), TODAY)


def test_an_unsigned_talk_goes_with_its_agreements_and_a_signed_one_stays(clinic: Clinic) -> None:
    form = halfway(clinic, agreed=[Agreed("Ett")])
    with clinic.store.work("test") as work:
        save_talk(work, form, on=TODAY)
    with clinic.store.work("test") as work:
        discard_talk(work, clinic.training_id, form.id)
    with clinic.store.read() as work:
        assert (work.all(Talk), work.all(Agreement)) == ([], [])
    talk = sign(clinic, halfway(clinic, agreed=[Agreed("Ett")]))
    with pytest.raises(Fault) as told, clinic.store.work("test") as work:
        discard_talk(work, clinic.training_id, talk.id)
    assert told.value.code == "lock.signed"
    with clinic.store.read() as work:
        assert len(work.all(Agreement)) == 1


def test_the_plan_finds_the_talk_and_not_one_that_is_void(clinic: Clinic) -> None:
    with clinic.store.work("test") as work:
        work.need(Training, clinic.training_id).programme_id = "blekinge"

    def asked() -> list[str | None]:
        stand = standing(clinic.store, clinic.training_id, TODAY)
        found = asked_for(stand.findings, stand.programme)
        return [a.placement_id for a in found if a.kind is TalkKind.HALVTID]

    assert clinic.primary_care_id in asked()
    talk = sign(clinic, halfway(clinic))
    assert clinic.primary_care_id not in asked()
    with clinic.store.work("test") as work:
        void_talk(work, talk.id, "fel person", on=TODAY)
    assert clinic.primary_care_id in asked()


def test_a_talk_is_never_begun_twice_but_each_placement_has_its_own(clinic: Clinic) -> None:
    form = halfway(clinic)
    with clinic.store.work("test") as work:
        save_talk(work, form, on=TODAY)
    talks = folder_of(clinic).talks

    def opened(kind: TalkKind, placement: str | None) -> str | None:
        found = talk_to_open(talks, kind, placement, TODAY)
        return found.id if found else None

    assert opened(TalkKind.HALVTID, clinic.primary_care_id) == form.id
    assert opened(TalkKind.HALVTID, None) == form.id
    assert opened(TalkKind.HALVTID, clinic.psychiatry_id) is None
    assert opened(TalkKind.SLUTSAMTAL, clinic.primary_care_id) is None


def test_lists_hold_the_version_in_force_and_what_is_booked(clinic: Clinic) -> None:
    sign(clinic, halfway(clinic))
    folder = folder_of(clinic)
    sign(clinic, replacement_of(folder, folder.talks[0], "a", on=TODAY, revised=False))
    with clinic.store.work("test") as work:
        work.save(Talk(training_id=clinic.training_id, kind=TalkKind.AT_CHEF,
                       booked_on=date(2026, 12, 3)))  # fmt: skip
    talks = folder_of(clinic).talks
    assert [t.status for t in held(talks)] == [LockStatus.SIGNED]
    assert [t.kind for t in booked(talks)] == [TalkKind.AT_CHEF]


def test_what_was_seen_comes_back_from_the_record_as_it_was(clinic: Clinic) -> None:
    folder = folder_of(clinic)
    basis = read_basis(clinic.store, folder, folder.placements[-1], TODAY)
    kept = json.loads(json.dumps(to_json(basis)))
    assert from_json(kept) == basis
    assert basis.week == (13, 26)
    whole = read_basis(clinic.store, folder, None, TODAY)
    assert (whole.placement, whole.week) == ("", None)


@pytest.mark.parametrize(
    "kept", [{}, {"on": "2026-11-26"}, {"week": 3}, {"goals": [{"section": "x"}]}, {"said": "ord"}]
)
def test_a_basis_that_cannot_be_made_out_is_none(kept: dict[str, Any]) -> None:
    assert from_json(kept) is None


def test_every_kind_has_a_guide_with_a_source_and_an_old_version_falls_back() -> None:
    for kind in TalkKind:
        guide = guide_for(kind)
        assert guide is not None
        assert guide.source
        assert guide_of(kind, "99") is guide
    assert guide_for("okand") is None


def test_the_life_of_a_talk_is_told_in_the_words_of_its_questions(clinic: Clinic) -> None:
    from at_tui.life import life

    talk = sign(clinic, halfway(clinic), {"held": 3})
    with clinic.store.read() as work:
        found = life(work, talk.id)
    told = {change.label: change.after for step in found.steps for change in step.changes}
    assert told["Målen i målbeskrivningen"] == "3 på spår"
    assert told["En sak att behålla"] == "Lugn."
    assert "underlag vid signering" not in told
