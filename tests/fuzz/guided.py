"""One target under Atheris: `python -m tests.fuzz.guided TARGET CORPUS [libFuzzer's options]`."""

from __future__ import annotations

import importlib
import sys


def main() -> None:
    """Fuzz until the options say stop."""
    atheris = importlib.import_module("atheris")
    name = sys.argv.pop(1)
    with atheris.instrument_imports(include=["at_tui", "data", "schema", "tomllib", "json"]):
        from tests.fuzz.targets import try_input

    atheris.Setup(sys.argv, lambda data: try_input(name, bytes(data)))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
