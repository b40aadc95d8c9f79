"""Education on screen: one training's own, and a whole group ticked in one go."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest

from schema.tables import Education, Trainee, Training
from schema.words import EducationKind
from screens.app import ATApp
from screens.education.attendance import AttendancePage
from screens.education.form import EducationForm
from screens.education.occasion_form import OccasionForm
from screens.education.occasions import OccasionsPage
from screens.education.page import EducationPage
from tests.screens.conftest import TODAY, Records, Show
from tests.screens.settling import settle
from tests.screens.test_today import lines

SIZES = [(80, 24), (120, 40)]
LECTURES = ("Akut buk", "EKG för AT-läkare", "Sepsis", "Barn med feber", "Läkemedel hos äldre")


def teach(records: Records) -> None:
    """Put a term of teaching into Alva's training, by Jönköping's plan."""
    with records.store.work(records.owner.id) as work:
        for id_ in (records.alva_training.id, records.nils_training.id):
            training = work.need(Training, id_)
            training.programme_id = "jonkoping"
    first = date(2026, 9, 3)
    for number in range(12):
        away = number == 7
        records.add(
            Education(
                training_id=records.alva_training.id,
                kind=EducationKind.LECTURE,
                title=LECTURES[number % len(LECTURES)],
                day=first + timedelta(weeks=number),
                minutes=90,
                attended=not away,
                absence_notified=away,
                absence_reason="jour" if away else "",
                compulsory=True,
            )
        )
    records.add(
        Education(
            training_id=records.alva_training.id, kind=EducationKind.COURSE, title="AT-LEKA",
            course_id="at-leka", day=date(2026, 10, 5), days=2,
        ),
        Education(
            training_id=records.alva_training.id, kind=EducationKind.SELF_STUDY,
            title="Försäkringsmedicin", day=date(2026, 11, 23), minutes=240,
        ),
        Education(
            training_id=records.nils_training.id, kind=EducationKind.LECTURE,
            title="EKG för AT-läkare",
            day=date(2026, 11, 19), minutes=90, attended=False,
        ),
    )  # fmt: skip


def group(records: Records) -> None:
    """Put a start group of six beside the two."""
    names = ("Åsa Öberg-Testsson", "Élise Påhitt", "Zlatan Prov", "Eva Fiktiv", "Bo Exempel")
    for name in names:
        trainee = Trainee(name=name, start_group="VT 2026")
        records.add(trainee)
        records.add(Training(trainee_id=trainee.id, start=date(2026, 2, 1)))


def play(app: ATApp, *keys: str, size: tuple[int, int] = (80, 24)) -> str:
    """Press the keys and return the screen."""

    async def go() -> str:
        async with app.run_test(size=size, notifications=True) as pilot:
            await settle(pilot)
            for key in keys:
                await pilot.press(key)
                await settle(pilot)
            return "\n".join(lines(app))

    return asyncio.run(go())


@pytest.mark.parametrize("size", SIZES)
def test_the_education_of_a_training_looks_as_drawn(
    snap_compare: Any, records: Records, show: Show, size: tuple[int, int]
) -> None:
    teach(records)
    page = EducationPage(records.alva_training.id)
    assert snap_compare(show(page), terminal_size=size, run_before=settle)


@pytest.mark.parametrize("size", SIZES)
def test_the_form_looks_as_drawn(
    snap_compare: Any, records: Records, show: Show, size: tuple[int, int]
) -> None:
    teach(records)
    page = EducationForm(records.alva_training.id)
    assert snap_compare(show(page), terminal_size=size, run_before=settle)


@pytest.mark.parametrize("size", SIZES)
def test_the_occasions_look_as_drawn(
    snap_compare: Any, records: Records, show: Show, size: tuple[int, int]
) -> None:
    teach(records)
    for training, day, title in (
        (records.alva_training, date(2026, 12, 3), "Sepsis"),
        (records.nils_training, date(2026, 12, 3), "Sepsis"),
        (records.nils_training, date(2026, 12, 10), "Barn med feber"),
        (records.nils_training, date(2026, 11, 17), "Palliativ vård"),
    ):
        records.add(
            Education(
                training_id=training.id, kind=EducationKind.LECTURE, title=title, day=day,
                minutes=90, planned=True, attended=False, compulsory=True,
            )
        )  # fmt: skip
    assert snap_compare(show(OccasionsPage()), terminal_size=size, run_before=settle)


@pytest.mark.parametrize("size", SIZES)
def test_the_list_of_a_group_looks_as_drawn(
    snap_compare: Any, records: Records, show: Show, size: tuple[int, int]
) -> None:
    teach(records)
    group(records)
    with records.store.read() as work:
        from at_tui.education.occasions import occasions

        ekg = next(line.occasion for line in occasions(work) if line.called == 2)

    async def tick(pilot: Any) -> None:
        await settle(pilot)
        for key in ("g", "v", "enter", "down", "space", "space", "f"):
            await pilot.press(key)
            await settle(pilot)
        await pilot.press(*"vab")
        await pilot.press("enter")
        await settle(pilot)

    app = show(AttendancePage(ekg, known=True))
    assert snap_compare(app, terminal_size=size, run_before=tick)


def test_the_whole_sum_of_hours_and_days_fits_in_80_columns(records: Records, show: Show) -> None:
    teach(records)
    records.add(
        Education(
            training_id=records.alva_training.id, kind=EducationKind.SELF_STUDY,
            title="Jourkunskap",
            day=date(2026, 11, 2), minutes=75 * 60 + 30,
        )
    )  # fmt: skip
    whole = next(
        line
        for line in play(show(EducationPage(records.alva_training.id))).splitlines()
        if line.split()[:1] == ["Allt"]
    )
    assert "…" not in whole
    assert whole.rstrip().endswith("h + 2 d")


def test_an_empty_training_says_what_to_do_first(records: Records, show: Show) -> None:
    shown = play(show(EducationPage(records.alva_training.id)))
    assert "Tryck n för en föreläsning" in shown


def test_a_course_of_the_plan_brings_its_name_and_its_days(records: Records, show: Show) -> None:
    teach(records)
    app = show(EducationPage(records.alva_training.id))

    async def go() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await pilot.press("c")
            await settle(pilot)
            form = app.screen
            assert isinstance(form, EducationForm)
            form.form.set("course_id", "trauma-akut")
            await settle(pilot)
            assert form.form.raw()["title"] == "Trauma- och akutmedicin"
            assert form.form.raw()["days"] == "2"
            form.form.set("day", date(2026, 9, 14))
            await pilot.press("ctrl+s")
            await settle(pilot)
            assert "2 av 2 d" in "\n".join(lines(app))

    asyncio.run(go())
    with records.store.read() as work:
        found = next(one for one in work.all(Education) if one.course_id == "trauma-akut")
    assert (found.days, found.compulsory, found.kind) == (2, True, EducationKind.COURSE)


def test_a_course_with_no_days_is_refused_at_its_field(records: Records, show: Show) -> None:
    app = show(EducationForm(records.alva_training.id, kind=EducationKind.COURSE))

    async def go() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            page = app.screen
            assert isinstance(page, EducationForm)
            page.form.set("title", "AT-LEKA")
            await pilot.press("ctrl+s")
            await settle(pilot)
            assert "En kurs behöver ett antal dagar" in "\n".join(lines(app))
            page.form.set("days", "två")
            await pilot.press("ctrl+s")
            await settle(pilot)
            assert "Skriv antalet dagar som 2 eller 0,5" in "\n".join(lines(app))

    asyncio.run(go())
    with records.store.read() as work:
        assert work.all(Education) == []


@pytest.mark.parametrize(("plan", "answer"), [("varmland", "1"), ("jonkoping", "0")])
def test_a_new_lecture_is_compulsory_where_the_plan_says_so(
    records: Records, show: Show, plan: str, answer: str
) -> None:
    with records.store.work(records.owner.id) as work:
        for training in work.all(Training):
            training.programme_id = plan
    app = show(OccasionsPage())

    async def go() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            app.push_screen(EducationForm(records.alva_training.id))
            await settle(pilot)
            assert isinstance(app.screen, EducationForm)
            assert app.screen.form.raw()["compulsory"] == answer
            await pilot.press("escape", "f4")
            await settle(pilot)
            assert isinstance(app.screen, OccasionForm)
            assert app.screen.form.raw()["compulsory"] == answer

    asyncio.run(go())


def test_a_record_is_changed_and_taken_away(records: Records, show: Show) -> None:
    teach(records)
    app = show(EducationPage(records.alva_training.id))

    async def go() -> None:
        async with app.run_test(size=(120, 40)) as pilot:
            await settle(pilot)
            await pilot.press("slash", *"försäkringsmedicin", "down")
            await settle(pilot)
            page = app.screen
            assert isinstance(page, EducationPage)
            from screens.widgets.picker import Picker

            study = next(
                row
                for row in page.query_one(Picker).rows.rows
                if "240" in row.words or "4 h" in row.words
            )
            page.query_one(Picker).select(study.id)
            await settle(pilot)
            page.query_one(Picker).focus()
            await pilot.press("enter")
            await settle(pilot)
            form = app.screen
            assert isinstance(form, EducationForm)
            form.form.set("minutes", 120)
            await pilot.press("ctrl+s")
            await settle(pilot)
            with records.store.read() as work:
                assert work.need(Education, study.id).minutes == 120
            page.query_one(Picker).clear_filter()
            page.query_one(Picker).select(study.id)
            await settle(pilot)
            await pilot.press("delete")
            await settle(pilot)
            await pilot.press("j")
            await settle(pilot)
            with records.store.read() as work:
                assert work.get(Education, study.id) is None

    asyncio.run(go())


def test_a_whole_group_is_ticked_and_saved_in_one_go(records: Records, show: Show) -> None:
    group(records)
    app = show(OccasionsPage())

    async def go() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await pilot.press("f4")
            await settle(pilot)
            form = app.screen
            assert isinstance(form, OccasionForm)
            form.form.set("title", "Akut buk")
            await pilot.press("ctrl+s")
            await settle(pilot)
            # The start group, everybody there, one away with a reason.
            await pilot.press("g")
            await settle(pilot)
            await pilot.press(*"vt", "enter")
            await settle(pilot)
            await pilot.press("a", "f")
            await settle(pilot)
            await pilot.press(*"jour", "enter")
            await settle(pilot)
            assert "4 av 5 närvarade" in "\n".join(lines(app))
            with records.store.read() as work:
                assert work.all(Education) == []
            await pilot.press("f2")
            await settle(pilot)
            assert isinstance(app.screen, OccasionsPage)
            assert "4 av 5" in "\n".join(lines(app))

    asyncio.run(go())
    with records.store.read() as work:
        found = work.all(Education)
        assert len(found) == 5
        (away,) = [one for one in found if not one.attended]
        assert (away.absence_notified, away.absence_reason) == (True, "jour")
        assert work.drafts() == []


def test_a_lecture_ahead_is_planned_with_absence_notified_and_ticked_when_held(
    records: Records, show: Show
) -> None:
    group(records)
    app = show(OccasionsPage())

    async def plan() -> None:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await settle(pilot)
            await pilot.press("f4")
            await settle(pilot)
            assert isinstance(app.screen, OccasionForm)
            app.screen.form.set("title", "Sepsis")
            app.screen.form.set("day", TODAY + timedelta(days=9))
            await pilot.press("ctrl+s")
            await settle(pilot)
            await pilot.press("g")
            await settle(pilot)
            await pilot.press(*"vt", "enter")
            await settle(pilot)
            await pilot.press("a", "o")
            await settle(pilot)
            assert "tryck f" in "\n".join(lines(app))  # away without a word, ahead of the day
            await pilot.press("f")
            await settle(pilot)
            await pilot.press(*"semester", "enter")
            await settle(pilot)
            shown = "\n".join(lines(app))
            assert "4 av 5 väntas komma" in shown
            assert "borta, anmäld: semester" in shown
            assert "planerad" in shown
            await pilot.press("f2")
            await settle(pilot)
            shown = "\n".join(lines(app))
            assert "KOMMANDE" in shown
            assert "5 kallade" in shown

    asyncio.run(plan())
    with records.store.read() as work:
        found = work.all(Education)
        assert [one.attended for one in found] == [False] * 5
        assert sorted(one.planned for one in found) == [False, True, True, True, True]
    with records.store.work(records.owner.id) as work:  # the day has been
        for one in work.all(Education):
            one.day = TODAY - timedelta(days=1)
    app = show(OccasionsPage())
    shown = play(app, "enter")
    assert "ej avprickad än" in shown
    assert "0 av 5 närvarade" in shown
    app = show(OccasionsPage())
    shown = play(app, "enter", "a", "f2")
    assert "4 av 5" in shown
    assert "!" not in next(line for line in shown.splitlines() if "Sepsis" in line)


def test_a_day_ahead_makes_a_record_planned_and_a_day_gone_by_attended(
    records: Records, show: Show
) -> None:
    app = show(EducationPage(records.alva_training.id))

    async def go() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await pilot.press("n")
            await settle(pilot)
            page = app.screen
            assert isinstance(page, EducationForm)
            page.form.set("title", "Sepsis")
            page.form.set("day", TODAY + timedelta(days=9))
            await settle(pilot)
            assert page.form.raw()["presence"] == "planned"
            page.form.set("presence", "there")
            await pilot.press("ctrl+s")
            await settle(pilot)
            assert "har inte varit än" in "\n".join(lines(app))
            page.form.set("day", TODAY)
            await settle(pilot)
            page.form.set("day", TODAY + timedelta(days=9))
            await settle(pilot)
            await pilot.press("ctrl+s")
            await settle(pilot)

    asyncio.run(go())
    with records.store.read() as work:
        (one,) = work.all(Education)
        assert (one.planned, one.attended) == (True, False)
    shown = play(show(EducationPage(records.alva_training.id)))
    assert "0 av 0 · 1 planerade" in shown
    assert "○ planerad" in shown


def test_ticks_are_kept_when_the_page_is_left(records: Records, show: Show) -> None:
    from at_tui.education.occasions import Occasion

    lecture = Occasion(
        kind=EducationKind.LECTURE, title="Akut buk", day=date(2026, 11, 19), minutes=60
    )
    app = show(OccasionsPage())

    async def go() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            app.push_screen(AttendancePage(lecture))
            await settle(pilot)
            await pilot.press("space", "escape")
            await settle(pilot)
            app.push_screen(AttendancePage(lecture))
            await settle(pilot)
            assert "1 av 1 närvarade" in "\n".join(lines(app))

    asyncio.run(go())


def test_nothing_is_saved_of_a_list_without_ticks(records: Records, show: Show) -> None:
    from at_tui.education.occasions import Occasion

    lecture = Occasion(
        kind=EducationKind.LECTURE, title="Akut buk", day=date(2026, 11, 19), minutes=60
    )
    shown = play(show(AttendancePage(lecture)), "f2")
    assert "Ingen är avprickad än" in shown
    with records.store.read() as work:
        assert work.all(Education) == []


def test_an_occasion_is_removed_after_a_question(records: Records, show: Show) -> None:
    teach(records)
    play(show(OccasionsPage()), "delete", "n", "delete", "j")
    with records.store.read() as work:
        titles = [(one.title, one.day) for one in work.all(Education)]
    assert ("EKG för AT-läkare", date(2026, 11, 19)) not in titles
    assert len(titles) == 13
