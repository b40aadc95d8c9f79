"""Another programme for a training: what it changes, and the act itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from at_tui.judge import judge
from at_tui.judge.finding import Finding
from at_tui.programme_diff import diff
from at_tui.programmes import programme
from at_tui.progress import by_urgency
from at_tui.standing import standing

if TYPE_CHECKING:
    from data.store import Store
    from data.work import Work
    from schema.content.programme import Programme

Pair = tuple[Finding | None, Finding | None]
"""How a requirement stands before and after; None where it is not asked."""


@dataclass(frozen=True, slots=True)
class Switch:
    """What changes when a training follows another programme."""

    training: Any
    name: str
    programme_id: str
    """With the variant, as the training keeps it."""
    before: Programme
    after: Programme
    pairs: tuple[Pair, ...]
    """What needs someone first."""


def switch(store: Store, training_id: str, programme_id: str, on: date) -> Switch:
    """Return what changes on the day `on`; nothing is saved.

    Raises:
        Fault: `store.*` or `programme.*`.
    """
    now = standing(store, training_id, on)
    other = programme(programme_id)
    after = by_urgency(judge(now.records, other, on))
    before = {finding.requirement_id: finding for finding in now.findings}
    twins = {
        d.after.id: d.before.id
        for d in diff(now.programme, other, same=True)
        if d.before and d.after
    }
    pairs: list[Pair] = [(before.pop(twins.get(f.requirement_id, ""), None), f) for f in after]
    pairs += [(finding, None) for finding in now.findings if finding.requirement_id in before]
    name = getattr(now.records.trainee, "name", "")
    return Switch(now.records.training, name, programme_id, now.programme, other, tuple(pairs))


def save(work: Work, found: Switch) -> None:
    """Let the training follow the other programme, in the version that was shown."""
    from schema.tables import Training  # SQLModel, 0.6 s: paid by whoever has a unit of work

    named = {"programme_id": found.programme_id, "programme_version": found.after.version}
    work.save(Training(**{**found.training.model_dump(), **named}))
