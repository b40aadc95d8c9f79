"""A form's life: draft, signature, confirmation, rättelse and makulering."""

from __future__ import annotations

from datetime import timedelta

import pytest

from at_tui.correcting import (
    confirm,
    correction_of,
    discard,
    newer_of,
    older_of,
    save_draft,
    sign_form,
    void,
)
from at_tui.filled_form import FilledForm, draft_key, form_of
from at_tui.language import say
from at_tui.signer import Signer
from data import find
from schema.fault import Fault
from schema.tables import Assessment
from schema.words import LockStatus, Meaning
from tests.at_tui.clinic import TODAY, Clinic, around, exam, instrument, mini_cex

MINI_CEX = instrument("mini-cex")
NILS = Signer("nils", "Nils Exempel", "specialistläkare")
ALVA = Signer("alva", "Alva Testsson")


def signed(clinic: Clinic, form: FilledForm) -> Assessment:
    with clinic.store.work("test") as work:
        return sign_form(work, MINI_CEX, form, around(), NILS)


def all_forms(clinic: Clinic) -> list[Assessment]:
    with clinic.store.read() as work:
        return find.folder(work, clinic.training_id).assessments


def test_a_saved_form_reads_back_as_it_was_and_its_draft_is_gone(clinic: Clinic) -> None:
    form = mini_cex(clinic.training_id, own={"anamnes": 3}, goals=["6:2:5"])
    with clinic.store.work("test") as work:
        work.keep_draft(draft_key(form.training_id, form.id), form.to_draft())
    with clinic.store.work("test") as work:
        save_draft(work, form)
    [record] = all_forms(clinic)
    assert form_of(record) == form
    assert record.status is LockStatus.DRAFT
    with clinic.store.read() as work:
        assert work.drafts() == []


def test_a_signed_form_is_locked_and_names_its_signer(clinic: Clinic) -> None:
    record = signed(clinic, mini_cex(clinic.training_id))
    assert record.status is LockStatus.SIGNED
    with clinic.store.read() as work:
        [signature] = find.folder(work, clinic.training_id).signatures
    assert (signature.signer_name, signature.meaning) == ("Nils Exempel", Meaning.ASSESSES)
    changed = form_of(record)
    changed.answers["anamnes"] = 1
    with pytest.raises(Fault) as caught, clinic.store.work("test") as work:
        save_draft(work, changed)
    assert caught.value.code == "lock.signed"
    assert all_forms(clinic)[0].answers["anamnes"] == 4


def test_a_form_with_something_missing_is_not_signed_and_not_saved(clinic: Clinic) -> None:
    form = mini_cex(clinic.training_id, day=TODAY + timedelta(days=1))
    with pytest.raises(Fault) as caught:
        signed(clinic, form)
    assert caught.value.code == "assessment.not_complete"
    assert say(caught.value)
    assert all_forms(clinic) == []


def test_an_exam_form_is_not_signed_by_the_supervisor(clinic: Clinic) -> None:
    mall = instrument("medsittning-examination")
    with pytest.raises(Fault), clinic.store.work("test") as work:
        facts = around(assessor_is_supervisor=True)
        sign_form(work, mall, exam(clinic.training_id), facts, NILS)
    assert all_forms(clinic) == []


def test_the_at_lakare_confirms_what_was_signed_once(clinic: Clinic) -> None:
    record = signed(clinic, mini_cex(clinic.training_id))
    with clinic.store.work("test") as work:
        confirm(work, record.id, ALVA)
    with pytest.raises(Fault) as caught, clinic.store.work("test") as work:
        confirm(work, record.id, ALVA)
    assert caught.value.code == "signing.again"
    with clinic.store.read() as work:
        found = find.folder(work, clinic.training_id).signatures_of(record.id)
    assert [s.meaning for s in found] == [Meaning.ASSESSES, Meaning.TAKES_PART]
    assert len({s.version_id for s in found}) == 1


def test_a_draft_cannot_be_confirmed(clinic: Clinic) -> None:
    with clinic.store.work("test") as work:
        record = save_draft(work, mini_cex(clinic.training_id))
    with pytest.raises(Fault) as caught, clinic.store.work("test") as work:
        confirm(work, record.id, ALVA)
    assert caught.value.code == "signing.not_signed"


def test_a_correction_replaces_the_old_one_when_it_is_signed(clinic: Clinic) -> None:
    old = signed(clinic, mini_cex(clinic.training_id))
    new = correction_of(old, "fel nivå på status")
    assert new.answers == old.answers
    new.answers["status"] = 4
    with clinic.store.work("test") as work:
        save_draft(work, new)
    assert [r.status for r in all_forms(clinic)] == [LockStatus.SIGNED, LockStatus.DRAFT]
    with clinic.store.read() as work:
        draft = form_of(work.need(Assessment, new.id))
    signed(clinic, draft)
    first, second = all_forms(clinic)
    assert (first.status, second.status) == (LockStatus.CORRECTED, LockStatus.SIGNED)
    assert (first.answers["status"], second.answers["status"]) == (3, 4)
    assert second.correction_reason == "fel nivå på status"
    assert newer_of(first, [first, second]) == second
    assert older_of(second, [first, second]) == first


def test_one_form_is_corrected_once(clinic: Clinic) -> None:
    old = signed(clinic, mini_cex(clinic.training_id))
    one, other = correction_of(old, "ett"), correction_of(old, "två")
    signed(clinic, one)
    with pytest.raises(Fault) as caught:
        signed(clinic, other)
    assert caught.value.code == "assessment.corrected_already"
    assert len(all_forms(clinic)) == 2


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_correction_and_a_void_need_a_reason(clinic: Clinic, reason: str) -> None:
    old = signed(clinic, mini_cex(clinic.training_id))
    with pytest.raises(Fault) as caught:
        correction_of(old, reason)
    assert caught.value.code == "lock.reason"
    with pytest.raises(Fault), clinic.store.work("test") as work:
        void(work, old.id, reason)
    assert all_forms(clinic)[0].status is LockStatus.SIGNED


def test_an_unsigned_form_can_be_taken_away_and_a_signed_one_cannot(clinic: Clinic) -> None:
    form = mini_cex(clinic.training_id)
    with clinic.store.work("test") as work:
        save_draft(work, form)
        work.keep_draft(draft_key(form.training_id, form.id), form.to_draft())
    with clinic.store.work("test") as work:
        discard(work, clinic.training_id, form.id)
    with clinic.store.read() as work:
        assert work.drafts() == []
        assert work.versions_of(form.id)
    assert all_forms(clinic) == []
    old = signed(clinic, mini_cex(clinic.training_id))
    with pytest.raises(Fault), clinic.store.work("test") as work:
        discard(work, clinic.training_id, old.id)
    assert len(all_forms(clinic)) == 1


def test_a_voided_form_stays_readable_with_its_reason(clinic: Clinic) -> None:
    old = signed(clinic, mini_cex(clinic.training_id))
    with clinic.store.work("test") as work:
        void(work, old.id, "fel AT-läkare")
    [record] = all_forms(clinic)
    assert (record.status, record.void_reason) == (LockStatus.VOIDED, "fel AT-läkare")
    assert record.answers == old.answers
    with pytest.raises(Fault), clinic.store.work("test") as work:
        void(work, old.id, "igen")
