"""Commands that keep, put back, disclose and erase."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from at_tui import settings
from data import backup, keys, opening, places
from data.verify import verify
from data.window import Window
from schema.tables import Supervision, Trainee
from tests.at_tui.cli.conftest import Run

PASSPHRASE = "räksmörgås på taket"


@pytest.fixture
def sealed(clinic: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Return a function that gives the passphrase to the commands; an encrypted file is there."""
    monkeypatch.setattr(keys, "MEMORY_KIB", 64)
    monkeypatch.setattr(keys, "ITERATIONS", 1)
    opening.create(tmp_path / "sealed.db", passphrase=PASSPHRASE)

    def give(passphrase: str) -> Path:
        file = tmp_path / "phrase"
        file.write_text(passphrase + "\n", encoding="utf-8")
        monkeypatch.setenv("AT_TUI_PASSPHRASE_FILE", str(file))
        return tmp_path / "sealed.db"

    return give


def trainees(path: Path) -> list[str]:
    store = opening.open_store(path, None)
    with store.read() as work:
        found = sorted(t.name for t in work.all(Trainee))
    store.close()
    return found


def add(path: Path, name: str) -> None:
    store = opening.open_store(path, None)
    with store.work("test") as work:
        work.save(Trainee(name=name))
    store.close()


def test_a_copy_is_made_here_and_at_the_second_place(
    run: Run, clinic: Path, tmp_path: Path
) -> None:
    usb = tmp_path / "usb"
    usb.mkdir()
    settings.save({"backup_folder": str(usb)})
    said = run("backup", "--database", clinic, "--json")
    assert said.code == 0, said.err
    made = [Path(one["path"]) for one in json.loads(said.out)]
    assert len(made) == 2
    assert usb in made[1].parents
    assert trainees(made[1]) == trainees(clinic)


def test_a_second_place_that_is_not_there_is_told_and_the_first_is_made(
    run: Run, clinic: Path, tmp_path: Path
) -> None:
    said = run("backup", "--database", clinic, "--folder", tmp_path / "nowhere")
    assert said.code == 1
    assert "går inte att nå" in said.err
    assert len(backup.backups(clinic)) == 1
    assert not (tmp_path / "nowhere").exists()


def test_copies_are_listed_by_number_and_put_back_by_it(run: Run, clinic: Path) -> None:
    before = trainees(clinic)
    run("backup", "--database", clinic)
    add(clinic, "Ny Nyansson")
    run("backup", "--database", clinic)
    listed = run("restore", "--database", clinic)
    assert listed.code == 0
    assert "  2  20" in listed.out
    assert "egen" in listed.out
    assert trainees(clinic) != before
    said = run("restore", "2", "--database", clinic)
    assert said.code == 0, said.err
    assert trainees(clinic) == before
    kept = json.loads(run("restore", "1", "--database", clinic, "--json").out)["kept"]
    assert trainees(Path(kept)) == before
    assert "Ny Nyansson" in trainees(clinic)


def test_a_copy_is_put_back_from_another_folder_on_a_computer_without_records(
    run: Run, clinic: Path, tmp_path: Path
) -> None:
    usb = tmp_path / "usb"
    usb.mkdir()
    run("backup", "--database", clinic, "--folder", usb)
    new = tmp_path / "new" / "at.db"
    new.parent.mkdir()
    listed = run("restore", "--folder", usb, "--database", new)
    assert f'at-tui restore --folder "{usb}" NUMMER' in listed.out
    said = run("restore", "1", "--folder", usb, "--database", new)
    assert said.code == 0, said.err
    assert trainees(new) == trainees(clinic)


def test_nothing_is_put_back_under_an_open_window(run: Run, clinic: Path) -> None:
    run("backup", "--database", clinic)
    claim = Window(clinic)
    said = run("restore", "1", "--database", clinic)
    assert said.code == 4
    assert "öppen" in said.err
    claim.close()
    assert run("restore", "1", "--database", clinic).code == 0


