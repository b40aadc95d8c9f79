"""What has been saved since: which trainings are to be judged anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from data.work import Work


def changed_since(work: Work, node: str, seq: int) -> tuple[set[str] | None, int]:
    """Return the trainings that this file's own versions after `seq` are about, and the last seq.

    None instead of a set: anything may have changed, as when a person or a unit has.
    """
    import json

    from sqlmodel import col

    from schema.tables import Version

    if seq < 0:
        latest = work.all(
            Version, col(Version.node) == node, order=(col(Version.seq).desc(),), limit=1
        )
        return None, latest[0].seq if latest else 0
    new = work.all(
        Version, col(Version.node) == node, col(Version.seq) > seq, order=(col(Version.seq),)
    )
    found: set[str] = set()
    for version in new:
        payload = json.loads(version.payload) if version.payload else {}
        training = version.record_id if version.kind == "training" else payload.get("training_id")
        if training is None:
            return None, new[-1].seq
        found.add(training)
    return found, new[-1].seq if new else seq
