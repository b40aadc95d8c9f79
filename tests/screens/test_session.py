"""The session form at the keyboard: six keys for a week, and every fault answered at its field."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input, Static, TextArea

from at_tui.session_records import open_session, save_session
from at_tui.supervising import Carry
from schema.fault import Fault
from schema.tables import Agreement, Draft, Supervision
from schema.text import clean
from schema.words import AgreementOwner, CancelReason, SupervisionForm, SupervisionStatus
from screens.app import ATApp
from screens.session import SessionScreen
from screens.session_topics import Topics
from screens.widgets.confirm import Confirm
from screens.widgets.goals_field import GoalsDialog
from screens.widgets.keyline import KeyLine
from tests.at_tui.surgery import TODAY, Surgery, make_surgery

NOW = datetime(2026, 11, 26, 14, 2)  # noqa: DTZ001 - local time, as the screen shows it
NEXT_WEEK = TODAY + timedelta(days=7)
HOSTILE = "[bold red]Ö'Brien[/] \x1b[2J\u202edrow [@click=quit]x[/]"


@pytest.fixture
def surgery(tmp_path: Path) -> Iterator[Surgery]:
    made = make_surgery(tmp_path)
    yield made
    made.store.close()


def app_of(surgery: Surgery, page: Screen[Any], *, on: date = TODAY) -> ATApp:
    return ATApp(
        surgery.store.path,
        on=on,
        clock=lambda: NOW,
        store=surgery.store,
        author=surgery.supervisor_id,
        first=page,
    )


def play(
    surgery: Surgery,
    *steps: str | Callable[[SessionScreen, Pilot[int]], Awaitable[None] | None],
    page: SessionScreen | None = None,
    on: date = TODAY,
) -> SessionScreen:
    """Open the form, do the steps (keys, or functions of the page), and return the page.

    The form lies over an empty page, so that saving it goes back to something.
    """
    form = page or SessionScreen(surgery.training_id)

    async def go() -> None:
        app = app_of(surgery, Screen(), on=on)
        async with app.run_test(size=(80, 24)) as pilot:
            app.push_screen(form)
            await pilot.pause()
            for step in steps:
                if isinstance(step, str):
                    await pilot.press(step)
                else:
                    waiting = step(form, pilot)
                    if waiting is not None:
                        await waiting
            await pilot.pause()

    asyncio.run(go())
    return form


def session(surgery: Surgery, record_id: str = "") -> Supervision:
    with surgery.store.read() as work:
        return work.need(Supervision, record_id or surgery.planned_id)


def agreements(surgery: Surgery) -> list[Agreement]:
    with surgery.store.read() as work:
        found = {a.id: a for a in work.all(Agreement)}
    first = [found.pop(id) for id in surgery.open_ids]
    return [*first, *found.values()]


def planned(surgery: Surgery) -> list[Supervision]:
    with surgery.store.read() as work:
        return [s for s in work.all(Supervision) if s.status == SupervisionStatus.PLANNED]


def drafts(surgery: Surgery) -> list[Draft]:
    with surgery.store.read() as work:
        return work.drafts()


def problems(page: SessionScreen) -> dict[str, str]:
    """Return what is said under the fields, by field; `agreed` for the lines of agreements."""
    found: dict[str, str] = {}
    for static in page.query(".problem").results(Static):
        name = next((c[4:] for c in static.classes if c.startswith("for-")), "agreed")
        if static.display and (words := str(static.render())):
            found[name] = words
    return found


Step = Callable[[SessionScreen, Pilot[int]], Awaitable[None] | None]


def fill(**values: Any) -> Step:
    """Type into fields of the form by their ids."""

    def step(page: SessionScreen, pilot: Pilot[int]) -> None:
        for name, value in values.items():
            if name == "note":
                page.form.words.text = value
            elif name == "agreed":
                page.form.agreed.rows[-1].words.value = value
            else:
                page.form.query_one(f"#{name}", Input).value = value

    return step


def stand_on(name: str) -> Step:
    """Put the focus on a field of the form by its name."""

    def step(page: SessionScreen, pilot: Pilot[int]) -> None:
        getattr(page.form, name).focus()

    return step


def test_a_week_as_planned_with_two_agreements_ticked_off_takes_three_keys_on_the_form(
    surgery: Surgery,
) -> None:
    """With Enter on the first page that is four; six is the target."""
    play(surgery, "1", "2", "ctrl+s")
    held = session(surgery)
    assert (held.status, held.day, held.minutes) == (SupervisionStatus.HELD, TODAY, 60)
    assert [a.done_on for a in agreements(surgery)] == [TODAY, TODAY]
    assert [(s.day, s.minutes) for s in planned(surgery)] == [(NEXT_WEEK, 60)]


def test_a_cancelled_session_takes_its_reason_by_one_letter_and_proposes_a_new_time(
    surgery: Surgery,
) -> None:
    play(surgery, "i", "b", "ctrl+s")
    cancelled = session(surgery)
    assert (cancelled.status, cancelled.cancel_reason) == (
        SupervisionStatus.CANCELLED,
        CancelReason.WORKLOAD,
    )
    assert [(s.day, s.replaces_id) for s in planned(surgery)] == [(NEXT_WEEK, cancelled.id)]


def test_the_new_time_of_a_cancelled_session_is_moved_by_one_key(surgery: Surgery) -> None:
    play(surgery, "i", "s", "up", "ctrl+s")
    assert [s.day for s in planned(surgery)] == [NEXT_WEEK + timedelta(days=1)]


def test_a_session_planned_for_thursday_is_held_on_tuesday_but_cancelled_for_thursday(
    surgery: Surgery,
) -> None:
    tuesday = TODAY - timedelta(days=2)
    days: list[date | None] = []
    play(
        surgery,
        lambda page, _: days.append(page.form.day.day),
        "i",
        lambda page, _: days.append(page.form.day.day),
        "shift+tab",
        "h",
        lambda page, _: days.append(page.form.day.day),
        on=tuesday,
    )
    assert days == [tuesday, TODAY, tuesday]


def test_a_planned_session_is_moved_without_being_held(surgery: Surgery) -> None:
    later = TODAY + timedelta(days=1)
    play(surgery, "p", fill(day=later.isoformat()), "ctrl+s")
    assert [(s.id, s.day) for s in planned(surgery)] == [(surgery.planned_id, later)]
    assert [a.done_on for a in agreements(surgery)] == [None, None]


def test_topics_are_chosen_by_letter_and_taken_back_by_the_same(surgery: Surgery) -> None:
    play(
        surgery,
        stand_on("topics"),
        "k",
        "j",
        "u",
        "j",
        "ctrl+s",
    )
    assert session(surgery).topics == ["k", "u"]


def test_a_question_mark_among_the_topics_shows_the_questions_behind_them(
    surgery: Surgery,
) -> None:
    shown: list[type[Screen[Any]]] = []
    play(
        surgery,
        stand_on("topics"),
        "question_mark",
        lambda page, _: shown.append(type(page.app.screen)),
    )
    assert shown == [Topics]


def test_goals_are_found_by_typing_and_kept_in_the_regulations_order(surgery: Surgery) -> None:
    shown: list[type[Screen[Any]]] = []
    play(
        surgery,
        "g",
        "enter",
        lambda page, _: shown.append(type(page.app.screen)),
        *"otit",
        "enter",
        "ctrl+s",
    )
    assert shown == [GoalsDialog]
    assert session(surgery).goals == ["6:2:7"]


def test_a_note_and_new_agreements_are_saved_with_who_and_when(surgery: Surgery) -> None:
    play(
        surgery,
        "n",
        *"Gick bra.",
        "o",
        lambda page, _: page.form.agreed.focus_new(),
        *"Ring FK",
        "tab",
        "h",
        "ctrl+s",
    )
    assert session(surgery).note == "Gick bra.o"
    new = agreements(surgery)[2]
    assert (new.text, new.owner, new.due, new.origin_id) == (
        "Ring FK",
        AgreementOwner.SUPERVISOR,
        NEXT_WEEK,
        surgery.planned_id,
    )


@pytest.mark.parametrize(("steps", "form"), [(2, "reflection"), (3, "mentor")])
def test_a_reflection_group_and_a_mentors_talk_are_sessions_of_their_own_form(
    surgery: Surgery, steps: int, form: str
) -> None:
    play(surgery, stand_on("form"), *["right"] * steps, "ctrl+s")
    assert session(surgery).form == form


def test_an_empty_line_waits_below_the_last_agreement(surgery: Surgery) -> None:
    counts: list[int] = []
    play(
        surgery,
        lambda page, _: page.form.agreed.focus_new(),
        *"Ett",
        "enter",
        *"Två",
        lambda page, _: counts.append(len(page.form.agreed.rows)),
        "ctrl+s",
    )
    assert counts == [3]
    assert [a.text for a in agreements(surgery)[2:]] == ["Ett", "Två"]


def test_an_agreement_is_dropped_or_put_off_where_one_stands(surgery: Surgery) -> None:
    play(
        surgery,
        stand_on("carried"),
        "minus",
        "down",
        "plus",
        "ctrl+s",
    )
    first, second = agreements(surgery)
    assert first.dropped_on == TODAY
    assert (second.done_on, second.dropped_on, second.due) == (None, None, NEXT_WEEK)


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"day": "2026-11-27"}, "day", "har inte varit än"),
        ({"day": "2026-02-30"}, "day", "finns inte"),
        ({"day": "nån gång"}, "day", "Skriv ett datum"),
        ({"day": ""}, "day", "Skriv dagen"),
        ({"day": "2024-11-26"}, "day", "före tjänstgöringen"),
        ({"day": "2026-11-19"}, "day", "finns redan"),
        ({"minutes": "0"}, "minutes", "minst 1 minut"),
        ({"minutes": "900"}, "minutes", "Högst 480"),
        ({"minutes": "en timme"}, "minutes", "hela minuter"),
        ({"next_day": "2026-11-20"}, "next_day", "redan varit"),
        ({"next_day": "32/1"}, "next_day", "finns inte"),
        ({"next_minutes": "0"}, "next_minutes", "minst 1 minut"),
        ({"agreed": "x" * 201}, "agreed", "201 tecken"),
        ({"note": "x" * 20_001}, "note", "20001 tecken"),
    ],
)
def test_what_will_not_do_is_answered_at_its_field_and_nothing_is_saved(
    surgery: Surgery, typed: dict[str, str], field: str, words: str
) -> None:
    found: dict[str, str] = {}
    play(
        surgery,
        fill(**typed),
        "ctrl+s",
        lambda page, _: found.update(problems(page)),
    )
    assert list(found) == [field]
    assert words in found[field]
    assert session(surgery).status is SupervisionStatus.PLANNED
    assert [s.id for s in planned(surgery)] == [surgery.planned_id]


def test_every_fault_is_shown_at_once_and_the_first_has_the_focus(surgery: Surgery) -> None:
    found: dict[str, str] = {}
    focused: list[str | None] = []

    def look(page: SessionScreen, _: Pilot[int]) -> None:
        found.update(problems(page))
        focused.append(page.focused.id if page.focused else None)

    play(surgery, fill(minutes="0", next_day="i våras", agreed="x" * 300), "ctrl+s", look)
    assert sorted(found) == ["agreed", "minutes", "next_day"]
    assert focused == ["minutes"]


def test_a_draft_that_is_kept_meanwhile_does_not_hide_that_nothing_was_saved(
    surgery: Surgery,
) -> None:
    said: list[str] = []

    def look(page: SessionScreen, _: Pilot[int]) -> None:
        page.keep_draft_now()
        said.append(str(page.query_one(KeyLine).render()))

    play(surgery, fill(minutes="0"), "ctrl+s", look)
    assert said[0].rstrip().endswith("inte sparat: 1 att rätta")
    assert drafts(surgery)


@pytest.mark.parametrize(
    ("day", "words"), [("2026-11-19", "tors 19 nov  "), ("2025-09-24", "24 sept 2025 ")]
)
def test_the_day_in_words_is_whole_beside_its_field(surgery: Surgery, day: str, words: str) -> None:
    seen: list[str] = []
    play(
        surgery,
        fill(day=day),
        lambda page, pilot: pilot.pause(),
        lambda page, _: seen.append(str(page.form._day_words.render())),
    )
    assert seen[0].startswith(words)


def test_a_fault_is_dropped_as_its_field_is_mended(surgery: Surgery) -> None:
    found: dict[str, str] = {}
    play(
        surgery,
        fill(minutes="0"),
        "ctrl+s",
        fill(minutes="45"),
        lambda page, pilot: pilot.pause(),
        lambda page, _: found.update(problems(page)),
        "ctrl+s",
    )
    assert found == {}
    assert session(surgery).minutes == 45


def test_a_cancelled_session_without_a_reason_is_not_saved(surgery: Surgery) -> None:
    found: dict[str, str] = {}
    play(surgery, "i", "ctrl+s", lambda page, _: found.update(problems(page)))
    assert "skäl" in found["cancel_reason"]
    assert session(surgery).status is SupervisionStatus.PLANNED


def test_text_that_looks_like_a_patients_is_pointed_out_before_it_is_saved(
    surgery: Surgery,
) -> None:
    asked: list[bool] = []
    selected: list[str] = []
    play(
        surgery,
        fill(note="Första raden.\nRingde 640823-3234 om svaret."),
        "ctrl+s",
        lambda page, _: asked.append(isinstance(page.app.screen, Confirm)),
        "n",
        lambda page, pilot: pilot.pause(),
        lambda page, _: selected.append(page.form.words.selected_text),
    )
    assert asked == [True]
    assert selected == ["640823-3234"]
    assert session(surgery).status is SupervisionStatus.PLANNED


def test_the_user_may_say_that_it_is_no_patients(surgery: Surgery) -> None:
    play(surgery, fill(note="Mitt eget nummer är 070-174 06 05."), "ctrl+s", "j")
    assert session(surgery).note == "Mitt eget nummer är 070-174 06 05."


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


def test_a_blank_form_is_a_session_of_its_own(surgery: Surgery) -> None:
    page = SessionScreen(surgery.training_id, blank=True)
    play(
        surgery,
        lambda page, _: setattr(page.form.form, "value", SupervisionForm.GROUP),
        "ctrl+s",
        page=page,
    )
    with surgery.store.read() as work:
        today = [s for s in work.all(Supervision) if s.day == TODAY]
    assert {(s.form, s.status) for s in today} == {
        (SupervisionForm.INDIVIDUAL, SupervisionStatus.PLANNED),
        (SupervisionForm.GROUP, SupervisionStatus.HELD),
    }


def test_an_old_session_opens_as_it_was_and_is_corrected(surgery: Surgery) -> None:
    with surgery.store.read() as work:
        old = next(s for s in work.all(Supervision) if s.day == date(2026, 11, 19))
    page = SessionScreen(surgery.training_id, old.id)
    play(surgery, fill(minutes="30"), "ctrl+s", page=page)
    assert session(surgery, old.id).minutes == 30
    assert session(surgery, old.id).topics == ["j", "k"]
    assert [s.id for s in planned(surgery)] == [surgery.planned_id]


def test_a_session_that_is_gone_is_told_and_the_page_closes(surgery: Surgery) -> None:
    page = SessionScreen(surgery.training_id, "0193b2c0-0000-7000-8000-000000000000")
    play(surgery, lambda page, pilot: pilot.pause(0.1), page=page)
    assert not page.is_attached


def test_hostile_names_and_texts_are_shown_as_text(tmp_path: Path) -> None:
    surgery = make_surgery(tmp_path, name=HOSTILE)
    with surgery.store.work("test") as work:
        work.save(
            Agreement(
                training_id=surgery.training_id,
                text=HOSTILE,
                agreed_on=TODAY - timedelta(days=7),
            )
        )
    lines: list[str] = []

    def look(page: SessionScreen, _: Pilot[int]) -> None:
        lines.extend(strip.text for strip in page._compositor.render_strips())

    play(surgery, "3", fill(note=clean(HOSTILE)), look, "ctrl+s")
    surgery.store.close()
    shown = "\n".join(lines)
    assert "[bold red]Ö'Brien[/]" in lines[0]
    assert "[x] 3 [bold red]Ö'Brien[/]" in shown
    assert "\x1b" not in shown
    assert "\u202e" not in shown


SIZES = [(80, 24), (120, 40)]


@pytest.mark.parametrize("size", SIZES)
def test_how_the_form_looks_when_it_opens(
    surgery: Surgery, snap_compare: Any, size: tuple[int, int]
) -> None:
    page = SessionScreen(surgery.training_id)
    assert snap_compare(app_of(surgery, page), press=["1"], terminal_size=size)


@pytest.mark.parametrize("size", SIZES)
def test_how_the_form_looks_filled_in(
    surgery: Surgery, snap_compare: Any, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SessionScreen, "PAUSE", 1000)
    page = SessionScreen(surgery.training_id)

    async def fill_in(pilot: Pilot[int]) -> None:
        await pilot.pause()
        form = page.form
        form.carried.tick(1)
        form.topics.chosen = ["k", "j"]
        form.goals.chosen = ["6:2:7"]
        form.words.text = "Gick igenom två inspelade konsultationer. Bra öppningar."
        form.agreed.rows[0].words.value = "Auskultera hos astmasköterskan"
        await pilot.pause()
        form.query_one(TextArea).focus()
        await pilot.pause()

    assert snap_compare(app_of(surgery, page), run_before=fill_in, terminal_size=size)


def test_how_a_cancelled_session_looks(surgery: Surgery, snap_compare: Any) -> None:
    page = SessionScreen(surgery.training_id)
    assert snap_compare(app_of(surgery, page), press=["i"], terminal_size=(80, 24))


def test_how_faults_look(surgery: Surgery, snap_compare: Any) -> None:
    page = SessionScreen(surgery.training_id)

    async def wrong(pilot: Pilot[int]) -> None:
        await pilot.pause()
        page.form.day.value = "2026-02-30"
        page.form.minutes.value = "900"
        await pilot.pause()
        await pilot.press("ctrl+s")

    assert snap_compare(app_of(surgery, page), run_before=wrong, terminal_size=(80, 24))