@pytest.mark.parametrize("wanted", ["0", "7", "nowhere.db", "99999999"])
def test_a_copy_that_is_not_there_changes_nothing(run: Run, clinic: Path, wanted: str) -> None:
    before = clinic.read_bytes()
    said = run("restore", wanted, "--database", clinic)
    assert said.code == 2
    assert wanted in said.err
    assert clinic.read_bytes() == before


def test_a_file_that_is_no_copy_is_refused(run: Run, clinic: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    other.write_bytes(b"SQLite format 3\x00" + b"x" * 5000)
    before = clinic.read_bytes()
    said = run("restore", other, "--database", clinic)
    assert said.code == 3
    assert clinic.read_bytes() == before


def test_a_copy_made_before_the_passphrase_was_changed_opens_with_the_new_one(
    run: Run, sealed: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = sealed(PASSPHRASE)
    run("backup", "--database", path)
    new = tmp_path / "new-phrase"
    new.write_text("en helt annan fras\n", encoding="utf-8")
    monkeypatch.setenv("AT_TUI_NEW_PASSPHRASE_FILE", str(new))
    assert run("passphrase", "--database", path).code == 0
    assert run("verify", "--database", path).code == 3
    sealed("en helt annan fras")
    assert run("restore", "1", "--database", path).code == 0
    assert run("verify", "--database", path).code == 0


def test_a_new_recovery_key_is_shown_and_opens_the_file(
    run: Run, sealed: Callable[[str], Path]
) -> None:
    path = sealed(PASSPHRASE)
    said = run("passphrase", "--new-recovery-key", "--database", path, "--json")
    recovery = json.loads(said.out)["recovery_key"]
    assert keys.unlock(places.key_file(path), recovery_key=recovery)


def test_two_wishes_at_a_time_are_refused(run: Run, sealed: Callable[[str], Path]) -> None:
    path = sealed(PASSPHRASE)
    before = places.key_file(path).read_bytes()
    said = run("passphrase", "--new-recovery-key", "--forget", "--database", path)
    assert said.code == 2
    assert places.key_file(path).read_bytes() == before


def test_one_altered_byte_is_told_with_its_page(run: Run, sealed: Callable[[str], Path]) -> None:
    path = sealed(PASSPHRASE)
    assert run("verify", "--database", path).code == 0
    content = bytearray(path.read_bytes())
    content[6 * 4096 + 77] ^= 1
    path.write_bytes(content)
    said = run("verify", "--database", path, "--json")
    assert said.code == 1
    assert json.loads(said.out) == [{"code": "verify.page", "where": "7"}]
    content[6 * 4096 + 77] ^= 1
    content[77] ^= 1
    path.write_bytes(content)
    assert "Sida 1 " in run("verify", "--database", path).out


def test_the_copies_are_checked_too(run: Run, clinic: Path) -> None:
    run("backup", "--database", clinic)
    said = run("verify", "--copies", "--database", clinic)
    assert said.code == 0
    assert said.out.startswith("1 ")
    (copy,) = backup.backups(clinic)
    copy.path.write_bytes(copy.path.read_bytes()[:20_000])
    said = run("verify", "--copies", "--database", clinic)
    assert said.code == 1
    assert copy.path.name in said.out


def test_everything_about_one_is_written_as_a_page(run: Run, clinic: Path, tmp_path: Path) -> None:
    name = trainees(clinic)[0]
    page = tmp_path / "page.html"
    said = run("disclose", name, "-o", page, "--database", clinic)
    assert said.code == 0, said.err
    assert name in page.read_text(encoding="utf-8")
    assert "inte krypterad" in said.out
    assert page.stat().st_mode & 0o077 == 0
    assert name in run("disclose", name, "--database", clinic).out
    document = json.loads(run("disclose", name, "--database", clinic, "--json").out)
    assert document["name"] == name
    said = run("disclose", name, "-o", tmp_path / "page.pdf", "--database", clinic)
    assert said.code == 2


def test_a_trainee_is_erased_with_the_copies(run: Run, clinic: Path) -> None:
    run("backup", "--database", clinic)
    name, *others = trainees(clinic)
    said = run("erase", name, "--yes", "--copies", "--database", clinic)
    assert said.code == 0, said.err
    assert trainees(clinic) == others
    (copy,) = backup.backups(clinic)
    assert trainees(copy.path) == others
    run("restore", "1", "--database", clinic)
    assert trainees(clinic) == others
    assert run("verify", "--database", clinic).code == 0
    assert run("disclose", name, "--database", clinic).code == 1


def test_the_reason_of_an_erasure_is_kept_without_the_name(run: Run, clinic: Path) -> None:
    name = trainees(clinic)[0]
    assert run("erase", name, "--yes", "--reason", name, "--database", clinic).code == 2
    said = run("erase", name, "--yes", "--reason", "begäran", "--database", clinic)
    assert said.code == 0, said.err
    report = run("erase", "--report", "--database", clinic).out
    assert "personens begäran" in report
    assert name not in report


def test_a_supervisor_becomes_nobody(run: Run, clinic: Path) -> None:
    store = opening.open_store(clinic, None)
    with store.read() as work:
        session = next(s for s in work.all(Supervision) if s.supervisor_id)
    store.close()
    said = run("erase", "--person", session.supervisor_id, "--yes", "--database", clinic)
    assert said.code == 0, said.err
    again = opening.open_store(clinic, None)
    with again.read() as work:
        assert work.get(Supervision, session.id) is not None
    assert verify(again) == []
    again.close()


def test_without_an_answer_nothing_is_erased(run: Run, clinic: Path) -> None:
    before = trainees(clinic)
    said = run("erase", before[0], "--database", clinic)
    assert said.code == 2
    assert trainees(clinic) == before


@pytest.mark.parametrize("words", [[], ["alva", "--report"]])
def test_erase_wants_a_person_or_the_report(run: Run, clinic: Path, words: list[str]) -> None:
    assert run("erase", *words, "--database", clinic).code == 2


def test_the_report_says_what_is_past_its_time_and_erases_nothing(run: Run, clinic: Path) -> None:
    before = trainees(clinic)
    said = run("erase", "--report", "--database", clinic)
    assert said.code == 0
    assert "arbetstext" in said.out
    assert json.loads(run("erase", "--report", "--json", "--database", clinic).out) == []
    assert trainees(clinic) == before


def test_what_leaves_encrypted_records_is_encrypted_unless_it_is_to_be_readable(
    run: Run, sealed: Callable[[str], Path], clinic: Path, tmp_path: Path
) -> None:
    path = sealed(PASSPHRASE)
    readable = tmp_path / "demo.json"
    assert "inte krypterad" in run("export", readable, "--database", clinic).out
    assert run("import", readable, "--yes", "--database", path).code == 0
    name = trainees(clinic)[0]
    out = tmp_path / "out.json"
    said = run("export", out, "--database", path)
    assert said.code == 0, said.err
    assert "krypterad" in said.out
    assert name.encode() not in out.read_bytes()
    assert out.stat().st_mode & 0o077 == 0
    plain = tmp_path / "plain.json"
    assert "inte krypterad" in run("export", plain, "--readable", "--database", path).out
    assert json.loads(plain.read_bytes())["format"]
    assert name in run("export", "-", "--database", path).out
    # It comes back into its own records, and by its passphrase into others.
    assert "redan" in run("import", out, "--database", path).out
    opening.create(tmp_path / "other.db", passphrase=None)
    said = run("import", out, "--database", tmp_path / "other.db")
    assert said.code == 0, said.err
    assert trainees(tmp_path / "other.db") == trainees(clinic)


def test_a_sealed_file_without_its_passphrase_changes_nothing(
    run: Run, sealed: Callable[[str], Path], empty: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    path, out = sealed(PASSPHRASE), tmp_path / "out.json"
    run("export", out, "--database", path)
    sealed("en helt annan fras")
    said = run("import", out, "--database", empty)
    assert said.code == 3
    assert "Fel lösenfras" in said.err
    monkeypatch.delenv("AT_TUI_PASSPHRASE_FILE")
    assert run("import", out, "--database", empty).code == 3
    out.write_bytes(out.read_bytes()[:-1])
    sealed(PASSPHRASE)
    said = run("import", out, "--database", empty)
    assert said.code == 3
    assert "skadad eller ändrad" in said.err
    assert trainees(empty) == []
