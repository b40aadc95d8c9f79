from __future__ import annotations

import json
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from at_tui.disclosure import as_html, as_text, dumped, for_reviewer
from data import opening, signing
from data.disclose import Disclosure, disclose
from schema.tables import KINDS, Person, Supervision, Talk, Trainee, Training
from schema.words import Meaning, SupervisionStatus, TalkKind

DAY = date(2026, 3, 2)
HOSTILE = "<script>alert(1)</script> & [/b] \x1b]52;c;x\x07"


@pytest.fixture
def told(tmp_path: Path) -> Disclosure:
    """What there is about Alva, whose supervisor has written something hostile."""
    path = tmp_path / "at.db"
    opening.create(path, passphrase=None)
    store = opening.open_store(path, None)
    with store.work("import") as work:
        rut = work.save(Person(name="Rut Provsson"))
        alva = work.save(Trainee(name="Alva Testsson", personnummer="198112189876"))
        training = work.save(Training(trainee_id=alva.id, start=DAY))
        held = work.save(
            Supervision(training_id=training.id, supervisor_id=rut.id, day=DAY, note=HOSTILE)
        )
        talk = work.save(Talk(training_id=training.id, kind=TalkKind.MITTSAMTAL, held_on=DAY))
        nils = work.save(Trainee(name="Nils Exempel"))
        other = work.save(Training(trainee_id=nils.id, start=DAY, note="Läser med Alva Testsson"))
        work.keep_draft(f"session:{training.id}", {"note": "halvfärdigt"})
        signing.set_pin(work, alva.id, "4711")
        assert other.note
    with store.work(rut.id) as work:
        again = work.need(Supervision, held.id)
        again.status = SupervisionStatus.HELD
        signing.sign(work, work.need(Talk, talk.id), signer_id=rut.id, signer_name="Rut Provsson",
                     meaning=Meaning.ASSESSES)  # fmt: skip
    with store.read() as work:
        found = disclose(work, alva.id)
    store.close()
    return found


class Words(HTMLParser):
    """Collect the text of a page and the names of its elements."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.elements: set[str] = set()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.elements.add(tag)

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_the_page_says_it_in_swedish_and_runs_nothing(told: Disclosure) -> None:
    page = Words()
    page.feed(as_html(told, on=DAY).decode())
    said = "\n".join(page.words)
    assert "script" not in page.elements
    assert "<script>alert(1)</script>" in said
    assert "\x1b" not in said
    for word in ("Handledningssamtal (1)", "Rut Provsson", "läge", "hölls", "planerad → hölls",
                 "halvfärdigt", "PIN", "198112189876", "signerades"):  # fmt: skip
        assert word in said, word
    assert "Nils" not in said


def test_the_text_says_the_same_as_the_page(told: Disclosure) -> None:
    page = Words()
    page.feed(as_html(told, on=DAY).decode())
    plain = as_text(told, on=DAY)
    squeezed = " ".join(plain.split())
    for part in page.words[2:]:
        assert " ".join(part.split()) in squeezed


def test_the_json_holds_every_version_with_before_and_after(told: Disclosure) -> None:
    document = json.loads(dumped(told, on=DAY))
    assert document["name"] == "Alva Testsson"
    (held,) = [r for r in document["records"] if r["kind"] == "Supervision"]
    assert held["life"][1]["changes"]["status"] == {"before": "planned", "after": "held"}
    assert held["life"][1]["author"] == "Rut Provsson"
    assert {r["kind"] for r in document["records"]} <= set(KINDS)
    assert "Nils" not in json.dumps(document, ensure_ascii=False)


def test_whoever_hands_it_out_is_told_where_else_the_name_stands(told: Disclosure) -> None:
    lines = for_reviewer(told)
    assert "1 tjänstgöring" in lines[0]
    assert len(lines) == 2
