"""Drawing a page without the lines of it that nobody sees.

Textual draws every widget that is on the window, the frames behind the fields too, and throws away
what others cover: two lines in three of a page with a list. Here a widget that stands further back
is asked for those of its lines alone that still have a gap, and a frame for one of those that are
all alike.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import cast

from textual._compositor import Compositor
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget


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
            for y, strip in enumerate(_lines(widget, lines), top):
                if y in columns:
                    ends = [*columns[y][1:], last]
                    parts = strip.divide([end - shown.x for end in ends])
                    for column, part in zip(columns[y], parts, strict=False):
                        if pieces[y][column] is None:
                            pieces[y][column] = part
        return cast("Sequence[Mapping[int, Strip]]", pieces)


def _lines(widget: Widget, shown: Region) -> list[Strip]:
    """Return the lines of a part of a widget."""
    alike = _alike(widget)
    first, last = max(alike.start, shown.y), min(alike.stop, shown.bottom)
    if last - first < 2:
        return widget.render_lines(shown)
    # One of those that are alike stands for all of them.
    upper = widget.render_lines(Region(shown.x, shown.y, shown.width, first + 1 - shown.y))
    lower = widget.render_lines(Region(shown.x, last, shown.width, shown.bottom - last))
    return [*upper, *upper[-1:] * (last - first - 1), *lower]


def _alike(widget: Widget) -> range:
    """Return which lines of a widget are one like the other: of a frame those between its edges."""
    kind = type(widget)
    plain = (
        kind.render in (Widget.render, Screen.render)
        and kind.render_line is Widget.render_line
        and kind.render_lines is Widget.render_lines
        and widget.is_container
        and not widget.styles.has_rule("keyline")
        and not any(kind for kind, _ in widget.styles.outline)  # drawn within it, above and below
        and not (isinstance(widget, Screen) and widget.styles.background.a < 1)
    )
    gutter = widget.gutter
    return range(gutter.top, widget.region.height - gutter.bottom) if plain else range(0)
