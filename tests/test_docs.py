"""The documentation speaks of what is there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from urllib.parse import unquote

import pytest
from packaging.requirements import Requirement

from at_tui.cli.parser import WORDS
from at_tui.cli.running import BROKEN_PIPE, CRASHED, INTERRUPTED

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def page_name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def anchors(page: Path) -> set[str]:
    """Return the anchors that a reader's page has: one for each heading."""
    headings = re.findall(r"^#+ +(.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        if "://" in link or link.startswith("mailto:"):
            continue
        name, _, anchor = unquote(link).partition("#")
        target = (page.parent / name).resolve() if name else page
        assert target.exists(), f"{page_name(page)} links to {link}"
        if anchor and target.suffix == ".md":
            assert anchor in anchors(target), f"{page_name(page)} links to {link}"


def test_the_readme_names_the_two_commands_before_anything_else() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert readme.index("make run") < readme.index("make test") < readme.index("## ")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"`make ([a-z-]+)`", readme):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), f"make {target} is not there"


@pytest.mark.parametrize(
    "picture", sorted((ROOT / "docs" / "pictures").glob("*.svg")), ids=page_name
)
def test_a_picture_fetches_nothing(picture: Path) -> None:
    assert not re.search(r"url\([\"']?https?:|href=", picture.read_text(encoding="utf-8"))


def test_every_dependency_says_why_it_is_there() -> None:
    said = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    rows = set(re.findall(r"^\| `([^`]+)`", said, re.MULTILINE))
    asked = [*PROJECT["project"]["dependencies"]]
    for group in PROJECT["dependency-groups"].values():
        asked += group
    for extra in PROJECT["project"].get("optional-dependencies", {}).values():
        asked += extra
    names = {Requirement(line).name for line in asked}
    assert names - rows == set(), "without a row in docs/dependencies.md"
    assert rows - names == set(), "a row for what is no longer used"


def test_decisions_are_numbered_without_gaps_and_have_the_same_parts() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    assert [int(path.name[:4]) for path in decisions] == list(range(1, len(decisions) + 1))
    for path in decisions:
        text = path.read_text(encoding="utf-8")
        assert re.match(rf"# {path.name[:4]} ", text), path.name
        for part in ("## Why", "## What it costs"):
            assert part in text, f"{path.name} lacks {part}"
    index = (ROOT / "docs" / "decisions" / "README.md").read_text(encoding="utf-8")
    assert all(f"({path.name})" in index for path in decisions)


def test_every_command_is_documented() -> None:
    page = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([a-z]+)\b", page, re.MULTILINE)) == set(WORDS)


def test_the_exit_codes_are_documented() -> None:
    page = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
    documented = {int(code) for code in re.findall(r"^\| `(\d+)` \|", page, re.MULTILINE)}
    assert documented == {0, CRASHED, 2, 3, 4, INTERRUPTED, BROKEN_PIPE}


def test_no_fault_leaves_with_an_exit_code_of_its_own() -> None:
    """The codes that faults carry are those of the page, wherever in the rooms they are raised."""
    used = {
        int(code)
        for room in ("at_tui", "data", "schema", "screens")
        for path in (ROOT / room).rglob("*.py")
        for code in re.findall(r"exit_code=(\d+)", path.read_text(encoding="utf-8"))
    }
    assert used <= {1, 2, 3, 4}


def test_every_file_named_in_code_style_is_there() -> None:
    """`docs/…`, `schema/…` and their like: a page must not send a reader to what has moved."""
    for page in PAGES:
        for name in re.findall(
            r"`((?:at_tui|bench|data|docs|schema|screens|tests|requirements)/[\w./-]*\w)`",
            page.read_text(encoding="utf-8"),
        ):
            assert (ROOT / name).exists(), f"{page_name(page)} names {name}"
