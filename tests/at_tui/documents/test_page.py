"""The sheet: same bytes, embedded fonts, page numbers, metadata, and text that is never markup."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from at_tui.documents import parts, style
from at_tui.documents.page import Imprint, Sheet, render

Pages = Callable[[bytes], list[str]]
Read = Callable[[bytes], str]


@pytest.fixture
def sheet(imprint: Imprint) -> Sheet:
    return Sheet(imprint=imprint, title="Prov", about="Alva Testsson", template="prov 1")


def long_story(rows: int) -> list[Any]:
    return [parts.grid(["A", "B"], [[str(n), "text"] for n in range(rows)], [200, 200])]


def fonts(pdf: bytes) -> Iterator[Any]:
    """Yield every font of every page, those inside composite fonts too."""
    for page in pypdf.PdfReader(io.BytesIO(pdf)).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            yield font.get_object()


def test_the_same_document_gives_the_same_bytes(sheet: Sheet) -> None:
    assert render(sheet, long_story(80)) == render(sheet, long_story(80))


def test_the_same_document_gives_the_same_bytes_in_another_process() -> None:
    code = """
import hashlib
from datetime import date
from at_tui.documents import parts
from at_tui.documents.page import Imprint, Sheet, render
imprint = Imprint(number="1", region="R", unit="U", author="A", issued_on=date(2026, 7, 20),
                  evidence_on=date(2026, 7, 20))
