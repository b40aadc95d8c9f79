"""One doctor's A4 in the pack.

Last time's decision and what was agreed come first, then the reason why the doctor is there, then
the evidence. Long text goes on over the next page; nothing is cut.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.platypus import Flowable, Spacer

from at_tui.documents import charts, charts_levels, charts_time, style
from at_tui.documents.kollegium_parts import (
    GAP,
    HALF,
    NAME,
    P_CELL,
    P_HEAD,
    P_SMALL,
    P_STRONG,
    SIGNS,
    Badge,
    P,
    boxed,
    columns,
    small_table,
)
from at_tui.judge.calendar import week_number
from at_tui.judge.finding import Status
from at_tui.judge.phrases import day as day_words
from at_tui.kollegium.masking import months_into
from at_tui.kollegium.picture import ActionLine, Picture
from at_tui.kollegium.voices import Quote, Unheard
from at_tui.kollegium.weeks import Mark
from at_tui.language import text
from schema.words import Outcome

_STATUS_SIGNS = {
    Status.LATE: "!", Status.MISSING: "✗", Status.SOON: "~", Status.UNKNOWN: "?",
}  # fmt: skip
_BOXES = {"done": "☑", "dropped": "☒", "late": "☐", "open": "☐"}
_FINDINGS = 7
"""Findings shown on the page; the rest are counted."""
_SHORT = 240
"""Quotes shorter than this stand two and two."""


def doctor_page(picture: Picture) -> list[Flowable]:
    """Return the page of one doctor."""
    story: list[Flowable] = [_head(picture), Spacer(1, 2 * mm), *_last_time(picture)]
    story += _why(picture)
    story += _timeline(picture)
    story += _supervision(picture)
    story += [Spacer(1, 0.8 * mm), *_levels(picture)]
    story += _quotes(picture)
    story += [Spacer(1, 0.8 * mm), *_standing(picture)]
    story += _unheard(picture)
    story.append(_Decide())
    return story


def _head(picture: Picture) -> Flowable:
    about = [text(f"word.doctor.{picture.kind}")]
    if picture.start_group:
        about.append(picture.start_group)
    if picture.programme:
        about.append(picture.programme)
    month = months_into(picture.start, picture.on)
    about.append(text("kollegium.page.month", month=month, months=picture.norm_months))
    if not picture.masked:
        about.append(text("kollegium.page.started", day=day_words(picture.start)))
    left: list[Flowable] = [
        style.paragraph(picture.name, NAME),
        style.paragraph(" · ".join(about), P_SMALL),
        style.raw(_now(picture), P),
    ]
    if picture.flags:
        said = " · ".join(flag.sentence for flag in picture.flags)
        left.append(style.paragraph(f"▸ {said}", P))
    badge = Badge(picture.triage.group)
    right = badge.width + 2
    return small_table([[left, "", badge]], [style.TEXT_WIDTH - right - 3 * mm, 3 * mm, right])


def _now(picture: Picture) -> str:
    if not picture.section:
        return style.safe(text("kollegium.page.no_placement"))
    week = text("kollegium.page.week", **dict(zip(("week", "weeks"), picture.week, strict=True))) \
        if picture.week else ""  # fmt: skip
    parts = [style.bold(text(f"word.section.{picture.section}")), style.safe(week)]
    if picture.unit:
        parts.append(style.safe(picture.unit))
    if picture.supervisor and not picture.masked:
        named = text("kollegium.page.supervisor", name=picture.supervisor)
        parts.append(style.safe(named))
    elif not picture.supervisor:
        parts.append(style.bold(text("kollegium.flag.unnamed")))
    return " · ".join(parts)


def _last_time(picture: Picture) -> list[Flowable]:
    last = picture.last
    if last is None:
        return [boxed([style.paragraph(text("kollegium.page.first_time"), P)])]
    outcome = text(f"word.outcome.{last.outcome}") if last.outcome else "–"
    title = text("kollegium.page.last_time", day=page_day(picture, last.day), outcome=outcome)
    inside: list[Flowable] = [style.raw(style.bold(title), P)]
    if last.text:
        inside.append(style.paragraph(last.text, P))
    inside += [style.paragraph(_action(picture, action), P) for action in last.actions]
    if last.older:
        inside.append(style.paragraph(text("kollegium.page.older"), P_SMALL))
        inside += [style.paragraph(_action(picture, action), P) for action in last.older]
    return [boxed(inside)]


def _action(picture: Picture, action: ActionLine) -> str:
    tail = [action.owner]
    if not picture.masked:
        if action.done_on:
            tail.append(text("kollegium.page.done", day=day_words(action.done_on)))
        elif action.due:
            tail.append(text("kollegium.page.due", day=day_words(action.due)))
    if action.state in ("late", "dropped") or (picture.masked and action.state == "done"):
        tail.append(text(f"kollegium.action.{action.state}"))
    return f"{_BOXES[action.state]} {action.text} ({', '.join(filter(None, tail))})"


def _why(picture: Picture) -> list[Flowable]:
    head = style.paragraph(text("kollegium.page.why"), P_HEAD)
    if not picture.triage.reasons:
        return [head, style.paragraph(text("kollegium.page.no_rule"), P)]
    lines = [
        style.raw(
            f"{SIGNS[reason.group]} {style.safe(reason.sentence)}"
            f' <font color="#5a6669">({style.safe(reason.label)})</font>',
            P,
        )
        for reason in picture.triage.reasons
    ]
    found: list[Flowable] = [head, *lines]
    if picture.plan is not None:
        found.append(style.paragraph(_plan(picture), P_STRONG))
    return found


def _plan(picture: Picture) -> str:
    assert picture.plan is not None  # noqa: S101 - told to mypy
    opened = day_words(picture.plan.opened_on)
    if picture.plan.follow_up is None:
        return text("kollegium.page.plan", day=opened)
    follow_up = day_words(picture.plan.follow_up)
    return text("kollegium.page.plan_followed", day=opened, follow_up=follow_up)


def _timeline(picture: Picture) -> list[Flowable]:
    head = style.paragraph(text("kollegium.page.placements"), P_HEAD)
    if not picture.stays:
        return [head, style.paragraph(text("kollegium.page.no_placements"), P)]
    bars = [
        charts_time.Bar(
            stay.start,
            stay.end,
            stay.section,
            text(f"word.section_short.{stay.section}")
            + (f" {stay.percent} %" if stay.percent != 100 else ""),
            stay.unit,
            stay.now,
        )
        for stay in picture.stays
    ]
    gaps = [
        charts_time.Gap(each.start, each.end, text(f"word.absence.{each.kind}"))
        for each in picture.absences
    ]
    line = charts_time.Timeline(
        bars, gaps, on=picture.on, month=_month_of(picture), today=text("kollegium.page.today")
    )
    return [head, line]


def _month_of(picture: Picture) -> Callable[[date], str]:
    if picture.masked:
        return lambda day: str(months_into(picture.start, day))
    return lambda day: str(day.year) if day.month == 1 else text(f"judge.month_short.{day.month}")


def _supervision(picture: Picture) -> list[Flowable]:
    tally = picture.tally
    words = text(
        "kollegium.page.supervision",
        met=tally.weeks_met,
        begun=tally.weeks_begun,
        held=tally.held,
        due=tally.due,
    )
    if tally.reasons:
        reasons = ", ".join(f"{text(f'word.cancel.{r}')} {n}" for r, n in tally.reasons)
        words += " " + text("kollegium.page.cancelled", reasons=reasons)
    head = style.raw(
        f"{style.safe(text('kollegium.page.supervision_head'))}"
        f'<font name="{style.REGULAR}" color="#1c2426">  {style.safe(words)}</font>',
        P_HEAD,
    )
    if not picture.strip:
        return [head]
    labels = []
    for place, week in enumerate(picture.strip):
        number = place + 1 if picture.masked else week_number(week.monday)
        labels.append(str(number) if place % 2 == 0 or len(picture.strip) < 20 else "")
    now = next(
        (n for n, week in enumerate(picture.strip) if 0 <= (picture.on - week.monday).days < 7),
        None,
    )
    strip = charts.Strip([week.mark for week in picture.strip], labels, now=now)
    seen = {week.mark for week in picture.strip}
    entries = [(mark, text(f"kollegium.mark.{mark}")) for mark in Mark
               if mark in seen and mark not in (Mark.COMING, Mark.OUTSIDE)]  # fmt: skip
    return [head, strip, charts.Legend(entries)]


def _levels(picture: Picture) -> list[Flowable]:
    left: list[Flowable] = [style.paragraph(text("kollegium.page.levels"), P_HEAD)]
    if picture.areas:
        plots = [
            charts_levels.Plot(a.label, a.instrument, a.points, a.steps) for a in picture.areas
        ]
        first = min(a.points[0][0] for a in picture.areas)
        left.append(charts_levels.Plots(plots, first, picture.on, HALF))
        names = ", ".join(dict.fromkeys(a.instrument for a in picture.areas))
        left.append(style.paragraph(_span(picture, names, first), P_SMALL))
    else:
        left.append(style.paragraph(text("kollegium.page.no_levels"), P))
    right: list[Flowable] = [style.paragraph(text("kollegium.page.profile"), P_HEAD)]
    profile = picture.profile
    if profile is None:
        right.append(style.paragraph(text("kollegium.page.no_profile"), P))
    else:
        place = {value: number for number, value in enumerate(profile.steps)}
        rows = [
            charts_levels.ProfileRow(
                a.label,
                *(place.get(v) if v is not None else None
                  for v in (a.latest, a.earlier, a.lowest, a.highest)),
            )
            for a in profile.areas
        ]  # fmt: skip
        ends = (profile.labels[0], profile.labels[-1])
        right.append(charts_levels.ProfileChart(rows, ends, len(profile.steps), HALF))
        key = "profile_masked" if picture.masked else "profile_legend"
        legend = text(
            f"kollegium.page.{key}",
            forms=profile.forms,
            first=day_words(profile.first),
            last=day_words(profile.last),
        )
        right.append(style.paragraph(legend, P_SMALL))
    return [columns(left, right)]


def _span(picture: Picture, names: str, first: date) -> str:
    if picture.masked:
        return text("kollegium.page.levels_masked", names=names)
    return text("kollegium.page.levels_span", names=names, first=day_words(first))


def _quotes(picture: Picture) -> list[Flowable]:
    head = style.paragraph(text("kollegium.page.quotes"), P_HEAD)
    if not picture.quotes:
        return [head, style.paragraph(text("kollegium.page.no_quotes"), P)]
    if all(sum(len(said) for _, said in quote.said) <= _SHORT for quote in picture.quotes):
        cells: list[Any] = [_quote(picture, quote) for quote in picture.quotes]
        cells += [""] * (len(cells) % 2)
        pairs = [[cells[n], "", cells[n + 1]] for n in range(0, len(cells), 2)]
        return [head, small_table(pairs, [HALF, GAP, HALF])]
    # Long ones go down the page one after the other, and on to the next.
    return [head, *(part for quote in picture.quotes for part in _quote(picture, quote))]


def _quote(picture: Picture, quote: Quote) -> list[Flowable]:
    lines: list[Flowable] = [
        style.paragraph(f"{text(f'kollegium.page.{role}')} »{said}«", P)
        for role, said in quote.said
    ]
    about = [quote.instrument]
    if quote.section:
        about.append(text(f"word.section_short.{quote.section}"))
    if not picture.masked:
        month = text(f"judge.month_short.{quote.day.month}")
        about.append(f"{month} {quote.day.year}")
    return [*lines, style.paragraph(", ".join(about), P_SMALL)]


def _standing(picture: Picture) -> list[Flowable]:
    goals = [
        charts_levels.Share(text(f"word.section_short.{g.section}"), g.marked, g.goals, g.here)
        for g in picture.goals
    ]
    left: list[Flowable] = [style.paragraph(text("kollegium.page.goals"), P_HEAD)]
    left.append(
        charts_levels.Shares(goals, HALF)
        if goals
        else style.paragraph(text("kollegium.page.no_goals"), P)
    )
    right: list[Flowable] = [style.paragraph(text("kollegium.page.findings"), P_HEAD)]
    if not picture.judged:
        right.append(style.paragraph(text("kollegium.page.not_judged"), P))
    elif not picture.findings:
        right.append(style.paragraph(text("kollegium.page.no_findings"), P))
    for finding in picture.findings[:_FINDINGS]:
        sign = _STATUS_SIGNS.get(finding.status, "")
        words = f"{sign} {style.safe(finding.title)}: {style.bold(finding.status)}"
        if finding.strength != "ska":
            words += f' <font color="#5a6669">({style.safe(finding.strength)})</font>'
        right.append(style.raw(words, P_CELL))
    rest = len(picture.findings) - _FINDINGS
    if rest > 0:
        right.append(style.paragraph(text("kollegium.page.more_findings", count=rest), P_SMALL))
    if picture.expired:
        right.append(style.paragraph(text("kollegium.page.expired"), P_SMALL))
    return [columns(left, right)]


def _unheard(picture: Picture) -> list[Flowable]:
    head = style.paragraph(text("kollegium.page.unheard"), P_HEAD)
    if not picture.unheard:
        key = "all_heard" if picture.stays else "nobody_to_hear"
        return [head, style.paragraph(text(f"kollegium.page.{key}"), P)]
    said = " · ".join(_one_unheard(picture, each) for each in picture.unheard)
    return [head, style.paragraph(said, P)]


def _one_unheard(picture: Picture, each: Unheard) -> str:
    place = ", ".join(filter(None, [text(f"word.section_short.{each.section}"), each.unit]))
    words = f"{each.person or text('kollegium.flag.unnamed')} ({place})"
    if picture.masked:
        return words
    if each.reminded:
        return f"{words}, {text('kollegium.page.reminded', day=day_words(each.reminded))}"
    if each.last_heard:
        return f"{words}, {text('kollegium.page.last_heard', day=day_words(each.last_heard))}"
    return words


class _Decide(Flowable):  # type: ignore[misc]  # reportlab has no types
    """Boxes and lines to write the decision on, when there is room left on the page."""

    _NEEDS = 12 * mm
    _MOST = 24 * mm

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width
        self.height = min(height - 1, self._MOST) if height >= self._NEEDS else 0.0
        return self.width, self.height

    def draw(self) -> None:
        if not self.height:
            return
        canvas, top = self.canv, self.height - 4 * mm
        canvas.setStrokeColor(style.ACCENT)
        canvas.setLineWidth(0.8)
        canvas.line(0, top + 2.4 * mm, self.width, top + 2.4 * mm)
        canvas.setFillColor(style.INK)
        canvas.setFont(style.BOLD, 7.6)
        left = 0.0
        canvas.drawString(left, top - 2 * mm, text("kollegium.page.decision"))
        left += 18 * mm
        canvas.setFont(style.REGULAR, 7.6)
        for outcome in Outcome:
            words = f"☐ {text(f'word.outcome.{outcome}')}"
            canvas.drawString(left, top - 2 * mm, words)
            left += pdfmetrics.stringWidth(words, style.REGULAR, 7.6) + 6 * mm
        canvas.setStrokeColor(style.RULE)
        canvas.setLineWidth(0.5)
        line = top - 9 * mm
        while line > 0:
            canvas.line(0, line, self.width, line)
            line -= 7 * mm


def page_day(picture: Picture, day: date) -> str:
    """Return a day in words; on a masked page the month of the training."""
    if picture.masked:
        return text("kollegium.page.in_month", month=months_into(picture.start, day))
    return day_words(day)
