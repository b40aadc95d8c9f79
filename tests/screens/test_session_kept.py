"""What is typed in the session form is kept: drafts, another window, a save that fails."""

from __future__ import annotations

from typing import Any

import pytest
from textual.pilot import Pilot

from at_tui.session_records import open_session
from at_tui.session_saving import save_session
from at_tui.supervising import Carry
from schema.fault import Fault
from schema.words import SupervisionStatus
from screens.session import SessionScreen
from tests.at_tui.surgery import TODAY, Surgery
from tests.screens.session_form import (
    drafts,
    fill,
    play,
    session,
)


def test_what_is_typed_is_kept_and_comes_back(surgery: Surgery) -> None:
    play(surgery, "1", "n", *"halv mening", "escape")
    (kept,) = drafts(surgery)
    assert kept.content["note"] == "halv mening"

    again: list[Any] = []

    def look(page: SessionScreen, _: Pilot[int]) -> None:
        again.append(page.form.words.text)
        again.append([c.outcome for c in page.form.carried.value])

    play(surgery, lambda page, pilot: pilot.pause(0.1), look, "ctrl+s")
    assert again == ["halv mening", [Carry.DONE, Carry.OPEN]]
    assert drafts(surgery) == []
    assert session(surgery).note == "halv mening"


def test_a_draft_is_kept_within_a_second_of_typing(surgery: Surgery) -> None:
    kept: list[int] = []
    play(
        surgery,
        "n",
        "a",
        lambda page, pilot: pilot.pause(SessionScreen.PAUSE + 0.3),
        lambda page, _: kept.append(len(drafts(surgery))),
    )
    assert SessionScreen.PAUSE <= 1
    assert kept == [1]


def test_a_form_that_was_only_looked_at_leaves_no_draft(surgery: Surgery) -> None:
    play(surgery, "tab", "tab", "tab", lambda page, pilot: pilot.pause(), "escape")
    assert drafts(surgery) == []


def test_a_session_saved_in_another_window_meanwhile_is_not_overwritten_unasked(
    surgery: Surgery,
) -> None:
    """The text stays on the form; saving again is an act of its own, and both stay in history."""

    def other_window(page: SessionScreen, _: Pilot[int]) -> None:
        with surgery.store.read() as work:
            start = open_session(work, surgery.training_id, surgery.planned_id, on=TODAY)
        with surgery.store.work(surgery.supervisor_id) as work:
            entry = start.entry
            save_session(work, start, entry, author=surgery.supervisor_id)

    seen: list[Any] = []

    def look(page: SessionScreen, _: Pilot[int]) -> None:
        seen.append((page.is_current, page.form.words.text))
        seen.append(session(surgery).note)

    play(
        surgery,
        fill(note="Min text", next_day=""),
        other_window,
        "ctrl+s",
        look,
        "ctrl+s",
    )
    assert seen == [(True, "Min text"), ""]
    assert session(surgery).note == "Min text"
    with surgery.store.read() as work:
        assert len(work.versions_of(surgery.planned_id)) == 3


def test_a_save_that_fails_says_so_and_keeps_the_form(
    surgery: Surgery, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> str:
        raise Fault("store.disk_full")

    current: list[bool] = []
    monkeypatch.setattr("screens.session.save_session", full)
    play(
        surgery,
        fill(note="Min text"),
        "ctrl+s",
        lambda page, _: current.append(page.is_current),
    )
    assert current == [True]
    assert session(surgery).status is SupervisionStatus.PLANNED
