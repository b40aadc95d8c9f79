"""To the next doctor of a meeting, or back: painted first, then saved.

Saving waits for the disk, which takes longer than painting; nobody looks at a page that lags behind
the key. The step is saved before any other key is taken.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.containers import VerticalScroll

if TYPE_CHECKING:
    from screens.kollegium.live import LivePage

LONGEST = 0.2
"""Seconds that a save waits for the painting, at most."""


async def turn(page: LivePage, to: str, act: Callable[[], bool]) -> bool | None:
    """Paint the doctor `to`, and take the step there.

    Returns:
        What the step says; None when it was refused, and whose turn it is stands there again.
    """
    if to:
        await _paint(page, to)
    moved: bool | None = page.do(act, page=True)
    if page.drawn != page.live.state.at:
        page.show_all()
    return moved


async def _paint(page: LivePage, training_id: str) -> None:
    """Paint a doctor's page and name; the fields belong to the one whose turn it still is."""
    page.query_one("#picture", VerticalScroll).scroll_home(animate=False)
    page.draw(training_id)
    page.draw_title(training_id)
    painted = asyncio.Event()
    page.call_after_refresh(painted.set)
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(painted.wait(), LONGEST)
