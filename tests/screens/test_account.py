"""The development account of one AT-läkare, its forms, and the accounts of all."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.screen import Screen
from textual.widgets import Input

from data import places
from data.opening import open_store
from schema.tables import Absence, AccountEntry, ExamSitting, Training
from schema.words import AbsenceKind, AccountPurpose
from screens.account.forms import PurchaseForm
from screens.account.leave_forms import CourseLeaveForm, ExamLeaveForm
from screens.account.overview import AccountsPage
from screens.account.page import AccountPage
from screens.app import ATApp
from screens.widgets.choice_field import ChoiceField
from screens.widgets.page import Page
from screens.widgets.picker import Picker
from tests.screens.conftest import TODAY, Records, Show
from tests.screens.settling import flat, settle

SIZES = [(80, 24), (120, 40)]
DAY = timedelta(days=1)
SITTING = date(2027, 2, 19)

Step = str | Callable[[ATApp], Any]


@pytest.fixture
def varmland(records: Records) -> Records:
    """Put Alva in Värmland's plan, with purchases and leave in every state; Nils stays in the
    law's, which has no account."""
    training = records.alva_training
    training.programme_id, training.end = "varmland", date(2027, 5, 31)
    with records.store.work(records.owner.id) as work:
        work.save(training)
    of: dict[str, Any] = {"training_id": training.id}
    book, course = AccountPurpose.BOOK, AccountPurpose.COURSE
    records.add(
        AccountEntry(
            **of, title="Lärobok i allmänmedicin", purpose=book, amount_ore=74_500,
            applied_on=date(2026, 2, 2), approved_on=date(2026, 2, 4),
            receipt_on=date(2026, 2, 9), paid_on=date(2026, 3, 2),
        ),
        AccountEntry(
            **of, title="EKG-kurs i Exempelstad", purpose=course, amount_ore=412_050,
            applied_on=date(2026, 8, 3), approved_on=date(2026, 8, 5),
            receipt_on=date(2026, 9, 1),
        ),
        AccountEntry(
            **of, title="Resa till AT-stämman", purpose=AccountPurpose.MEETING,
            amount_ore=236_000, applied_on=date(2026, 11, 19),
        ),
        AccountEntry(
            **of, title="Surfplatta", purpose=AccountPurpose.CAPITAL, amount_ore=599_000,
            applied_on=date(2026, 5, 4), refused_on=date(2026, 5, 6),
            refused_reason="Kapitalvara", capital_good=True,
        ),
        Absence(
            **of, kind=AbsenceKind.KURS, start=date(2026, 9, 7), end=date(2026, 9, 8),
            applied_on=date(2026, 6, 15), approved_on=date(2026, 6, 17),
        ),
        ExamSitting(**of, day=SITTING, registered_on=date(2026, 11, 20)),
    )  # fmt: skip
    return records


def play(show: Show, page: Screen[Any], *steps: Step, size: tuple[int, int] = (120, 40)) -> str:
    """Show a page over an empty one, do the steps, and return the screen's text, and after it what
    passing messages have said."""
    heard: list[str] = []

    async def go() -> str:
        app = show(Page())
        monkey = pytest.MonkeyPatch()
        monkey.setattr(app, "notify", lambda message, **_: heard.append(str(message)))
        async with app.run_test(size=size, notifications=True) as pilot:
            app.push_screen(page)
            await settle(pilot)
            for step in steps:
                if isinstance(step, str):
                    await pilot.press(step)
                else:
                    step(app)
                await settle(pilot)
            strips = app.screen._compositor.render_strips()
            return flat("\n".join([*(strip.text for strip in strips), *heard]))

    return asyncio.run(go())


def on_row(words: str) -> Callable[[ATApp], None]:
    """Put the cursor on the row that begins with these words."""

    def act(app: ATApp) -> None:
        picker = app.screen.query_one(Picker)
        for row in picker.rows.rows:
            if row.cells and str(row.cells[0]).startswith(words):
                assert picker.select(row.id)
                return
        raise AssertionError(words)

    return act


def fill(**values: str) -> Callable[[ATApp], None]:
    """Fill in fields of the form."""

    def act(app: ATApp) -> None:
        for name, value in values.items():
            row = app.screen.query_one(f"#row-{name}")
            for field in (*row.query(ChoiceField), *row.query(Input)):
                field.value = value

    return act


