"""One doctor's page as the meeting sees it: the last decision first, then where they are now.

Lines of text for any width, so that a page is painted in one go.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from textual.content import Content

from at_tui.language import text
from schema.text import clean
from schema.words import Outcome
from screens.dates import month, short
from screens.standing_words import sign
from screens.text import fit, fitted, safe, safe_note

if TYPE_CHECKING:
    from at_tui.kollegium.picture import ActionLine, AreaLine, Picture
    from at_tui.kollegium.voices import Quote, Unheard

LEVELS = "▁▂▃▄▅▆▇█"
POINTS = 8
"""Levels drawn of each area, the latest."""
MOST_FINDINGS = 6
SHOWN_QUOTES = 2
"""Quotes before who has not been heard, in a low window."""
_AREA, _AREA_LOW = 36, 25
"""Cells of one area: its name, its levels, and in tall windows the latest in figures."""
SIGNS = {
    Outcome.ON_TRACK: ("✓", "$success"),
    Outcome.TALK: ("!", "$error"),
    Outcome.SUPPORT_PLAN: ("▲", "$error"),
    Outcome.THIN_EVIDENCE: ("?", "$warning"),
    Outcome.COME_BACK: ("↺", "$accent"),
}
"""Sign and colour of each outcome: a page without colour is read as well."""
_STATES = {
    "done": ("✓", "$success"), "dropped": ("–", "$text-muted"), "late": ("!", "$error"),
    "open": ("○", "$warning"),
}  # fmt: skip
_MARKS = {
    "met": ("█", "$success"), "planned": ("▒", "$text-muted"), "cancelled": ("╳", "$warning"),
    "nothing": ("_", "$error"), "away": ("~", "$text-muted"), "coming": ("·", "$text-muted"),
}  # fmt: skip


def outcome_words(outcome: Outcome | str | None) -> Content:
    """Return an outcome as its sign and its word; a dash when there is none."""
    if not outcome:
        return safe("–", "$text-muted")
    mark, style = SIGNS[Outcome(outcome)]
    return Content.assemble((mark, style), " ", text(f"word.outcome.{outcome}"))


def page_content(picture: Picture, width: int, *, airy: bool = True) -> Content:
    """Return the whole page in lines of at most `width` cells.

    Args:
        airy: Whether there is room between the parts, and for every quote before what follows.
    """
    first = len(picture.quotes) if airy else SHOWN_QUOTES
    lines: list[Content] = []
    for part in (
        _last_time(picture, width, airy),
        _now(picture, width, airy),
        _levels(picture, width, airy),
        _quotes(picture.quotes[:first], picture.on, width, "quotes", airy),
        _unheard(picture, width, airy),
        _quotes(picture.quotes[first:], picture.on, width, "more_quotes", airy),
        _findings(picture, width),
        _goals(picture, width),
        _stays(picture, width),
    ):
        found = list(part)
        if found:
            lines += ([Content("")] if lines and airy else []) + found
    return Content("\n").join(lines)


def _head(key: str, more: str | Content = "") -> Content:
    said = more if isinstance(more, Content) else safe(more)
    return Content.assemble((text(f"kollegium_live.head.{key}"), "bold $accent"), "  ", said)


def _headed(key: str, lines: Iterable[Content], width: int, *, airy: bool) -> Iterator[Content]:
    """Yield a heading over lines, or, where room is short, before the first of them."""
    found = list(lines)
    if airy or not found:
        yield _head(key)
        for line in found:
            yield from _wrapped(line, width)
        return
    yield from _wrapped(_head(key, found[0]), width, 0)
    for line in found[1:]:
        yield from _wrapped(line, width)


def _wrapped(words: Content, width: int, indent: int = 2) -> Iterator[Content]:
    """Yield lines, those after the first a little further in."""
    for number, line in enumerate(words.wrap(max(20, width - indent - 2))):
        yield Content.assemble(" " * (indent + (2 if number else 0)), line)


def _indented(words: str) -> Content:
    """Return a quiet line under a heading."""
    return Content.assemble("  ", safe(words, "$text-muted"))


# Last time


def _last_time(picture: Picture, width: int, airy: bool) -> Iterator[Content]:
    last = picture.last
    if last is None:
        yield _head("last", safe(text("kollegium.page.first_time"), "$text-muted"))
        return
    day = safe(short(last.day, date.min), "$text-muted")
    said = Content.assemble(day, "  ", outcome_words(last.outcome))
    if airy or not clean(last.text):
        yield _head("last", said)
        yield from _wrapped(safe_note(last.text), width) if clean(last.text) else ()
    else:
        joined = _head("last", Content.assemble(said, "  ", safe(last.text, "italic")))
        yield from _wrapped(joined, width, 0)
    for action in last.actions:
        yield from _wrapped(action_words(action), width)
    if last.older:
        yield _indented(text("kollegium.page.older"))
        for action in last.older:
            yield from _wrapped(action_words(action), width)


def action_words(action: ActionLine) -> Content:
    """Return an action of an earlier meeting: how it went, what, who, by when."""
    mark, style = _STATES[action.state]
    state = text(f"kollegium.action.{action.state}")
    if action.done_on is not None:
        state = text("kollegium.page.done", day=short(action.done_on, date.min))
    elif action.due is not None and action.dropped_on is None:
        due = text("kollegium.page.due", day=short(action.due, date.min))
        state = f"{due}, {state}" if action.late else due
    tail = safe(f"{action.owner}, {state}", "$text-muted" if style == "$success" else style)
    return Content.assemble((mark, f"bold {style}"), " ", safe(action.text), "  ", tail)


# Now


def _now(picture: Picture, width: int, airy: bool) -> Iterator[Content]:
    yield from _where(picture, width)
    mark, style = SIGNS[picture.triage.group]
    group = text(f"kollegium.group.{picture.triage.group}").upper()
    why = "; ".join(each.sentence if airy else each.short for each in picture.triage.why)
    said = Content.assemble((f"{mark} {group}", f"bold {style}"), "  ", safe(why, "$text-muted"))
    yield from _wrapped(said, width)
    yield from _wrapped(_numbers(picture), width)
    if picture.strip:
        strip = [(_MARKS[week.mark][0], _MARKS[week.mark][1]) for week in picture.strip]
        legend = _legend(picture)
        yield fitted(Content.assemble("  ", *strip, "  ", legend), width)
    flags = "; ".join(flag.sentence for flag in picture.flags)
    if flags:
        yield from _wrapped(safe(text("kollegium_live.know", flags=flags), "$text-muted"), width)


def _where(picture: Picture, width: int) -> Iterator[Content]:
    if not picture.section:
        yield _head("now", safe(text("kollegium.page.no_placement"), "$warning"))
        return
    week = picture.week or (0, 0)
    supervisor = text("kollegium.page.supervisor", name=picture.supervisor)
    where = ", ".join(filter(None, [
        text("kollegium.page.week", week=week[0], weeks=week[1]), picture.unit,
        supervisor if picture.supervisor else text("kollegium.flag.unnamed"),
    ]))  # fmt: skip
    section = safe(text(f"word.section.{picture.section}"), "bold")
    lines = Content.assemble(section, "  ", safe(where)).wrap(max(20, width - 5))
    for number, line in enumerate(lines):
        yield _head("now", line) if not number else Content.assemble("    ", line)


def _numbers(picture: Picture) -> Content:
    tally = picture.tally
    here = [goal for goal in picture.goals if goal.here] or list(picture.goals)
    marked, goals = sum(g.marked for g in here), sum(g.goals for g in here)
    parts = [text("kollegium_live.met", met=tally.weeks_met, begun=tally.weeks_begun)]
    if tally.reasons:
        parts[0] += " (" + ", ".join(f"{text(f'word.cancel.{r}')} {n}" for r, n in tally.reasons)
        parts[0] += ")"
    if goals:
        parts.append(text("kollegium_live.goals", marked=marked, goals=goals))
    if picture.seen_on is None:
        parts.append(text("kollegium_live.never_seen"))
    else:
        weeks = (picture.on - picture.seen_on).days // 7
        parts.append(text("kollegium_live.seen", day=short(picture.seen_on), weeks=weeks))
    return Content("   ").join([safe(part) for part in parts])


def _legend(picture: Picture) -> Content:
    seen = dict.fromkeys(week.mark for week in picture.strip if week.mark != "coming")
    parts = [f"{_MARKS[mark][0]} {text(f'kollegium.mark.{mark}')}" for mark in seen]
    return Content.styled("  ".join(parts), "$text-muted")


# What has been seen and said


def _levels(picture: Picture, width: int, airy: bool) -> Iterator[Content]:
    if not picture.areas:
        yield _head("levels", safe(text("kollegium.page.no_levels"), "$text-muted"))
        return
    if airy:
        names = ", ".join(dict.fromkeys(area.instrument for area in picture.areas))
        yield _head("levels", safe(names, "$text-muted"))
    room = _AREA if airy else _AREA_LOW
    cells = [_area(area, room) for area in picture.areas]
    head = 0
    if not airy:
        # The heading takes the first place of the grid.
        label = text("kollegium_live.head.levels")
        cells.insert(0, Content.styled(fit(label, room), "bold $accent"))
        head = 2
    columns = max(1, (width - 2 + head) // room)
    for first in range(0, len(cells), columns):
        indent = "" if first == 0 and head else "  "
        yield Content.assemble(indent, *cells[first : first + columns])


def _area(area: AreaLine, room: int) -> Content:
    last = max(1, len(area.steps) - 1)
    places = [area.steps.index(value) for _, value in area.points[-POINTS:]]
    drawn = "".join(LEVELS[place * (len(LEVELS) - 1) // last] for place in places)
    figure = text("kollegium_live.level", level=area.points[-1][1], most=area.steps[-1])
    spark = (f"{drawn:>{POINTS}}", "$accent")
    if room < _AREA:
        return Content.assemble(fit(area.label, room - POINTS - 2), " ", spark, " ")
    return Content.assemble(
        fit(area.label, room - POINTS - 9), " ", spark, " ",
        Content.styled(fit(figure, 7), "$text-muted"),
    )  # fmt: skip


def _quotes(
    quotes: Sequence[Quote], on: date, width: int, head: str, airy: bool
) -> Iterator[Content]:
    if not quotes:
        if head == "quotes":
            yield _head(head, safe(text("kollegium.page.no_quotes"), "$text-muted"))
        return
    yield from _headed(head, (line for q in quotes for line in _quote(q, on)), width, airy=airy)


def _quote(quote: Quote, on: date) -> Iterator[Content]:
    section = text(f"word.section_short.{quote.section}") if quote.section else ""
    year = f" {quote.day.year}" if quote.day.year != on.year else ""
    tail = ", ".join(filter(None, [quote.instrument, section, f"{month(quote.day)}{year}"]))
    for number, (role, words) in enumerate(quote.said):
        mark = ("+", "bold $success") if role == "keep" else ("→", "bold $warning")
        said = Content.assemble(mark, " ", safe_note(f"»{clean(words)}«"))
        if number == len(quote.said) - 1:
            said = Content.assemble(said, "  ", safe(tail, "$text-muted"))
        yield said


def _unheard(picture: Picture, width: int, airy: bool) -> Iterator[Content]:
    if not picture.unheard:
        key = "all_heard" if picture.stays else "nobody_to_hear"
        yield _head("unheard", safe(text(f"kollegium.page.{key}"), "$text-muted"))
        return
    yield from _headed("unheard", map(_missed, picture.unheard), width, airy=airy)


def _missed(each: Unheard) -> Content:
    section = text(f"word.section_short.{each.section}")
    who = each.person or text("kollegium.flag.unnamed")
    heard = []
    if each.last_heard:
        heard.append(text("kollegium.page.last_heard", day=short(each.last_heard, date.min)))
    if each.reminded:
        heard.append(text("kollegium.page.reminded", day=short(each.reminded, date.min)))
    said = safe(", ".join(filter(None, [who, section, each.unit])))
    tail = Content.assemble("  ", safe(", ".join(heard), "$text-muted")) if heard else ""
    return Content.assemble(("? ", "bold $warning"), said, tail)


# What is left


def _findings(picture: Picture, width: int) -> Iterator[Content]:
    if not picture.judged:
        yield _head("findings", safe(text("kollegium.page.not_judged"), "$warning"))
        return
    if not picture.findings:
        return
    yield _head("findings")
    for each in picture.findings[:MOST_FINDINGS]:
        said = Content.assemble(
            sign(each.status), " ", safe(each.title), "  ", safe(each.sentence, "$text-muted")
        )
        yield from _wrapped(said, width)
    more = len(picture.findings) - MOST_FINDINGS
    if more > 0:
        yield _indented(text("kollegium.page.more_findings", count=more))


def _goals(picture: Picture, width: int) -> Iterator[Content]:
    if not picture.goals:
        return
    yield _head("goals", safe(text("kollegium_live.working"), "$text-muted")
                if picture.working_goals else "")  # fmt: skip
    parts = [
        safe(f"{text(f'word.section_short.{goal.section}')} {goal.marked}/{goal.goals}",
             "bold" if goal.here else "")
        for goal in picture.goals
    ]  # fmt: skip
    yield from _wrapped(Content("   ").join(parts), width)


def _stays(picture: Picture, width: int) -> Iterator[Content]:
    if not picture.stays:
        return
    yield _head("stays")
    for stay in picture.stays:
        days = f"{short(stay.start, date.min)} – {short(stay.end, date.min)}"
        met = text("kollegium_live.met_short", met=stay.weeks_met, begun=stay.weeks_begun)
        line = Content.assemble(
            ("▸ " if stay.now else "  ", "$accent"),
            fit(text(f"word.section_short.{stay.section}"), 14), " ", fit(days, 27), " ",
            fit(met if stay.weeks_begun else "", 9), " ", safe(stay.unit, "$text-muted"),
        )  # fmt: skip
        yield fitted(Content.assemble("  ", line), width)