sheet = Sheet(imprint=imprint, title="Å", about="Ö", template="t 1", watermark="UTKAST")
story = [parts.grid(["A"], [[str(n)] for n in range(90)], [200])]
print(hashlib.sha256(render(sheet, story)).hexdigest())
"""
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True, text=True, check=True,
            env={"PYTHONHASHSEED": seed, "TZ": zone, "SOURCE_DATE_EPOCH": epoch},
        ).stdout
        for seed, zone, epoch in (("1", "UTC", ""), ("2", "Asia/Tokyo", "1000000000"))
    }  # fmt: skip
    assert len(found) == 1


def test_only_the_shipped_fonts_are_asked_for_and_all_are_embedded(sheet: Sheet) -> None:
    story = [
        *parts.opening("Titel", "under"),
        *parts.notice("Obs", ["rad"]),
        *parts.ink_lines(["a", "b"]),
        *long_story(80),
    ]
    found = list(fonts(render(replace(sheet, watermark="UTKAST"), story)))
    assert {font["/BaseFont"].split("+")[-1] for font in found} == {
        "DejaVuSans",
        "DejaVuSans-Bold",
    }
    assert all("/FontFile2" in font["/FontDescriptor"] for font in found)


def test_every_page_says_its_number_of_how_many(sheet: Sheet, pages: Pages) -> None:
    found = pages(render(sheet, long_story(120)))
    assert len(found) > 2
    for number, page in enumerate(found, start=1):
        assert f"sida {number} av {len(found)}" in page


def test_every_page_carries_number_template_evidence_day_and_history(
    sheet: Sheet, pages: Pages, imprint: Imprint
) -> None:
    for page in pages(render(sheet, long_story(120))):
        assert "Nr INTYG-2026-0007 · mall prov 1 · underlag till och med 2026-07-19" in page
        assert f"Ändringshistorik {imprint.history}" in page


def test_later_pages_say_what_and_whom_they_belong_to(sheet: Sheet, pages: Pages) -> None:
    first, second, *_ = pages(render(sheet, long_story(120)))
    assert "Region Exempel" in first
    assert "Vårdcentralen Provby" in first
    assert "Prov · Alva Testsson" in second


def test_the_head_of_a_table_is_repeated_on_every_page(sheet: Sheet, pages: Pages) -> None:
    story = [parts.grid(["Kolumnhuvud"], [[str(n)] for n in range(120)], [200])]
    assert all("Kolumnhuvud" in page for page in pages(render(sheet, story)))


def test_the_file_is_dated_and_described_by_its_inputs(sheet: Sheet) -> None:
    reader = pypdf.PdfReader(io.BytesIO(render(sheet, long_story(1))))
    found = reader.metadata
    assert found is not None
    assert found.title == "Prov, Alva Testsson"
    assert found.author == "Nils Exempel"
    assert found.subject == "Dokument INTYG-2026-0007"
    assert found.creation_date == datetime(2026, 7, 20, tzinfo=UTC)
    assert found.modification_date == datetime(2026, 7, 20, tzinfo=UTC)
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "sv-SE"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]


def test_the_paper_is_a4(sheet: Sheet) -> None:
    box = pypdf.PdfReader(io.BytesIO(render(sheet, long_story(1)))).pages[0].mediabox
    assert (round(box.width), round(box.height)) == (595, 842)


def test_a_watermark_stands_on_every_page(sheet: Sheet, pages: Pages) -> None:
    assert all(
        "UTKAST" in p for p in pages(render(replace(sheet, watermark="UTKAST"), long_story(90)))
    )
    assert not any("UTKAST" in p for p in pages(render(sheet, long_story(90))))


def test_names_of_any_length_fit_the_head(sheet: Sheet, imprint: Imprint, pages: Pages) -> None:
    long = replace(imprint, region="R" * 200, unit="Ö" * 200, number="N" * 200)
    first = pages(render(replace(sheet, imprint=long), long_story(1)))[0]
    assert "RRR…" in first
    assert "ÖÖÖ…" in first
    assert "sida 1 av 1" in first


def test_text_is_shortened_to_what_there_is_room_for() -> None:
    assert style.fit("kort", style.REGULAR, 9, 200) == "kort"
    assert style.fit("å" * 500, style.REGULAR, 9, 60).endswith("å…")
    assert style.fit("något", style.REGULAR, 9, 1) == "…"


@pytest.mark.parametrize(
    "text",
    [
        "<b>obalanserad",
        "</font></para>",
        "<img src=file:///etc/hostname>",
        "Tom & Jerry &amp; Åsa <å@ö.se>",
        "[bold]inte fet[/bold]",
        "{0} {name} %s",
        "O'Néill Ümit Éva",
        "☐ ☑ ✓ → ● ○",
    ],
)
def test_outside_text_is_printed_as_it_stands(sheet: Sheet, read: Read, text: str) -> None:
    story = [style.paragraph(text), style.raw(style.bold(text)), *parts.notice(text, [text])]
    printed = read(render(sheet, [*story, parts.fields([(text, text)])]))
    assert printed.count(" ".join(text.split())) == 6


def test_control_and_bidi_characters_are_left_out(sheet: Sheet, read: Read) -> None:
    printed = read(render(sheet, [style.paragraph("a\x1b[31mb\u202ec\x00d")]))
    assert "a[31mbcd" in printed


def test_line_ends_in_a_note_are_kept() -> None:
    assert style.safe("en\r\ntvå\n\ntre") == "en<br/>två<br/><br/>tre"


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(max_size=300))
def test_no_text_whatever_stops_a_document(sheet: Sheet, text: str) -> None:
    story = [
        style.paragraph(text),
        parts.grid([text], [[text]], [60]),
        parts.fields([(text, text)]),
    ]
    assert render(replace(sheet, about=text), story).startswith(b"%PDF")


@pytest.mark.parametrize(
    "story",
    [
        lambda text: [parts.grid(["A", "B"], [["kort", text], ["efter", "rad"]], [100, 120])],
        lambda text: parts.notice("Obs", [text, "efter"]),
        lambda text: [parts.fields([("Fråga", text), ("efter", "rad")])],
        lambda text: parts.paired_fields([("Fråga", text), ("efter", "rad")]),
    ],
)
def test_a_row_longer_than_a_page_is_split_and_nothing_is_lost(
    sheet: Sheet, read: Read, story: Callable[[str], list[Any]]
) -> None:
    words = " ".join(f"ord{n}" for n in range(2500))
    printed = read(render(sheet, story(words)))
    assert all(f"ord{n}" in printed for n in (0, 1, 700, 1250, 2498, 2499))
    assert "efter" in printed


def test_a_row_that_the_next_page_has_room_for_is_not_split(sheet: Sheet, pages: Pages) -> None:
    tall = "\n".join(f"rad{n}" for n in range(20))
    rows = [[f"{n:02d}", tall] for n in range(12)]
    found = pages(render(sheet, [parts.grid(["A", "B"], rows, [60, 200])]))
    assert all(page.count("rad0 ") == page.count("rad19") for page in found)
    assert sum(page.count("rad19") for page in found) == 12


def test_a_heading_is_never_left_alone_at_the_foot_of_a_page(sheet: Sheet, pages: Pages) -> None:
    for filling in range(40, 60):
        story = [*[style.paragraph("fyll")] * filling, *parts.heading("Rubriken"), *long_story(3)]
        page = next(p for p in pages(render(sheet, story)) if "Rubriken" in p)
        assert "Rubriken A B 0" in page


def test_a_heading_stays_with_the_first_row_however_high_it_is(sheet: Sheet, pages: Pages) -> None:
    tall = "\n".join(f"rad{n}" for n in range(18))
    for filling in range(20, 50):
        table = parts.grid(["A", "B"], [["först", tall], ["sedan", "text"]], [200, 200])
        story = [*[style.paragraph("fyll")] * filling, *parts.heading("Rubriken", table), table]
        page = next(p for p in pages(render(sheet, story)) if "Rubriken" in p)
        assert "Rubriken A B först rad0" in page


def test_a_short_table_that_is_read_as_one_stands_on_one_page(sheet: Sheet, pages: Pages) -> None:
    for filling in range(30, 55):
        table = parts.fields([(f"del{n}", "3 av 3") for n in range(6)])
        over = parts.heading("Rubriken", table, whole=True)
        found = pages(render(sheet, [*[style.paragraph("fyll")] * filling, *over, table]))
        page = next(p for p in found if "Rubriken" in p)
        assert all(f"del{n}" in page for n in range(6))


def test_a_heading_over_a_row_higher_than_a_page_leaves_no_page_empty(
    sheet: Sheet, pages: Pages
) -> None:
    table = parts.grid(["A", "B"], [["först", "\n".join(["rad"] * 90)]], [200, 200])
    found = pages(render(sheet, [*parts.heading("Rubriken", table), table]))
    assert "Rubriken A B först" in found[0]


def test_a_label_is_not_broken_within_its_word(sheet: Sheet, read: Read) -> None:
    rows = [("Tjänstgöringsställe", "Vårdcentralen Exempelvik, " * 5), ("Ämne", "allmänmedicin")]
    assert "Tjänstgöringsställe" in read(render(sheet, parts.paired_fields(rows)))


@pytest.mark.parametrize(
    ("moment", "clock"),
    [
        (datetime(2026, 1, 15, 12, 0, tzinfo=UTC), "2026-01-15 13.00"),
        (datetime(2026, 7, 15, 12, 0, tzinfo=UTC), "2026-07-15 14.00"),
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), "2026-03-29 01.59"),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "2026-03-29 03.00"),
        (datetime(2026, 10, 25, 0, 59, tzinfo=UTC), "2026-10-25 02.59"),
        (datetime(2026, 10, 25, 1, 0, tzinfo=UTC), "2026-10-25 02.00"),
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), "2027-01-01 00.30"),
    ],
)
def test_moments_are_printed_in_swedish_time(moment: datetime, clock: str) -> None:
    assert parts.swedish_time(moment) == clock


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "0 min"), (45, "45 min"), (60, "1 h"), (150, "2 h 30 min")]
)
def test_minutes_are_said_in_hours(minutes: int, words: str) -> None:
    assert parts.hours(minutes) == words


def test_the_room_itself_does_not_load_the_library() -> None:
    code = "import at_tui.documents, sys; print('reportlab' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
