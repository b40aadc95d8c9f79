"""Drawing a page without the lines of it that nobody sees.

Textual draws every widget that is on the window, the frames behind the fields too, and throws away
what others cover: two lines in three of a page with a list. Here a widget that stands further back
is asked for those of its lines alone that still have a gap.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import cast

from textual._compositor import Compositor
from textual.geometry import Region
from textual.strip import Strip


class Uncovered(Compositor):
    """Textual's compositor, which leaves out what is covered."""

    def _render_chops(
        self, crop: Region, is_rendered_line: Callable[[int], bool]
    ) -> Sequence[Mapping[int, Strip]]:
        """Return for each line its pieces by the column they begin in, those in front first."""
        cuts = self.cuts
        pieces: list[dict[int, Strip | None]] = [dict.fromkeys(line[:-1]) for line in cuts]
        for widget, (region, clip) in self.visible_widgets.items():
            shown = region.intersection(clip)
            if not shown or not crop.overlaps(clip):
                continue
            first, last = shown.column_span
            columns = {
                y: inside
                for y in shown.line_range
                if is_rendered_line(y)
                and None in map(pieces[y].get, inside := [c for c in cuts[y] if first <= c < last])
            }
            if not columns:
                continue
            top, bottom = min(columns), max(columns) + 1
            lines = Region(shown.x - region.x, top - region.y, shown.width, bottom - top)
            for y, strip in enumerate(widget.render_lines(lines), top):
                if y in columns:
                    ends = [*columns[y][1:], last]
                    parts = strip.divide([end - shown.x for end in ends])
                    for column, part in zip(columns[y], parts, strict=False):
                        if pieces[y][column] is None:
                            pieces[y][column] = part
        return cast("Sequence[Mapping[int, Strip]]", pieces)
