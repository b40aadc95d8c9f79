from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from at_tui import retention
from data import erase, opening
from data.store import Store
from data.verify import verify
from schema.fault import Fault
from schema.tables import KINDS, AccountEntry, Certificate, Supervision, Trainee, Training

START, ENDED = date(2024, 1, 1), date(2025, 6, 30)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Alva, who has finished, and Nils, who has begun again after breaking off."""
    path = tmp_path / "at.db"
    opening.create(path, passphrase=None)
    store = opening.open_store(path, None)
    with store.work("test") as work:
        for name, ends in (("Alva Testsson", [ENDED]), ("Nils Exempel", [ENDED, None])):
            who = work.save(Trainee(name=name))
            for end in ends:
                training = work.save(Training(trainee_id=who.id, start=START, ended_on=end))
                for _ in range(3):
                    work.save(Supervision(training_id=training.id, day=START))
                work.save(AccountEntry(training_id=training.id, title="Kurs", amount_ore=100))
                work.save(Certificate(training_id=training.id, issued_on=ENDED))
    return store


@pytest.mark.parametrize(
    ("on", "kinds"),
    [
        (date(2027, 6, 30), {}),
        (date(2027, 7, 1), {"Supervision": 3}),
        (date(2033, 6, 30), {"Supervision": 3}),
        (date(2033, 7, 1), {"Supervision": 3, "AccountEntry": 1}),
    ],
)
def test_records_are_past_their_time_from_the_day_after(
    store: Store, on: date, kinds: dict[str, int]
) -> None:
    plan = retention.load()
    with store.read() as work:
        found = retention.past(work, plan, on=on)
    assert [(p.name, p.kinds) for p in found] == ([("Alva Testsson", kinds)] if kinds else [])


def test_the_report_removes_nothing(store: Store) -> None:
    before = store.path.read_bytes()
    with store.read() as work:
        assert retention.past(work, retention.load(), on=date(2090, 1, 1))
    assert store.path.read_bytes() == before


def test_what_is_past_its_time_can_be_erased_and_the_certificate_stays(store: Store) -> None:
    with store.read() as work:
        (alva,) = retention.past(work, retention.load(), on=date(2033, 7, 1))
    erase.erase(store, alva.trainee_id, "test", kinds=set(alva.kinds))
    with store.read() as work:
        assert retention.past(work, retention.load(), on=date(2033, 7, 1)) == []
        assert len(work.all(Certificate)) == 3
        assert len(work.all(Supervision)) == 6
    assert verify(store) == []


def test_the_shipped_times_are_a_working_text_and_speak_of_every_kind_about_a_trainee() -> None:
    plan = retention.read(retention.SHIPPED)
    assert plan.working
    assert "arbetstext" in plan.source.lower()
    about = {
        name
        for name, kind in KINDS.items()
        if {"training_id", "trainee_id"} & kind.model_fields.keys()
    }
    said = {kind for rule in plan.rules for kind in rule.kinds}
    assert about | {"Trainee"} == said


def test_a_regions_own_plan_replaces_the_shipped_one(tmp_path: Path) -> None:
    own = retention.SHIPPED.read_text(encoding="utf-8").replace("months = 24", "months = 12")
    (tmp_path / retention.FILE).write_text(own.replace("working", "decided"), encoding="utf-8")
    plan = retention.load(tmp_path)
    rule = plan.rule_for("Supervision")
    assert rule is not None
    assert rule.months == 12
    assert not plan.working


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("months = 24", "months = 0"), ("months = 24", "months = -1"),
        ("months = 24", 'months = "2 år"'), ("months = 24", "months = 24\nkeep = true"),
        ("keep = true", "keep = false"), ('status = "working"', 'status = "kanske"'),
        ('id = "standard"', "id = 7"), ("[[rule]]", "[[regel]]"), ("kinds = [", "kinds = 7 #["),
        ('version = "1"', ""), ("title", "titel"), ('"Trainee",', '"Trainee; DROP",'),
    ],
)  # fmt: skip
def test_a_plan_that_cannot_be_used_is_told(tmp_path: Path, old: str, new: str) -> None:
    content = retention.SHIPPED.read_text(encoding="utf-8")
    assert old in content
    (tmp_path / retention.FILE).write_text(content.replace(old, new), encoding="utf-8")
    with pytest.raises(Fault) as told:
        retention.load(tmp_path)
    assert told.value.code == "retention.broken"
