"""The first schema: all tables of the design."""

from __future__ import annotations

from data.migrations.start import judged, keeping, kollegium, people, training

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table; references are checked at commit, so the order is free."""
    for room in (people, training, judged, kollegium, keeping):
        room.make()
