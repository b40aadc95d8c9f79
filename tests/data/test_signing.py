from __future__ import annotations

from datetime import date

import pytest

from data import find, signing
from data.store import Store
from data.verify import verify
from schema.fault import Fault
from schema.tables import Assessment, Training
from schema.words import LockStatus, Meaning

DAY = date(2026, 3, 2)
ASSESSOR = "a" * 36


@pytest.fixture
def draft(store: Store, training: Training) -> Assessment:
    with store.work("test") as work:
        return work.save(
            Assessment(
                training_id=training.id, instrument_id="dops", instrument_version="1", day=DAY
            )
        )


def sign(store: Store, record: Assessment, meaning: Meaning = Meaning.ASSESSES) -> str:
    with store.work("test") as work:
        signed = signing.sign(
            work, work.need(Assessment, record.id), signer_id=ASSESSOR,
            signer_name="Hanna Handledarsson", signer_title="distriktsläkare", meaning=meaning,
        )  # fmt: skip
    return signed.version_id


def test_an_assessors_signature_locks_the_record_and_covers_that_version(
    store: Store, draft: Assessment
) -> None:
    version = sign(store, draft)
    with store.read() as work:
        record = work.need(Assessment, draft.id)
        newest = work.versions_of(draft.id)[-1]
        found = find.folder(work, draft.training_id)
    assert record.status is LockStatus.SIGNED
    assert (newest.act, newest.id) == ("signed", version)
    (signature,) = found.signatures_of(draft.id)
    assert (signature.signer_name, signature.meaning) == ("Hanna Handledarsson", Meaning.ASSESSES)
    assert signature.at.tzinfo is not None
    assert verify(store) == []


def test_the_trainee_confirms_the_version_that_was_signed(store: Store, draft: Assessment) -> None:
    version = sign(store, draft)
    assert sign(store, draft, Meaning.TAKES_PART) == version


def test_a_draft_cannot_be_confirmed_and_nothing_is_signed_twice(
    store: Store, draft: Assessment
) -> None:
    with pytest.raises(Fault) as early:
        sign(store, draft, Meaning.TAKES_PART)
    assert early.value.code == "signing.not_signed"
    sign(store, draft)
    with pytest.raises(Fault) as locked:
        sign(store, draft)
    assert locked.value.code == "lock.signed"
    sign(store, draft, Meaning.TAKES_PART)
    with pytest.raises(Fault) as again:
        sign(store, draft, Meaning.TAKES_PART)
    assert again.value.code == "signing.again"


def check(store: Store, pin: str) -> bool:
    with store.work("test") as work:
        return signing.check_pin(work, ASSESSOR, pin)


def test_a_pin_opens_only_for_the_one_who_set_it(store: Store) -> None:
    with store.work("test") as work:
        assert not signing.has_pin(work, ASSESSOR)
        signing.set_pin(work, ASSESSOR, "4711")
    assert check(store, "4711")
    assert not check(store, "4712")
    with pytest.raises(Fault) as nobody, store.work("test") as work:
        signing.check_pin(work, "b" * 36, "4711")
    assert nobody.value.code == "signing.no_pin"


def test_a_pin_is_blocked_after_five_wrong_tries_and_freed_when_it_is_set_anew(
    store: Store,
) -> None:
    with store.work("test") as work:
        signing.set_pin(work, ASSESSOR, "4711")
    for _ in range(signing.TRIES - 1):
        assert not check(store, "0000")
    assert check(store, "4711")
    for _ in range(signing.TRIES):
        assert not check(store, "0000")
    with pytest.raises(Fault) as blocked:
        check(store, "4711")
    assert blocked.value.code == "signing.blocked"
    with store.work("test") as work:
        signing.set_pin(work, ASSESSOR, "4711")
    assert check(store, "4711")


def test_a_short_pin_is_refused(store: Store) -> None:
    with pytest.raises(Fault) as short, store.work("test") as work:
        signing.set_pin(work, ASSESSOR, "123")
    assert short.value.code == "signing.short_pin"
