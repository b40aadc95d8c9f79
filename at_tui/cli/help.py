"""`at-tui help [WORD]`."""

from __future__ import annotations

from argparse import Namespace
from importlib import import_module

from at_tui.cli.parser import WORDS, Parser


def arguments(parser: Parser) -> None:
    """Add what the command takes."""
    parser.option("word", metavar="ORD", nargs="?", choices=[*WORDS])


def run(options: Namespace) -> int:
    """Print the help of one command, or of all."""
    if not options.word:
        from at_tui.cli import screens

        return screens.run(["--help"])
    parser = Parser(options.word)
    import_module(f"at_tui.cli.{WORDS[options.word]}").arguments(parser)
    parser.print_help()
    return 0
