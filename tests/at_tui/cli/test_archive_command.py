"""`at-tui archive`, `certificate --final` and `progress -o`, on the demo's vårdcentral."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pypdf
import pytest

from tests.at_tui.cli.conftest import Run


def words_of(path: Path) -> str:
    return " ".join(" ".join(p.extract_text() for p in pypdf.PdfReader(path).pages).split())


def test_an_archive_is_written_checked_and_told_when_it_was_changed(
    run: Run, clinic: Path, tmp_path: Path
) -> None:
    target = tmp_path / "arkiv åäö"
    said = run("archive", "alva", target, "--database", clinic)
    assert said.code == 0
    assert "Arkivet är skrivet" in said.out
    assert "inte krypterat" in said.out
    assert run("archive", "--check", target).code == 0
    (target / "index.html").write_bytes(b"x")
    told = run("archive", "--check", target)
    assert told.code == 1
    assert "index.html har ändrats" in told.out


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="no sha256sum here")
def test_the_checksums_are_read_by_another_programme(
    run: Run, clinic: Path, tmp_path: Path
) -> None:
    target = tmp_path / "arkiv"
    run("archive", "alva", target, "--database", clinic)
    subprocess.run(
        [str(shutil.which("sha256sum")), "--check", "--strict", "SHA256SUMS"],
        cwd=target,
        check=True,
        capture_output=True,
    )


def test_an_archive_is_not_written_over_something(run: Run, clinic: Path, tmp_path: Path) -> None:
    target = tmp_path / "arkiv"
    target.mkdir()
    (target / "mitt.txt").write_text("x", encoding="utf-8")
    said = run("archive", "alva", target, "--database", clinic)
    assert said.code == 4
    assert "Inget har skrivits" in said.err
    assert [path.name for path in target.iterdir()] == ["mitt.txt"]


@pytest.mark.parametrize("words", [[], ["alva", "x", "--check", "y"]])
def test_an_archive_of_nobody_is_answered(run: Run, clinic: Path, words: list[str]) -> None:
    said = run("archive", *words, "--database", clinic)
    assert said.code == 2
    assert "--check" in said.err


def test_a_folder_that_is_no_archive_is_told(run: Run, tmp_path: Path) -> None:
    said = run("archive", "--check", tmp_path)
    assert said.code == 1
    assert "kontrollsummor" in said.err


def test_the_final_certificate_is_a_draft_that_says_what_is_missing(
    run: Run, clinic: Path, tmp_path: Path
) -> None:
    path = tmp_path / "slutintyg.pdf"
    said = run("certificate", "alva", "--final", "--database", clinic, "-o", path)
    assert said.code == 0
    assert "Det är ett utkast" in said.err
    assert "Placeringar utan intyg" in said.err
    assert "UTKAST" in words_of(path)


def test_a_final_certificate_that_is_not_issued_is_not_printed_as_one(
    run: Run, clinic: Path, tmp_path: Path
) -> None:
    path = tmp_path / "slutintyg.pdf"
    said = run("certificate", "alva", "--final", "--issued", "--database", clinic, "-o", path)
    assert said.code == 4
    assert not path.exists()


@pytest.mark.parametrize("words", [["alva"], ["alva", "1", "--final"]])
def test_a_certificate_is_of_a_placement_or_of_the_whole(
    run: Run, clinic: Path, words: list[str]
) -> None:
    said = run("certificate", *words, "--database", clinic)
    assert said.code == 2
    assert "--final" in said.err


def test_the_progress_report_says_what_the_list_says(
    run: Run, clinic: Path, tmp_path: Path
) -> None:
    path = tmp_path / "läget.pdf"
    on = ("--on", "2026-11-24", "--database", clinic)
    assert run("progress", "alva", "-o", path, *on).code == 0
    words = words_of(path)
    listed = run("progress", "alva", *on).out
    titles = [line[29:].strip() for line in listed.splitlines()[1::3]]
    assert len(titles) > 10
    assert all(" ".join(title.split()) in words for title in titles)
    assert "Läget mot programmet" in words
