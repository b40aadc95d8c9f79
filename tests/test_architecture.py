"""The house keeps its floors: imports run down only, and slow libraries wait to be used."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("screens", "at_tui", "data", "schema")
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for room in ROOMS
    for path in sorted((ROOT / room).rglob("*.py"))
}

TABLES = {"sqlmodel", "sqlalchemy", "pydantic", "sqlcipher3", "alembic"}
DOCUMENTS = {"reportlab", "PIL", "openpyxl"}
TERMINAL = {"textual", "rich"}


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the contracts of pyproject.toml on the rooms in `folder`."""
    return subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache", "--no-logo"],
        cwd=folder,
        capture_output=True,
        text=True,
    )


def loaded_by(*modules: str) -> set[str]:
    """Return the top-level names that a fresh interpreter has loaded after importing `modules`."""
    imports = ", ".join(modules)
    done = subprocess.run(
        [sys.executable, "-c", f"import sys, {imports}; print(*sys.modules)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return {name.partition(".")[0] for name in done.stdout.split()}


def test_imports_between_the_floors_run_down_only() -> None:
    done = lint_imports(ROOT)
    assert done.returncode == 0, done.stdout


def test_an_import_that_breaks_a_contract_is_caught(tmp_path: Path) -> None:
    """One planted import for each contract; without this, a contract that checks nothing passes."""
    for room in ROOMS:
        shutil.copytree(
            ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__", "*.ttf")
        )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    planted = {
        "schema/planted_up.py": "import data.store",
        "data/planted_up.py": "import at_tui.language",
        "at_tui/planted_up.py": "from screens import widgets",
        "at_tui/planted_terminal.py": "from textual.app import App",
        "schema/planted_terminal.py": "import rich.text",
        "screens/planted_sql.py": "from sqlalchemy import select",
        "at_tui/planted_sql.py": "import sqlcipher3",
        "data/planted_document.py": "import reportlab.platypus",
    }
    for name, line in planted.items():
        (tmp_path / name).write_text(f"{line}\n", encoding="utf-8")

    done = lint_imports(tmp_path)

    assert done.returncode == 1, done.stdout
    said = done.stdout.replace("\n", " ")
    missed = [name for name in planted if name.removesuffix(".py").replace("/", ".") not in said]
    assert not missed, f"not caught: {missed}\n{done.stdout}"


@pytest.mark.parametrize("front_door", ["at_tui.__main__", "at_tui.cli"])
def test_the_command_line_starts_without_screens_tables_and_documents(front_door: str) -> None:
    assert not loaded_by(front_door) & (TERMINAL | TABLES | DOCUMENTS)


def test_the_screens_start_without_tables_and_documents() -> None:
    """Tables cost 0.6 s or more to import: a worker does it once the first frame stands."""
    screens = [name for name in MODULES if name.partition(".")[0] == "screens"]
    assert "screens.app" in screens
    assert not loaded_by(*screens) & (TABLES | DOCUMENTS)


@pytest.mark.parametrize(
    "module", ["at_tui.language", "at_tui.judge", "data.glance", "data.content", "schema.words"]
)
def test_what_the_first_screen_needs_loads_no_tables(module: str) -> None:
    assert module in MODULES
    assert not loaded_by(module) & ((TABLES - {"sqlcipher3"}) | DOCUMENTS | TERMINAL)


@pytest.mark.parametrize(
    "room", [name for name, path in MODULES.items() if path.stem == "__init__"]
)
def test_every_room_says_what_it_is_for(room: str) -> None:
    assert ast.get_docstring(ast.parse(MODULES[room].read_text(encoding="utf-8")))


def test_only_tables_do_without_deferred_annotations() -> None:
    """SQLModel reads the annotations of a table class; everywhere else they cost import time."""
    eager = [
        name
        for name, path in MODULES.items()
        if "from __future__ import annotations" not in (source := path.read_text(encoding="utf-8"))
        and any(
            isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.AnnAssign)
            for node in ast.walk(ast.parse(source))
        )
        and not name.startswith(("schema.tables", "data.migrations"))
    ]
    assert not eager
