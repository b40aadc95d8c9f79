"""The supervision log: sums that a reader can check, and every session in the order of days."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from at_tui.documents.page import Imprint
from at_tui.documents.supervision_log import (
    AgreementLine,
    SessionLine,
    SupervisionLog,
    month_sums,
    supervision_log_pdf,
)
from schema.words import SupervisionStatus

Read = Callable[[bytes], str]
Pages = Callable[[bytes], list[str]]

HELD, CANCELLED, PLANNED = (
    SupervisionStatus.HELD,
    SupervisionStatus.CANCELLED,
    SupervisionStatus.PLANNED,
)


def session(day: date, minutes: int = 60, **more: Any) -> SessionLine:
    return SessionLine(day=day, minutes=minutes, **{"status": HELD, **more})


@pytest.fixture
def log(imprint: Imprint) -> SupervisionLog:
    return SupervisionLog(
        imprint=replace(imprint, evidence_on=date(2026, 4, 15)),
        name="Alva Testsson",
        placement="Allmänmedicin, Vårdcentralen Provby",
        supervisor="Berit Exempel",
        start=date(2026, 1, 12),
        end=date(2026, 7, 11),
        target_minutes=120,
        target_source="Värmlands handlingsplan",
        sessions=(
            session(date(2026, 1, 15), 60),
            session(date(2026, 2, 5), 60),
            session(date(2026, 2, 19), 75),
            session(date(2026, 3, 5), 90),
            session(date(2026, 3, 19), status=CANCELLED, cancel_reason="arbetsbelastning"),
            session(date(2026, 4, 23), status=PLANNED),
        ),
    )


@pytest.fixture
def printed(log: SupervisionLog, read: Read) -> Callable[..., str]:
    """Return the text of the log with some fields changed."""

    def text(**changes: Any) -> str:
        return read(supervision_log_pdf(replace(log, **changes)))

    return text


def test_only_held_sessions_count_as_time(log: SupervisionLog) -> None:
    found = [(m.first.month, m.held, m.cancelled, m.planned, m.minutes) for m in month_sums(log)]
    assert found == [(1, 1, 0, 0, 60), (2, 2, 0, 0, 135), (3, 1, 1, 0, 90), (4, 0, 0, 1, 0)]


def test_months_that_the_log_covers_in_part_are_not_held_against_the_target(
    log: SupervisionLog,
) -> None:
    assert [month.whole for month in month_sums(log)] == [False, True, True, False]


def test_a_session_outside_the_period_is_summed_and_not_lost(log: SupervisionLog) -> None:
    late = replace(log, sessions=(*log.sessions, session(date(2026, 9, 1), 30)))
    assert month_sums(late)[-1].minutes == 30


@pytest.mark.parametrize(
    "words",
    [
        "Handledningslogg 2026-01-12 till och med 2026-07-11",
        "AT-läkare Alva Testsson",
        "Handledare Berit Exempel",
        "Samtal 4 hållna (4 h 45 min), 1 inställda, 1 planerade",
        "januari 2026 1 0 0 1 h 2 h del av månad",
        "februari 2026 2 0 0 2 h 15 min 2 h ✓ nått",
        "mars 2026 1 1 0 1 h 30 min 2 h 30 min under",
        "Mål enligt Värmlands handlingsplan",
        "2026-03-19 Ställdes in arbetsbelastning",
        "2026-04-23 Planerat, 1 h",
    ],
)
def test_the_head_the_months_and_the_sessions_are_printed(
    printed: Callable[..., str], words: str
) -> None:
    assert words in printed()


def test_a_programme_without_a_monthly_target_gets_no_verdict(printed: Callable[..., str]) -> None:
    found = printed(target_minutes=None)
    assert "Utfall" not in found
    assert "✓ nått" not in found


def test_a_session_prints_topics_goals_note_and_agreements(printed: Callable[..., str]) -> None:
    full = session(
        date(2026, 2, 5),
        topics=("konsultation", "journaler"),
        goals=("5:2:4",),
        note="Två inspelade\nkonsultationer <b>&",
        supervisor="Åke Provsson",
        agreements=(
            AgreementLine("Boka rektoskopi", "handledaren", done_on=date(2026, 2, 12)),
            AgreementLine("Läsa på", "AT-läkaren", due=date(2026, 3, 1)),
            AgreementLine("Byta jour", "", dropped=True),
        ),
    )
    found = printed(sessions=(full,))
    assert "konsultation, journaler Två inspelade konsultationer <b>& Mål: 5:2:4" in found
    assert "☑ Boka rektoskopi (handledaren, klart 2026-02-12)" in found
    assert "☐ Läsa på (AT-läkaren, till 2026-03-01)" in found
    assert "☒ Byta jour (utgår)" in found
    assert "Med Åke Provsson" in found


def test_the_usual_supervisor_is_not_repeated_on_every_row(printed: Callable[..., str]) -> None:
    assert "Med " not in printed(sessions=(session(date(2026, 2, 5), supervisor="Berit Exempel"),))


def test_sessions_are_printed_in_the_order_of_days(
    log: SupervisionLog, printed: Callable[..., str]
) -> None:
    assert printed(sessions=tuple(reversed(log.sessions))) == printed()


def test_an_empty_log_says_so(printed: Callable[..., str]) -> None:
    found = printed(sessions=())
    assert "Inga samtal är inlagda i perioden." in found
    assert "0 hållna (0 min)" in found


def test_a_log_that_has_not_begun_is_printed_without_months(printed: Callable[..., str]) -> None:
    found = printed(start=date(2026, 9, 1), end=date(2027, 2, 28), sessions=())
    assert "Månad för månad" not in found


def test_a_log_of_sixty_sessions_repeats_its_head_and_loses_no_row(
    log: SupervisionLog, pages: Pages
) -> None:
    days = [date(2026, 1, 12) + timedelta(days=3 * n) for n in range(60)]
    rows = tuple(session(day, topics=("konsultation",), note="Text. " * 30) for day in days)
    found = pages(supervision_log_pdf(replace(log, sessions=rows)))
    assert len(found) > 3
    assert all("Datum Status Ämnen, mål och överenskommelser" in page for page in found[1:])
    assert [day for day in days if not any(str(day) in page for page in found)] == []
    assert f"sida {len(found)} av {len(found)}" in found[-1]


def test_a_note_of_many_pages_is_printed_whole(printed: Callable[..., str]) -> None:
    words = " ".join(f"ord{n}" for n in range(2500))
    found = printed(sessions=(session(date(2026, 2, 5), note=words),))
    assert all(f"ord{n}" in found for n in range(2500))


def test_the_same_log_gives_the_same_bytes(log: SupervisionLog) -> None:
    assert supervision_log_pdf(log) == supervision_log_pdf(replace(log))
