"""The AT-läkare's own archive: whole or not at all, every part read back, safe to open anywhere."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pypdf
import pytest

from at_tui.archive import folder as writing
from at_tui.archive.folder import SUMS, check_archive, sums_of, write_archive
from at_tui.archive.gather import ArchiveParts, files_of, folder_name, read_parts
from at_tui.archive.own_records import own_records
from at_tui.correcting import save_draft, sign_form
from at_tui.interchange.everything import bundle_of, plan_everything
from at_tui.signer import Signer
from data.opening import create, open_store
from data.signing import sign
from schema.fault import Fault
from schema.tables import Education, Introduction, Person, Supervision, Talk, Trainee, Training
from schema.words import EducationKind, IntroductionKind, Meaning, SupervisionStatus, TalkKind
from tests.at_tui.clinic import TODAY, Clinic, around, instrument, make_clinic, mini_cex

HOSTILE = '../<script>alert("å")</script> CON: ä|ö?*'


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[Clinic]:
    made = make_clinic(tmp_path)
    with made.store.work("test") as work:
        work.save(
            Supervision(
                training_id=made.training_id,
                placement_id=made.psychiatry_id,
                supervisor_id=made.supervisor_id,
                day=date(2026, 6, 11),
                minutes=60,
                status=SupervisionStatus.HELD,
                note='Läste <b>journaler</b> & "remisser"',
            )
        )
        missed = {"attended": False, "absence_notified": True, "absence_reason": "jour"}
        for title, there in (("EKG", missed), ("Sepsis", {"planned": True, "attended": False})):
            work.save(
                Education(
                    training_id=made.training_id, kind=EducationKind.LECTURE, title=title,
                    day=date(2026, 6, 11), minutes=60, **there,
                )
            )  # fmt: skip
    yield made
    made.store.close()


def parts_of(clinic: Clinic) -> ArchiveParts:
    return read_parts(clinic.store, clinic.training_id, TODAY)


class Page(HTMLParser):
    """What a page holds: tags, links, words."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.words: list[str] = []
        self.feed(content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value for name, value in attrs if name in ("href", "src") and value]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_every_part_is_read_back_and_holds_what_was_recorded(
    clinic: Clinic, tmp_path: Path
) -> None:
    parts = parts_of(clinic)
    target = write_archive(tmp_path / "arkiv", files_of(parts))
    pages = {path.name: Page(path.read_bytes()) for path in target.glob("*.html")}
    assert set(pages) == {"index.html", "allt.html"}
    said = "".join(pages["index.html"].words)
    assert 'Läste <b>journaler</b> & "remisser"' in said
    assert "Psykiatriska kliniken" in said
    assert "borta, anmäld: jour" in said
    assert "planerad" in said
    log = pypdf.PdfReader(target / "pdf" / "Handledningslogg.pdf")
    assert "Alva Testsson" in log.pages[0].extract_text()
    progress = pypdf.PdfReader(target / "pdf" / "Läget mot programmet.pdf")
    assert "Läget mot programmet" in progress.pages[0].extract_text()
    records = json.loads((target / "json" / "uppgifter.json").read_bytes())
    assert [one["name"] for one in records["trainee"]] == ["Alva Testsson"]
    told = json.loads((target / "json" / "registerutdrag.json").read_bytes())
    assert told["name"] == "Alva Testsson"


def test_the_checksums_are_those_of_the_files_as_sha256sum_writes_them(
    clinic: Clinic, tmp_path: Path
) -> None:
    target = write_archive(tmp_path / "arkiv", files_of(parts_of(clinic)))
    lines = (target / SUMS).read_text(encoding="utf-8").splitlines()
    listed = {line.split("  ", 1)[1]: line.split("  ", 1)[0] for line in lines}
    there = {
        path.relative_to(target).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in target.rglob("*")
        if path.is_file() and path.name != SUMS
    }
    assert listed == there
    assert check_archive(target) == []


def test_what_is_changed_lost_or_added_is_told(tmp_path: Path) -> None:
    target = write_archive(tmp_path / "a", {"a.txt": b"a", "b/å.txt": b"b", "c.txt": b"c"})
    (target / "a.txt").write_bytes(b"A")
    (target / "b" / "å.txt").unlink()
    (target / "d.txt").write_bytes(b"d")
    assert check_archive(target) == [
        ("changed", "a.txt"), ("missing", "b/å.txt"), ("unlisted", "d.txt"),
    ]  # fmt: skip