def kept(records: Records, kind: type[Any], **having: object) -> list[Any]:
    """Return what the file holds, read anew: the programme has closed it."""
    store = open_store(records.path, None)
    try:
        with store.read() as work:
            found = work.all(kind)
    finally:
        store.close()
    return [r for r in found if all(getattr(r, k) == v for k, v in having.items())]


@pytest.mark.parametrize("size", SIZES)
def test_the_account_looks_as_drawn(
    snap_compare: Any, varmland: Records, show: Show, size: tuple[int, int]
) -> None:
    page = AccountPage(varmland.alva_training.id)
    assert snap_compare(show(page), terminal_size=size, run_before=settle)


@pytest.mark.parametrize("size", SIZES)
def test_the_accounts_look_as_drawn(
    snap_compare: Any, varmland: Records, show: Show, size: tuple[int, int]
) -> None:
    assert snap_compare(show(AccountsPage()), terminal_size=size, run_before=settle)


def test_a_purchase_form_looks_as_drawn(snap_compare: Any, varmland: Records, show: Show) -> None:
    entry = next(iter(_entries(varmland, "EKG-kurs i Exempelstad")))
    page = PurchaseForm(varmland.alva_training.id, entry)
    assert snap_compare(show(page), terminal_size=(80, 24), run_before=settle)


def _entries(records: Records, title: str) -> list[str]:
    with records.store.read() as work:
        return [e.id for e in work.all(AccountEntry, AccountEntry.title == title)]


def test_a_plan_without_an_account_says_so(varmland: Records, show: Show) -> None:
    shown = play(show, AccountPage(varmland.nils_training.id))
    assert "har varken utvecklingskonto eller regler om betald ledighet" in shown
    assert "ansökan" not in shown.rpartition("har varken")[2]


def test_the_balance_is_what_the_plan_grants_less_what_is_approved(
    varmland: Records, show: Show
) -> None:
    shown = play(show, AccountPage(varmland.alva_training.id))
    assert "10 134,50 kr kvar av 15 000 kr" in shown
    assert "lämna kvittot" not in shown
    assert "kvittot gäller till 1 dec" in shown
    assert "1 dag kvar av 3 dagar" in shown
    assert "Planen gällde till och med 31 dec 2020" in shown


def test_an_application_is_written_and_waits(varmland: Records, show: Show) -> None:
    shown = play(
        show,
        AccountPage(varmland.alva_training.id),
        "n",
        fill(purpose="journal", title="Tidskrift, ett år", amount="1 249,50"),
        "f2",
    )
    assert "Tidskrift, ett år" in shown
    (entry,) = kept(varmland, AccountEntry, title="Tidskrift, ett år")
    assert (entry.amount_ore, entry.applied_on, entry.approved_on) == (124_950, TODAY, None)


def test_an_application_for_capital_goods_or_more_than_is_left_is_refused_in_words(
    varmland: Records, show: Show
) -> None:
    shown = play(
        show,
        PurchaseForm(varmland.alva_training.id),
        fill(purpose="capital", title="Dator", amount="20 000"),
        "f2",
    )
    assert "Kontot får inte användas till kapitalvara" in shown
    assert "9 865,50 kr mer än det som finns kvar: 10 134,50 kr" in shown
    assert kept(varmland, AccountEntry, title="Dator") == []


def test_an_amount_that_cannot_be_read_is_told_at_its_field(varmland: Records, show: Show) -> None:
    shown = play(
        show,
        PurchaseForm(varmland.alva_training.id),
        fill(purpose="book", title="Bok", amount="några hundra"),
        "f2",
    )
    assert "Beloppet kan inte läsas" in shown


def test_an_application_is_approved_with_one_key_by_whoever_sits_there(
    varmland: Records, show: Show
) -> None:
    page = AccountPage(varmland.alva_training.id)
    shown = play(show, page, on_row("Resa till"), "g")
    assert "7 774,50 kr kvar av 15 000 kr" in shown
    (entry,) = kept(varmland, AccountEntry, title="Resa till AT-stämman")
    assert (entry.approved_on, entry.approved_by_id) == (TODAY, varmland.owner.id)


