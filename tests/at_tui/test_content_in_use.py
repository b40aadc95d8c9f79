"""Which content files records are read with, also when theirs is gone."""

from __future__ import annotations

import pytest

from at_tui.content_in_use import (
    curriculum_for,
    instrument_for,
    topics,
    used_without_signature,
)


def test_a_training_gets_the_version_it_began_under() -> None:
    found = curriculum_for("at-sosfs-1999-5", "1", "AT")
    assert found is not None
    assert (found.id, found.version) == ("at-sosfs-1999-5", "1")


def test_a_version_that_is_gone_gives_the_one_in_use() -> None:
    found = curriculum_for("at-sosfs-1999-5", "0.1", "AT")
    assert found is not None
    assert found.id == "at-sosfs-1999-5"


@pytest.mark.parametrize("kind", ["AT", "BT"])
def test_a_training_that_names_none_gets_its_kinds(kind: str) -> None:
    found = curriculum_for("", "", kind)
    assert found is not None
    assert found.programme_kind == kind


@pytest.mark.parametrize("id", ["nonsense", "../../etc/passwd", "å"])
def test_a_name_that_no_file_has_gives_none(id: str) -> None:
    assert curriculum_for(id, "1", "AT") is None
    assert instrument_for(id, "1") is None


def test_the_topics_have_letters() -> None:
    found = topics()
    assert found is not None
    assert found.by_letter("k") is not None


def test_the_checklist_needs_no_signature_and_the_mini_cex_does() -> None:
    without = used_without_signature()
    assert "mini-cex" not in without
    found = instrument_for("mini-cex", "")
    assert found is not None
    assert found.signatures != "none"