@pytest.mark.parametrize("words", ["", "inte en summa\n", "ab  a.txt\n"])
def test_a_folder_without_a_list_that_can_be_read_is_no_archive(tmp_path: Path, words: str) -> None:
    if words:
        (tmp_path / SUMS).write_text(words, encoding="utf-8")
        with pytest.raises(Fault) as caught:
            check_archive(tmp_path)
        assert caught.value.code == "archive.no_list"
    with pytest.raises(Fault) as caught:
        check_archive(tmp_path / "ingenting")
    assert caught.value.code == "archive.no_list"


def test_a_list_that_points_outside_the_folder_reads_nothing_there(tmp_path: Path) -> None:
    (tmp_path / "hemligt.txt").write_bytes(b"x")
    inside = tmp_path / "arkiv"
    inside.mkdir()
    (inside / SUMS).write_bytes(sums_of({"../hemligt.txt": b"x"}))
    assert check_archive(inside) == [("missing", "../hemligt.txt")]


def test_the_pages_hold_no_script_and_lead_nowhere_outside(clinic: Clinic, tmp_path: Path) -> None:
    target = write_archive(tmp_path / "arkiv", files_of(parts_of(clinic)))
    for path in target.glob("*.html"):
        page = Page(path.read_bytes())
        assert not page.tags & {"script", "img", "iframe", "link", "object"}
        for link in page.links:
            assert "://" not in link
            assert (target / unquote(link)).is_file(), link


def rename(clinic: Clinic, name: str) -> None:
    with clinic.store.work("test") as work:
        trainee = work.need(Trainee, clinic.trainee_id)
        trainee.name = name
        work.save(trainee)


def test_a_hostile_name_stays_text_and_makes_safe_file_names(
    clinic: Clinic, tmp_path: Path
) -> None:
    rename(clinic, HOSTILE)
    parts = parts_of(clinic)
    name = folder_name(parts)
    assert name == Path(name).name
    assert not set(name) & set('<>:"/\\|?*')
    target = write_archive(tmp_path / name, files_of(parts))
    assert target.parent == tmp_path
    for path in target.rglob("*"):
        assert not set(path.name) & set('<>:"/\\|?*')
    for path in target.glob("*.html"):
        page = Page(path.read_bytes())
        assert "script" not in page.tags
        assert '<script>alert("å")</script>' in "".join(page.words)


def test_a_form_that_is_signed_is_there_and_one_that_is_not_is_told_in_the_data(
    clinic: Clinic, tmp_path: Path
) -> None:
    form = mini_cex(clinic.training_id)
    form.assessor_id = clinic.examiner_id
    with clinic.store.work("test") as work:
        save_draft(work, form)
    assert not [name for name in files_of(parts_of(clinic)) if "mini-CEX" in name]
    with clinic.store.work("test") as work:
        signer = Signer(clinic.examiner_id, "Nils Exempel")
        sign_form(work, instrument("mini-cex"), form, around(), signer)
    files = files_of(parts_of(clinic))
    [name] = [name for name in files if "mini-CEX" in name]
    assert name == f"pdf/{form.day} mini-CEX.pdf"
    words = pypdf.PdfReader(io.BytesIO(files[name])).pages[0].extract_text()
    assert "Sammanfattade för patienten" in words


def test_a_signed_talk_is_there_as_pdf(clinic: Clinic) -> None:
    with clinic.store.work("test") as work:
        talk = work.save(
            Talk(
                training_id=clinic.training_id,
                kind=TalkKind.HALVTID,
                held_on=date(2026, 7, 15),
                with_id=clinic.supervisor_id,
                note="Går som planerat.",
            )
        )
        sign(
            work,
            talk,
            signer_id=clinic.supervisor_id,
            signer_name="Berit Handledarsson",
            meaning=Meaning.ASSESSES,
        )
    files = files_of(parts_of(clinic))
    [name] = [name for name in files if name.startswith("pdf/2026-07-15")]
    words = " ".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(files[name])).pages)
    assert "Går som planerat." in words
    assert Path(name).name in unquote(files["index.html"].decode())


