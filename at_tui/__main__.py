"""The front door: `at-tui` opens the screens, every other word is a command."""

from __future__ import annotations

import sys


def main(argv: list[str] | None = None) -> int:
    """Run the programme and return its exit code (docs/command-line.md).

    Args:
        argv: Arguments without the programme's name; those of the process when not given.
    """
    arguments = sys.argv[1:] if argv is None else argv
    if arguments == ["--version"]:
        # Asked by scripts and installers: answered before anything else is imported.
        from at_tui.version import VERSION

        print(f"at-tui {VERSION}")
        return 0
    from at_tui.cli.running import run

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