def test_an_application_for_more_than_is_left_is_not_approved(
    varmland: Records, show: Show
) -> None:
    training = varmland.alva_training.id
    varmland.add(AccountEntry(training_id=training, title="Stor", amount_ore=1_013_451,
                              applied_on=TODAY))  # fmt: skip
    shown = play(show, AccountPage(training), on_row("Stor"), "g")
    assert "0,01 kr mer än det som finns kvar" in shown
    assert kept(varmland, AccountEntry, title="Stor")[0].approved_on is None


def test_an_application_is_refused_with_a_reason(varmland: Records, show: Show) -> None:
    page = AccountPage(varmland.alva_training.id)
    play(show, page, on_row("Resa till"), "a", *"Redan", "enter")
    (entry,) = kept(varmland, AccountEntry, title="Resa till AT-stämman")
    assert (entry.refused_on, entry.refused_reason) == (TODAY, "Redan")


def test_only_what_waits_is_answered(varmland: Records, show: Show) -> None:
    page = AccountPage(varmland.alva_training.id)
    shown = play(show, page, on_row("Lärobok"), "g")
    assert "ingen ansökan som väntar" in shown


def test_an_application_is_taken_back_and_what_is_paid_is_not(
    varmland: Records, show: Show
) -> None:
    training = varmland.alva_training.id
    play(show, AccountPage(training), on_row("Resa till"), "delete", "j")
    assert kept(varmland, AccountEntry, title="Resa till AT-stämman") == []


def test_what_is_paid_is_not_taken_back(varmland: Records, show: Show) -> None:
    shown = play(show, AccountPage(varmland.alva_training.id), on_row("Lärobok"), "delete")
    assert "tas inte bort härifrån" in shown


def test_a_receipt_from_the_future_is_refused_at_its_field(varmland: Records, show: Show) -> None:
    (entry,) = _entries(varmland, "EKG-kurs i Exempelstad")
    page = PurchaseForm(varmland.alva_training.id, entry)
    shown = play(show, page, fill(receipt_on="2026-11-25"), "f2")
    assert "Ett kvitto från framtiden tas inte emot" in shown


def test_a_receipt_is_handed_in_on_its_last_day_and_not_after(
    varmland: Records, show: Show
) -> None:
    (entry,) = _entries(varmland, "EKG-kurs i Exempelstad")
    page = PurchaseForm(varmland.alva_training.id, entry)
    days = {"receipt_on": "2026-08-24", "paid_on": "2026-11-24"}
    play(show, page, fill(**days), "f2")
    (saved,) = kept(varmland, AccountEntry, title="EKG-kurs i Exempelstad")
    assert saved.paid_on == TODAY


def test_a_receipt_that_is_a_day_too_old_is_refused(varmland: Records, show: Show) -> None:
    (entry,) = _entries(varmland, "EKG-kurs i Exempelstad")
    page = PurchaseForm(varmland.alva_training.id, entry)
    shown = play(show, page, fill(receipt_on="2026-08-23", paid_on="2026-11-24"), "f2")
    assert "fick lämnas in senast 23 nov 2026" in shown


def test_course_leave_44_days_ahead_says_when_it_should_have_been_applied_for(
    varmland: Records, show: Show
) -> None:
    start = TODAY + 44 * DAY
    page = CourseLeaveForm(varmland.alva_training.id)
    days = {"start": start.isoformat(), "end": start.isoformat()}
    shown = play(show, page, fill(**days), "f2")
    assert "44 dagar före 7 jan 2027; det ska vara minst 45" in shown
    assert "Sista dagen att söka var 23 nov 2026" in shown
    assert len(kept(varmland, Absence)) == 1


def test_course_leave_45_days_ahead_is_saved_and_waits(varmland: Records, show: Show) -> None:
    start = TODAY + 45 * DAY
    page = CourseLeaveForm(varmland.alva_training.id)
    days = {"start": start.isoformat(), "end": start.isoformat()}
    play(show, page, fill(**days), "f2")
    (leave,) = kept(varmland, Absence, start=start)
    assert (leave.kind, leave.applied_on, leave.approved_on) == ("kurs", TODAY, None)