def test_the_letter_that_was_sent_and_the_list_gone_through_are_there(clinic: Clinic) -> None:
    with clinic.store.work("test") as work:
        work.save(
            Introduction(
                training_id=clinic.training_id,
                placement_id=clinic.psychiatry_id,
                kind=IntroductionKind.KLINIK,
                held_on=date(2026, 6, 2),
                letter_on=date(2026, 5, 18),
                points=["rundvandring"],
                letter={"verksamheten": "Två avdelningar vid ån."},
            )
        )
        # A list without a letter of its own makes no letter, whatever day it carries.
        work.save(
            Introduction(
                training_id=clinic.training_id,
                placement_id=clinic.psychiatry_id,
                kind=IntroductionKind.AKUTMOTTAGNING,
                letter_on=date(2026, 5, 19),
            )
        )
    files = files_of(parts_of(clinic))
    found = {name: pages for name, pages in files.items() if name.startswith("pdf/2026-0")}
    letter, done = sorted(found)
    assert "Introduktionsbrev" in letter
    words = {
        name: " ".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(content)).pages)
        for name, content in found.items()
    }
    assert "Två avdelningar vid ån." in words[letter]
    assert "Rundvandring" in words[done]
    index = unquote(files["index.html"].decode())
    assert "<h2>Introduktioner</h2>" in index
    assert Path(letter).name in index
    assert Path(done).name in index


def test_the_records_are_read_in_again_by_an_empty_file(clinic: Clinic, tmp_path: Path) -> None:
    with clinic.store.read() as work:
        content = own_records(work, clinic.trainee_id)
    create(tmp_path / "tom.db", passphrase=None)
    store = open_store(tmp_path / "tom.db", None)
    with store.work("test") as work:
        plan = plan_everything(work, bundle_of(json.loads(content)))
        assert plan.problems == []
        work.add_all(plan.records)
    with store.read() as work:
        assert [t.name for t in work.all(Trainee)] == ["Alva Testsson"]
        assert len(work.all(Supervision)) == 1
    store.close()


def test_nobody_else_is_in_it_but_by_name(clinic: Clinic) -> None:
    with clinic.store.work("test") as work:
        other = work.save(Trainee(name="Nils Främmande"))
        work.save(Training(trainee_id=other.id, start=date(2026, 1, 12)))
        work.save(Person(name="Ingen Inblandad", email="ingen@example.se"))
    with clinic.store.read() as work:
        content = own_records(work, clinic.trainee_id).decode()
    assert "Berit Handledarsson" in content
    assert "berit@example.se" not in content
    assert "alva.testsson@example.se" in content
    assert "Nils Främmande" not in content
    assert "Ingen Inblandad" not in content


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    target = tmp_path / "arkiv"
    target.mkdir()
    (target / "mitt.txt").write_bytes(b"x")
    with pytest.raises(Fault) as caught:
        write_archive(target, {"a.txt": b"a"})
    assert caught.value.code == "archive.exists"
    assert [path.name for path in target.iterdir()] == ["mitt.txt"]


def test_an_empty_folder_takes_the_archive(tmp_path: Path) -> None:
    target = tmp_path / "arkiv"
    target.mkdir()
    write_archive(target, {"a.txt": b"a"})
    assert {path.name for path in target.iterdir()} == {"a.txt", SUMS}


@pytest.mark.parametrize("after", [0, 1, 2])
def test_a_disk_that_fails_leaves_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    written: list[Path] = []
    real = writing._write

    def fails(path: Path, content: bytes) -> None:
        if len(written) == after:
            raise OSError("disk full")
        written.append(path)
        real(path, content)

    monkeypatch.setattr(writing, "_write", fails)
    with pytest.raises(Fault) as caught:
        write_archive(tmp_path / "arkiv", {"a.txt": b"a", "b.txt": b"b"})
    assert caught.value.code == "archive.not_written"
    assert list(tmp_path.iterdir()) == []


def test_who_stops_it_has_no_folder(tmp_path: Path) -> None:
    asked: list[bool] = []

    def cancelled() -> bool:
        asked.append(True)
        return len(asked) > 2

    with pytest.raises(Fault) as caught:
        write_archive(tmp_path / "arkiv", {"a": b"a", "b": b"b", "c": b"c"}, cancelled=cancelled)
    assert caught.value.code == "archive.cancelled"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["../ute.txt", "/ute.txt", "a/../../ute.txt"])
def test_no_file_is_written_outside_the_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="not inside"):
        write_archive(tmp_path / "arkiv", {name: b"x"})
    assert list(tmp_path.iterdir()) == []


def test_the_same_records_give_the_same_files(clinic: Clinic) -> None:
    first: dict[str, Any] = files_of(parts_of(clinic))
    assert files_of(parts_of(clinic)) == first
