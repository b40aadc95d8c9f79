"""What was begun and not saved is told by its own name, whichever form it was."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from at_tui.language import has

ROOT = Path(__file__).parents[2]
FILES = [*(ROOT / "screens").rglob("*.py"), *(ROOT / "at_tui").rglob("*.py")]


def _names_a_draft(node: ast.AST) -> bool:
    if isinstance(node, ast.FunctionDef):
        return "draft_key" in node.name or node.name == "key_of_draft"
    if isinstance(node, ast.Assign):
        names = {ast.unparse(target).rpartition(".")[2] for target in node.targets}
        return bool(names & {"draft_key", "NEW_DRAFT"})
    return False


def kinds() -> Iterator[str]:
    """Yield what stands before the first colon of every draft's key."""
    for file in FILES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not _names_a_draft(node):
                continue
            for part in ast.walk(node):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    kind, colon, _ = part.value.partition(":")
                    if colon and kind.replace("_", "").replace("-", "").isalpha():
                        yield kind


KINDS = sorted(set(kinds()))


def test_the_kinds_are_found() -> None:
    assert {"session", "assessment", "education", "occasion", "metric", "exam_date"} <= set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_that_waits_has_a_name(kind: str) -> None:
    assert has(f"waiting.kind.{kind}")
