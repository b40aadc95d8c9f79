"""The files of yearly figures: what they must hold, and what the shipped ones say."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest
from pydantic import ValidationError

from data import content
from schema.content.metrics import MetricSet, YearlyFigure

SETS = cast("dict[str, MetricSet]", content.load("metrics"))


def figure(**changes: Any) -> dict[str, Any]:
    return {
        "id": "kvar",
        "title": "Kvar",
        "counts": "retention",
        "numerator": "kvar",
        "denominator": "tillfrågade",
        "source": {"document": "S004", "section": "5", "says": "75 %"},
        **changes,
    }


def code(**changes: Any) -> str:
    with pytest.raises(ValidationError) as caught:
        YearlyFigure.model_validate(figure(**changes))
    return caught.value.errors()[0]["type"]


def test_blekinges_targets_are_those_of_the_document() -> None:
    targets = {metric.id: metric.target_percent for metric in SETS["blekinge"].metrics}
    assert targets == {
        "at-kvar-efter-ett-ar": 75, "st-kvar-efter-fem-ar": 75, "st-fullfoljd": 90,
        "huvudhandledare-st-utbildade": 100, "st-kontrakt": 100, "stins-tre-ar": 50,
        "extern-granskning-fem-ar": 100,
    }  # fmt: skip
    assert {metric.source.document for metric in SETS["blekinge"].metrics} == {"S004"}


def test_orebros_target_is_ninety_per_cent() -> None:
    metric = SETS["orebro"].metric("grundlaggande-handledarutbildning")
    assert metric is not None
    assert (metric.target_percent, metric.source.document) == (90, "S002")


def test_jonkopings_figures_are_the_six_of_the_concept() -> None:
    assert [metric.counts for metric in SETS["jonkoping"].metrics] == [
        "applicants", "applicants_per_block", "interviews", "filled", "not_completed", "retention",
    ]  # fmt: skip


def test_figures_without_a_document_are_told_as_working_text_and_have_no_target() -> None:
    own = [m for one in SETS.values() for m in one.metrics if m.source.document == "EGEN"]
    assert own
    assert all(metric.target_percent is None for metric in own)
    assert all("Arbetstext" in metric.source.says for metric in own)


def test_a_figure_is_broken_down_only_by_what_its_records_hold() -> None:
    assert code(by=["sex"]) == "metric_by"
    assert code(counts="filled", by=["reason"]) == "metric_by"


def test_a_target_needs_something_to_be_a_share_of() -> None:
    assert code(denominator="", target_percent=75) == "metric_target"


def test_a_file_with_a_fault_is_told_by_line(tmp_path: Path) -> None:
    from data.content.locate import line_of

    shipped = Path(content.__file__).parent.parent / "metrics" / "blekinge.toml"
    text = shipped.read_text(encoding="utf-8").replace(
        'counts = "retention"', 'counts = "applikanter"', 1
    )
    path = tmp_path / "blekinge.toml"
    path.write_text(text, encoding="utf-8")
    [fault] = content.check(path)
    assert fault.line == line_of(text, ("metrics", 0, "counts"))


def test_a_figure_from_a_document_that_is_not_listed_is_refused(tmp_path: Path) -> None:
    shipped = Path(content.__file__).parent.parent / "metrics" / "orebro.toml"
    text = shipped.read_text(encoding="utf-8").replace('document = "S002"', 'document = "S009"', 1)
    path = tmp_path / "orebro.toml"
    path.write_text(text, encoding="utf-8")
    assert [fault.code for fault in content.check(path)] == ["unknown_document"]
