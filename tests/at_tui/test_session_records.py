"""A session form in the records: what it opens with, and that it is written whole or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from at_tui.overview import supervised
from at_tui.session_records import (
    Count,
    SessionStart,
    count_weeks,
    draft_key,
    open_session,
    placement_week,
)
from at_tui.session_saving import remove_session, save_session
from at_tui.supervising import Agreed, Carried, Carry, NextSession, SessionEntry, check_session
from data.find import folder
from schema.fault import Fault, Invalid
from schema.tables import Agreement, Supervision
from schema.words import AgreementOwner, CancelReason, SupervisionForm, SupervisionStatus
from tests.at_tui.surgery import HERE_UNTIL, TODAY, Surgery

HELD, PLANNED, CANCELLED = (
    SupervisionStatus.HELD,
    SupervisionStatus.PLANNED,
    SupervisionStatus.CANCELLED,
)


def opened(surgery: Surgery, supervision_id: str | None = None, **more: bool) -> SessionStart:
    with surgery.store.read() as work:
        return open_session(work, surgery.training_id, supervision_id, on=TODAY, **more)


def save(surgery: Surgery, start: SessionStart, entry: SessionEntry) -> str:
    assert check_session(entry, start.facts) == []
    with surgery.store.work(surgery.supervisor_id) as work:
        return save_session(work, start, entry, author=surgery.supervisor_id)


def session(surgery: Surgery, record_id: str) -> Supervision:
    with surgery.store.read() as work:
        return work.need(Supervision, record_id)


def agreement(surgery: Surgery, record_id: str) -> Agreement:
    with surgery.store.read() as work:
        return work.need(Agreement, record_id)


def planned_after(surgery: Surgery, day: date) -> list[Supervision]:
    with surgery.store.read() as work:
        return [s for s in work.all(Supervision) if s.day > day and s.status == PLANNED]


def test_the_form_opens_on_todays_planned_session_as_held(surgery: Surgery) -> None:
    start = opened(surgery)
    assert start.supervision_id == surgery.planned_id
    assert (start.entry.status, start.entry.day, start.entry.minutes) == (HELD, TODAY, 60)
    assert [a.id for a in start.carried] == surgery.open_ids
    assert start.entry.next == NextSession(TODAY + timedelta(days=7), 60)


def test_the_form_knows_its_week_and_its_number(surgery: Surgery) -> None:
    """Nineteen Thursdays from 16 July to 19 November, less 29 October and 5 November, are 17."""
    start = opened(surgery)
    assert placement_week(start, TODAY) == (20, 26)
    assert start.number(TODAY) == 18
    assert count_weeks(start, HELD, TODAY) == Count(18, 20)
    assert count_weeks(start, CANCELLED, TODAY) == Count(17, 20)
    assert count_weeks(start, HELD, HERE_UNTIL + timedelta(days=1)) is None


def test_a_reflection_group_is_no_week_met_here_as_little_as_on_the_first_page(
    surgery: Surgery,
) -> None:
    assert count_weeks(opened(surgery), HELD, TODAY, SupervisionForm.REFLECTION) == Count(17, 20)
    with surgery.store.work(surgery.supervisor_id) as work:
        held = [s for s in work.all(Supervision) if s.status == HELD]
        held[0].form = SupervisionForm.MENTOR
        work.save(held[0])
    start = opened(surgery)
    assert start.number(TODAY) == 18
    assert count_weeks(start, HELD, TODAY) == Count(17, 20)
    with surgery.store.read() as work:
        found = folder(work, surgery.training_id)
    assert supervised(found, found.placement_on(TODAY), TODAY).weeks_met == 16


def test_an_untouched_form_saves_the_session_and_plans_the_next(surgery: Surgery) -> None:
    start = opened(surgery)
    assert save(surgery, start, start.entry) == surgery.planned_id

    saved = session(surgery, surgery.planned_id)
    assert (saved.status, saved.day, saved.minutes) == (HELD, TODAY, 60)
    assert (saved.placement_id, saved.supervisor_id) == (
        surgery.placement_id,
        surgery.supervisor_id,
    )
    assert [(s.day, s.minutes) for s in planned_after(surgery, TODAY)] == [
        (TODAY + timedelta(days=7), 60)
    ]
    assert agreement(surgery, surgery.open_ids[0]).done_on is None


def test_agreements_are_ticked_off_moved_and_dropped(surgery: Surgery) -> None:
    first, second = surgery.open_ids
    start = opened(surgery)
    later = TODAY + timedelta(days=7)
    save(
        surgery,
        start,
        replace(
            start.entry, carried=(Carried(first, Carry.DONE, TODAY), Carried(second, due=later))
        ),
    )
    assert agreement(surgery, first).done_on == TODAY
    moved = agreement(surgery, second)
    assert (moved.done_on, moved.dropped_on, moved.due) == (None, None, later)

    start = opened(surgery, blank=True)
    assert [a.id for a in start.carried] == [second]
    save(
        surgery,
        start,
        replace(
            start.entry,
            form=SupervisionForm.GROUP,
            carried=(Carried(second, Carry.DROPPED, later),),
        ),
    )
    assert agreement(surgery, second).dropped_on == TODAY
    assert opened(surgery, blank=True).carried == ()


def test_new_agreements_are_carried_to_the_next_session(surgery: Surgery) -> None:
    start = opened(surgery)
    new = Agreed("  Auskultera hos\tsköterskan ", AgreementOwner.OTHER, TODAY + timedelta(days=7))
    save(surgery, start, replace(start.entry, agreed=(new,)))
    carried = opened(surgery).carried
    assert [(a.text, a.owner, a.agreed_on) for a in carried][-1] == (
        "Auskultera hos sköterskan",
        AgreementOwner.OTHER,
        TODAY,
    )


def test_a_cancelled_session_keeps_its_day_and_its_new_time_names_it(surgery: Surgery) -> None:
    start = opened(surgery)
    cancelled = replace(
        start.entry,
        status=CANCELLED,
        cancel_reason=CancelReason.WORKLOAD,
        next=NextSession(TODAY + timedelta(days=1), 60),
    )
    save(surgery, start, cancelled)
    old = session(surgery, surgery.planned_id)
    assert (old.status, old.day, old.cancel_reason) == (CANCELLED, TODAY, CancelReason.WORKLOAD)
    (new,) = planned_after(surgery, TODAY)
    assert (new.day, new.replaces_id) == (TODAY + timedelta(days=1), old.id)


def test_a_held_session_opens_as_it_was_saved(surgery: Surgery) -> None:
    start = opened(surgery)
    first = surgery.open_ids[0]
    entry = replace(
        start.entry,
        minutes=45,
        topics=("k", "j"),
        goals=("5:2:1",),
        note="Första raden.\n\nTredje raden.",
        carried=(Carried(first, Carry.DONE, TODAY), start.entry.carried[1]),
        agreed=(Agreed("Ring Försäkringskassan"),),
    )
    save(surgery, start, entry)

    again = opened(surgery, surgery.planned_id)
    made = again.entry.agreed[0]
    assert again.entry == replace(entry, agreed=(made,), next=None)
    assert made.text == "Ring Försäkringskassan"
    assert again.planned_for is None
    assert again.next_planned == TODAY + timedelta(days=7)


def test_an_agreement_taken_out_of_a_held_session_is_removed(surgery: Surgery) -> None:
    start = opened(surgery)
    save(surgery, start, replace(start.entry, agreed=(Agreed("Ett"), Agreed("Två"))))
    again = opened(surgery, surgery.planned_id)
    save(surgery, again, replace(again.entry, agreed=again.entry.agreed[1:]))
    texts = [a.text for a in opened(surgery, surgery.planned_id).entry.agreed]
    assert texts == ["Två"]


def test_a_session_ticked_off_by_mistake_is_opened_again(surgery: Surgery) -> None:
    start = opened(surgery)
    first = surgery.open_ids[0]
    done = (Carried(first, Carry.DONE, TODAY), start.entry.carried[1])
    save(surgery, start, replace(start.entry, carried=done))
    again = opened(surgery, surgery.planned_id)
    assert again.entry.carried[0].outcome is Carry.DONE
    save(surgery, again, replace(again.entry, carried=start.entry.carried))
    assert agreement(surgery, first).done_on is None


def test_two_windows_that_save_the_same_session_do_not_overwrite_each_other(
    surgery: Surgery,
) -> None:
    mine, theirs = opened(surgery), opened(surgery)
    save(surgery, theirs, replace(theirs.entry, note="Deras", next=None))
    before = session(surgery, surgery.planned_id)
    with pytest.raises(Fault, match=r"store\.stale"):
        save(surgery, mine, replace(mine.entry, note="Mitt", next=None))
    assert session(surgery, surgery.planned_id) == before


def test_a_form_that_is_refused_is_not_half_saved_and_can_be_saved_again(
    surgery: Surgery,
) -> None:
    start = opened(surgery)
    ticked = tuple(Carried(a.id, Carry.DONE, a.due) for a in start.carried)
    wrong = replace(start.entry, carried=ticked, agreed=(Agreed("x" * 201),))
    with pytest.raises(Invalid), surgery.store.work(surgery.supervisor_id) as work:
        save_session(work, start, wrong, author=surgery.supervisor_id)
    assert session(surgery, surgery.planned_id).status == PLANNED
    assert agreement(surgery, surgery.open_ids[0]).done_on is None
    assert planned_after(surgery, TODAY) == []

    save(surgery, start, replace(wrong, agreed=()))
    assert session(surgery, surgery.planned_id).status == HELD


def test_the_draft_is_dropped_by_the_save(surgery: Surgery) -> None:
    key = draft_key(surgery.training_id, surgery.planned_id)
    with surgery.store.work(surgery.supervisor_id) as work:
        work.keep_draft(key, {"note": "halv"})
    start = opened(surgery)
    save(surgery, start, start.entry)
    with surgery.store.read() as work:
        assert work.draft(key) is None


def test_every_record_of_one_save_is_in_the_history(surgery: Surgery) -> None:
    start = opened(surgery)
    done = tuple(Carried(a.id, Carry.DONE, a.due) for a in start.carried)
    save(surgery, start, replace(start.entry, carried=done, agreed=(Agreed("Ny"),)))
    with surgery.store.read() as work:
        assert len(work.versions_of(surgery.planned_id)) == 2
        assert [len(work.versions_of(record_id)) for record_id in surgery.open_ids] == [2, 2]
        version = work.version_of(surgery.planned_id)
    assert version is not None
    assert version.author == surgery.supervisor_id


def test_a_removed_session_leaves_its_agreements_and_its_history(surgery: Surgery) -> None:
    with surgery.store.work(surgery.supervisor_id) as work:
        remove_session(work, surgery.planned_id)
    with surgery.store.read() as work:
        assert work.get(Supervision, surgery.planned_id) is None
        assert len(work.versions_of(surgery.planned_id)) == 2
    assert [a.id for a in opened(surgery).carried] == surgery.open_ids


def test_a_training_without_sessions_opens_an_empty_form_of_an_hour(surgery: Surgery) -> None:
    with surgery.store.work("test") as work:
        for record in [*work.all(Supervision), *work.all(Agreement)]:
            work.remove(record)
    start = opened(surgery)
    assert start.supervision_id is None
    assert start.entry == SessionEntry(
        status=HELD, day=TODAY, minutes=60, next=NextSession(TODAY + timedelta(days=7), 60)
    )
    new = save(surgery, start, start.entry)
    assert session(surgery, new).supervisor_id == surgery.supervisor_id
