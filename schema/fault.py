"""One exception for everything a user is to be told.

A fault carries a code and the values that its sentence needs. The sentence itself stands in the
language catalogue (`at_tui/language/sv/*.toml`) under the same code, so that no rule and no table
holds screen text.
"""

from __future__ import annotations


class Fault(Exception):
    """Something went wrong that the user can be told in one plain sentence.

    Args:
        code: Key of the sentence in the catalogue, `area.name`, e.g. `store.wrong_passphrase`.
        exit_code: What the command line leaves with: 1 found faults, 2 used wrongly,
            3 could not open or unlock, 4 refused (design: command line).
        values: What the sentence's `{placeholders}` need. Never secrets, never free text about
            a person: faults may be written to the log by code.
    """

    def __init__(self, code: str, *, exit_code: int = 4, **values: object) -> None:
        self.code = code
        self.exit_code = exit_code
        self.values = values
        super().__init__(code)

    def __repr__(self) -> str:
        return f"Fault({self.code!r})"


class Invalid(Fault):
    """A record or a file did not pass its model: every fault at once, each with its place.

    `problems` holds (field, code, values) so that a form can show each under its own field.
    """

    def __init__(self, kind: str, problems: list[tuple[str, str, dict[str, object]]]) -> None:
        self.kind = kind
        self.problems = problems
        first = problems[0] if problems else ("", "invalid.unknown", {})
        super().__init__("invalid.record", exit_code=1, kind=kind, field=first[0], code_1=first[1])
