"""What the meeting had before it, frozen: so that the minutes can be explained a year later.

The frozen evidence of a doctor is a list of versions in the change history. Records go on being
changed, corrected and added to; the versions that the meeting saw stay where they are.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from at_tui.judge import Status
from at_tui.kollegium.picture import without_plans
from at_tui.kollegium.triage import triage
from schema.words import Outcome

# Table classes bring SQLModel, 0.6 to 1.2 s: only for typing here.
if TYPE_CHECKING:
    from at_tui.kollegium.case import Case
    from data.work import Work
    from schema.tables import FrozenEvidence, Kollegium, Version

_OWN = frozenset({"Decision", "FrozenEvidence", "Agreement"})
"""What the meeting itself writes is no evidence that came too late."""
_SILENT = (Status.MET, Status.NOT_ASKED, Status.ON_WAY)


@dataclass(frozen=True, slots=True)
class Seen:
    """One record as the meeting saw it."""

    kind: str
    record_id: str
    version_id: str
    written_at: datetime
    written_by: str
    payload: str | None
    """Canonical JSON as it stood then; None when it has been lawfully erased since."""
    since: str
    """What has become of it: `same`, `changed`, `removed` or `erased`. Screen words:
    `kollegium.since.<value>`."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a meeting saw of one doctor, and what has come since."""

    evidence_on: date
    taken_at: datetime
    rules: str
    """Id and version of the rules that sorted the case."""
    proposal: Outcome | None
    reasons: tuple[str, ...]
    findings: tuple[tuple[str, str, str], ...]
    """(requirement, status, sentence) of those that were not kept."""
    seen: tuple[Seen, ...]
    missing: int
    """Versions that this file does not have."""
    added: tuple[tuple[str, str, datetime, str], ...]
    """(kind, record id, when, by whom) of records that came after the meeting."""


def freeze(
    work: Work,
    meeting: Kollegium,
    cases: Iterable[Case],
    *,
    at: datetime,
    with_plans: bool = False,
) -> list[FrozenEvidence]:
    """Write what the meeting has before it about these doctors, and return what was written.

    What has been frozen already is left as it is: a meeting that is opened again shows what it
    showed at first.

    Args:
        at: The moment, with time zone.
        with_plans: Whether stödplaner are part of the evidence.
    """
    from data.kollegium import heads_of
    from schema.tables import FrozenEvidence

    done = {
        each.training_id
        for each in work.all(FrozenEvidence, FrozenEvidence.kollegium_id == meeting.id)
    }
    left = [case for case in cases if case.binder.id not in done]
    if not with_plans:
        left = [without_plans(case) for case in left]
    ids = {case.binder.id: list(case.binder.record_ids()) for case in left}
    heads = heads_of(work, dict.fromkeys(id for each in ids.values() for id in each))
    frozen = [
        _frozen(case, meeting, at, [v for id in ids[case.binder.id] for v in heads.get(id, ())])
        for case in left
    ]
    work.add_all(frozen)
    return frozen


def _frozen(case: Case, meeting: Kollegium, at: datetime, versions: list[str]) -> FrozenEvidence:
    from schema.tables import FrozenEvidence

    found, rules = triage(case), case.sources.rules
    return FrozenEvidence(
        kollegium_id=meeting.id,
        training_id=case.binder.id,
        evidence_on=case.on,
        taken_at=at,
        versions=versions,
        rules_id=rules.id,
        rules_version=rules.version,
        proposal=found.group,
        reasons=[{"rule": r.rule_id, "sentence": r.sentence} for r in found.reasons],
        findings=[
            {"requirement": f.requirement_id, "status": str(f.status), "sentence": f.sentence}
            for f in case.findings or ()
            if f.status not in _SILENT
        ],
    )


def frozen(work: Work, meeting_id: str, training_id: str) -> FrozenEvidence | None:
    """Return what was frozen of a doctor at a meeting, or None."""
    from schema.tables import FrozenEvidence

    found = work.all(
        FrozenEvidence,
        FrozenEvidence.kollegium_id == meeting_id,
        FrozenEvidence.training_id == training_id,
        order=FrozenEvidence.taken_at,
        limit=1,
    )
    return found[0] if found else None


def explain(
    work: Work, meeting_id: str, training_id: str, *, with_plans: bool = False
) -> Explanation | None:
    """Return what a meeting saw of one doctor, each record as it stood and what became of it.

    None when nothing was frozen.

    Args:
        with_plans: Whether the reader may see the doctor's stödplaner; else nothing tells that
            there are any.
    """
    from data.kollegium import heads_of, versions_named

    kept = frozen(work, meeting_id, training_id)
    if kept is None:
        return None
    hidden = _OWN if with_plans else _OWN | {"SupportPlan"}
    every = versions_named(work, kept.versions)
    versions = [v for v in every if with_plans or v.kind != "SupportPlan"]
    heads = heads_of(work, [v.record_id for v in versions])
    known = {v.record_id for v in versions}
    return Explanation(
        evidence_on=kept.evidence_on,
        taken_at=kept.taken_at,
        rules=f"{kept.rules_id} {kept.rules_version}",
        proposal=kept.proposal,
        reasons=tuple(str(each.get("sentence", "")) for each in kept.reasons),
        findings=tuple(
            (str(f.get("requirement")), str(f.get("status")), str(f.get("sentence")))
            for f in kept.findings
        ),
        seen=tuple(_seen(work, version, heads.get(version.record_id, [])) for version in versions),
        missing=len(kept.versions) - len(every),
        added=_added(work, training_id, known, hidden, kept.evidence_on),
    )


def _seen(work: Work, version: Version, heads: Sequence[str]) -> Seen:
    if version.payload is None and version.act != "removed":
        since = "erased"
    elif version.id in heads:
        since = "same"
    else:
        now = work.version_of(version.record_id)
        since = "removed" if now is not None and now.act == "removed" else "changed"
    return Seen(
        kind=version.kind,
        record_id=version.record_id,
        version_id=version.id,
        written_at=version.at,
        written_by=version.author,
        payload=version.payload,
        since=since,
    )


def _opened(plan: Version) -> str:
    """Return the day a stödplan was opened, as it is kept; empty when it has been erased."""
    return str(json.loads(plan.payload).get("opened_on", "")) if plan.payload else ""


def _added(
    work: Work, training_id: str, known: set[str], hidden: frozenset[str], evidence_on: date
) -> tuple[tuple[str, str, datetime, str], ...]:
    """Return the records that are there now and were not before the meeting.

    Not by the clock: what another laptop wrote before the meeting, and sent after it, came after.
    A stödplan is not frozen: one that was opened before the meeting is no news after it.
    """
    from data.kollegium import versions_of_training

    first: dict[str, Version] = {}
    for version in versions_of_training(work, training_id):
        if version.record_id not in known and version.kind not in hidden:
            if version.kind == "SupportPlan" and _opened(version) < evidence_on.isoformat():
                continue
            first.setdefault(version.record_id, version)
    newest = {id: work.version_of(id) for id in first}
    return tuple(
        (v.kind, v.record_id, v.at, v.author)
        for v in first.values()
        if (now := newest[v.record_id]) is not None and now.act != "removed"
    )