def test_exam_leave_begins_with_the_days_that_end_with_the_sitting(
    varmland: Records, show: Show
) -> None:
    page = AccountPage(varmland.alva_training.id)
    play(show, page, "t", "f2")
    (leave,) = kept(varmland, Absence, end=SITTING)
    assert (leave.start, leave.kind) == (date(2027, 2, 17), "kurs")


def test_exam_leave_outside_the_two_weeks_is_told(varmland: Records, show: Show) -> None:
    page = ExamLeaveForm(varmland.alva_training.id, SITTING.isoformat())
    shown = play(show, page, fill(start="2027-02-04", end="2027-02-04"), "f2")
    assert "räknas från 5 feb 2027" in shown


def test_the_statement_is_printed(varmland: Records, show: Show, home: Path) -> None:
    shown = play(show, AccountPage(varmland.alva_training.id), "p", "enter")
    assert "Kontoutdraget ligger i" in shown
    (path,) = home.rglob("Kontoutdrag Alva Testsson 2026-11-24.pdf")
    assert path.read_bytes().startswith(b"%PDF")
    assert places.data_folder().is_relative_to(home)


def test_those_who_wait_for_an_answer_come_first_and_alone_when_asked(
    varmland: Records, show: Show
) -> None:
    other = Training(trainee_id=varmland.nils.id, programme_id="varmland", start=date(2026, 1, 12))
    varmland.add(other)
    shown = play(show, AccountsPage())
    assert shown.index("Alva Testsson") < shown.index("Nils Exempel")
    assert "2 läkare, 1 väntar" in shown
    alone = play(show, AccountsPage(), "f6")
    assert "Alva Testsson" in alone
    assert "Nils Exempel" not in alone


def test_the_list_is_written_as_a_file_that_a_spreadsheet_opens(
    varmland: Records, show: Show, home: Path
) -> None:
    play(show, AccountsPage(), "f9", "enter")
    (path,) = home.rglob("Utvecklingskonton 2026-11-24.csv")
    head, row = path.read_text(encoding="utf-8-sig").splitlines()
    assert head.startswith("Läkare;Program;Beviljat, kr;Använt, kr")
    assert "Alva Testsson;" in row
    assert ";15000;4865,50;2360;10134,50;2;1" in row


def waiting_leave(records: Records) -> Absence:
    leave = Absence(
        training_id=records.alva_training.id,
        kind=AbsenceKind.KURS,
        start=date(2027, 3, 8),
        end=date(2027, 3, 8),
        applied_on=TODAY,
    )
    records.add(leave)
    return leave


def test_a_leave_is_granted_with_the_same_key(varmland: Records, show: Show) -> None:
    leave = waiting_leave(varmland)
    play(show, AccountPage(varmland.alva_training.id), on_row("8 mars"), "g")
    assert kept(varmland, Absence, id=leave.id)[0].approved_on == TODAY


def test_a_leave_that_is_refused_is_taken_out_of_the_absence(varmland: Records, show: Show) -> None:
    leave = waiting_leave(varmland)
    shown = play(show, AccountPage(varmland.alva_training.id), on_row("8 mars"), "a", "j")
    assert "Borttaget" in shown
    assert kept(varmland, Absence, id=leave.id) == []


def test_a_leave_that_waits_is_counted_in_the_overview(varmland: Records, show: Show) -> None:
    waiting_leave(varmland)
    assert "2 att svara på" in play(show, AccountsPage())


def test_a_leave_is_changed_without_counting_its_own_days_twice(
    varmland: Records, show: Show
) -> None:
    page = AccountPage(varmland.alva_training.id)
    play(show, page, on_row("7 sept"), "enter", fill(end="2026-09-09"), "f2")
    (leave,) = kept(varmland, Absence, start=date(2026, 9, 7))
    assert leave.end == date(2026, 9, 9)


def test_purchases_in_a_plan_without_an_account_are_not_hidden(
    varmland: Records, show: Show
) -> None:
    training = varmland.nils_training.id
    varmland.add(AccountEntry(training_id=training, title="Lärobok", amount_ore=89_900,
                              paid_on=date(2026, 5, 4)))  # fmt: skip
    shown = play(show, AccountPage(training))
    assert "KÖP SOM ÄR INLAGDA ÄNDÅ 1" in shown
    assert "Lärobok 899 kr" in shown
