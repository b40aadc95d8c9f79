"""Run a command and answer every fault with one plain sentence and a documented exit code."""

from __future__ import annotations

import os
import sys
from importlib import import_module

from at_tui.collector import relax
from schema.fault import Fault

INTERRUPTED = 130
"""Ctrl+C: 128 and the signal's number, as shells have it."""
BROKEN_PIPE = 141
CRASHED = 1


def run(arguments: list[str]) -> int:
    """Run the command that `arguments` name, or the screens when they name none."""
    relax()
    try:
        code = _dispatch(arguments)
        sys.stdout.flush()
    except Fault as fault:
        from at_tui.language import say

        _tell(say(fault))
        return fault.exit_code
    except KeyboardInterrupt:
        from at_tui.language import text

        _tell(text("cli.interrupted"))
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever reads us has read enough (`| head`). Python would complain once more when it
        # flushes at the end, so there is nowhere left to flush to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 2
    except Exception as error:
        from at_tui.crash import report_crash

        _tell(report_crash(error))
        return CRASHED
    return code


def _dispatch(arguments: list[str]) -> int:
    if not arguments:
        from at_tui.cli import screens

        return screens.run(arguments)
    from at_tui.cli.parser import WORDS, Parser  # argparse: 15 ms that the screens need not wait

    front, word, rest = split(arguments)
    if word and word not in WORDS:
        from difflib import get_close_matches

        near = get_close_matches(word, WORDS, n=1)
        sentence = "cli.unknown_word_near" if near else "cli.unknown_word"
        raise Fault(sentence, exit_code=2, word=word, near="".join(near))
    if not word:
        from at_tui.cli import screens

        return screens.run(front)
    module = import_module(f"at_tui.cli.{WORDS[word]}")
    parser = Parser(word)
    module.arguments(parser)
    options = parser.parse_args([*front, *rest])
    code: int = module.run(options)
    return code


def split(arguments: list[str]) -> tuple[list[str], str, list[str]]:
    """Return the options before the command's word, the word (or ""), and what follows it."""
    place = 0
    while place < len(arguments) and arguments[place].startswith("-"):
        place += 2 if arguments[place] in ("--database", "--on") else 1
    if place >= len(arguments):
        return arguments, "", []
    return arguments[:place], arguments[place], arguments[place + 1 :]


def _tell(sentence: str) -> None:
    print(sentence, file=sys.stderr)
