"""How long records are kept, as data, and a report of what is past its time.

Nothing is removed by itself: the report is for the one who decides, and `at-tui erase` acts on it.
There are no national times: each region decides in its own plan, so those that are shipped are a
working text.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.places import content_folder
from schema.fault import Fault
from schema.months import add_months
from schema.text import LINE, clean

if TYPE_CHECKING:
    from data.work import Work

FILE = "retention.toml"
SHIPPED = Path(__file__).parents[1] / "data" / "retention" / "standard.toml"
MOST_MONTHS = 1200


@dataclass(frozen=True)
class Rule:
    """How long records of these kinds are kept after the training ended; None: for good."""

    kinds: frozenset[str]
    months: int | None
    why: str


@dataclass(frozen=True)
class Plan:
    """A region's times. `working` until someone has put the region's own decision in."""

    id: str
    version: str
    title: str
    working: bool
    source: str
    rules: tuple[Rule, ...]

    def rule_for(self, kind: str) -> Rule | None:
        """Return the rule for a kind of record, or None when the plan says nothing of it."""
        return next((rule for rule in self.rules if kind in rule.kinds), None)


@dataclass(frozen=True)
class Past:
    """What of one trainee's records is past its time: counts by kind, and since when."""

    trainee_id: str
    name: str
    ended_on: date
    since: date
    kinds: dict[str, int]


def load(folder: Path | None = None) -> Plan:
    """Return the user's own plan, or the shipped one.

    Raises:
        Fault: `retention.broken`, with the file and the reason.
    """
    own = (folder or content_folder()) / FILE
    return read(own if own.is_file() else SHIPPED)


def read(path: Path) -> Plan:
    """Return the plan that a file holds.

    Raises:
        Fault: `retention.broken`.
    """
    from data.content import reading
    from data.content.fault import Refused

    try:
        table = reading.read(path).data
        return Plan(
            id=_line(table, "id"),
            version=_line(table, "version"),
            title=_line(table, "title"),
            working=_word(table, "status", ("working", "decided")) == "working",
            source=_line(table, "source", longest=5 * LINE),
            rules=tuple(_rule(rule) for rule in _list(table, "rule")),
        )
    except Refused as refused:
        reason = "; ".join(fault.code for fault in refused.faults)
        raise Fault("retention.broken", exit_code=1, path=str(path), reason=reason) from None
    except (KeyError, TypeError, ValueError) as error:
        reason = clean(str(error), one_line=True)[:LINE]
        raise Fault("retention.broken", exit_code=1, path=str(path), reason=reason) from None


def _rule(table: Any) -> Rule:
    if not isinstance(table, dict):
        raise TypeError("rule")
    months = table.get("months")
    if (months is None) != (table.get("keep") is True):
        raise ValueError("months / keep")
    if months is not None and not (type(months) is int and 0 < months <= MOST_MONTHS):
        raise ValueError("months")
    kinds = frozenset(_list(table, "kinds"))
    if not kinds or not all(isinstance(kind, str) and kind.isidentifier() for kind in kinds):
        raise ValueError("kinds")
    return Rule(kinds, months, _line(table, "why", longest=5 * LINE))


def _line(table: dict[str, Any], name: str, *, longest: int = LINE) -> str:
    value = table[name]
    if not isinstance(value, str) or not 0 < len(value) <= longest:
        raise ValueError(name)
    return clean(value, one_line=True)


def _word(table: dict[str, Any], name: str, words: tuple[str, ...]) -> str:
    if table[name] not in words:
        raise ValueError(name)
    return str(table[name])


def _list(table: dict[str, Any], name: str) -> list[Any]:
    if not isinstance(table[name], list):
        raise TypeError(name)
    return list(table[name])


def past(work: Work, plan: Plan, *, on: date) -> list[Past]:
    """Return whose records are past their time on the day `on`, the longest ago first.

    Counted from the day the latest of a trainee's trainings ended; whoever is still in training
    has nothing past its time.
    """
    from data import erase
    from schema.tables import Trainee, Training

    found = []
    for trainee in work.all(Trainee):
        ends = [t.ended_on for t in work.all(Training, Training.trainee_id == trainee.id)]
        known = [end for end in ends if end is not None]
        if not known or len(known) < len(ends):
            continue
        ended = max(known)
        due = {k: d for k in _kinds(plan) if (d := _due(plan, k, ended)) is not None and d < on}
        if not due:
            continue
        counts: dict[str, int] = {}
        for kind in erase.records_of(work, trainee.id).values():
            if kind in due:
                counts[kind] = counts.get(kind, 0) + 1
        if counts:
            since = min(due[kind] for kind in counts)
            found.append(Past(trainee.id, trainee.name, ended, since, counts))
    return sorted(found, key=lambda p: (p.since, p.name, p.trainee_id))


def _kinds(plan: Plan) -> list[str]:
    return sorted({kind for rule in plan.rules for kind in rule.kinds})


def _due(plan: Plan, kind: str, ended: date) -> date | None:
    rule = plan.rule_for(kind)
    return None if rule is None or rule.months is None else add_months(ended, rule.months)
