"""A spreadsheet's own word for those in training is taken as their name, whichever it is."""

from __future__ import annotations

import pytest

from at_tui.interchange.preview import apply
from data.store import Store
from schema.tables import Trainee, Training
from schema.words import Kind
from tests.at_tui.interchange.conftest import Look


@pytest.mark.parametrize("heading", ["AT-läkare", "BT-läkare", "Läkare", "LÄKARE", "at-läkare"])
@pytest.mark.parametrize(("said", "kind"), [("BT-läkare", Kind.BT), ("AT-läkare", Kind.AT)])
def test_a_column_of_doctors_is_read_as_names(
    look: Look, store: Store, heading: str, said: str, kind: Kind
) -> None:
    found = look(
        f"{heading};AT eller BT;Avsnitt;Enhet;Från;Till;Tjänstgöring från\n"
        f"Alva Testsson;{said};medicin;Medicinkliniken;2026-09-01;2026-11-30;2026-09-01\n".encode()
    )
    assert [problem.sentence for problem in found.problems] == []
    apply(store, found, "import")
    with store.read() as work:
        assert [one.name for one in work.all(Trainee)] == ["Alva Testsson"]
        assert [one.kind for one in work.all(Training)] == [kind]
