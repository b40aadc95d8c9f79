"""The cohort's rows and the reasons beside them, in columns, signs and words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from textual.content import Content

from at_tui.kollegium.cohort import Flag, FlagCode, SortBy, count_groups
from at_tui.kollegium.cohort import Row as Doctor
from at_tui.kollegium.triage import GROUPS
from at_tui.language import text
from schema.words import Outcome
from screens.dates import short
from screens.text import beside, safe
from screens.widgets.rows import Column, Row, heading

SIGN = {
    Outcome.TALK: ("!", "$error"),
    Outcome.THIN_EVIDENCE: ("?", "$warning"),
    Outcome.ON_TRACK: ("✓", "$success"),
}
"""The sign of each group, and the colour that adds to it."""
_GRAVE = frozenset({
    FlagCode.LEFT, FlagCode.DOUBLE, FlagCode.EMPTY, FlagCode.NO_PROGRAMME, FlagCode.UNNAMED,
    FlagCode.PAST_END,
})  # fmt: skip


def columns() -> tuple[Column, ...]:
    """Return the list's columns; the unit from a width of 100 on."""

    def title(name: str) -> str:
        return text(f"cohort.column.{name}")

    return (
        Column(title("name"), width=18, wide=17, grow=3, most=28),
        Column(title("section"), width=9),
        Column(title("unit"), width=8, grow=4, most=30, wide_only=True),
        Column(title("week"), width=5, right=True),
        Column(title("held"), width=5, right=True),
        Column(title("latest"), width=4, wide=8, grow=2, most=13),
        Column(title("goals"), width=5, right=True),
        Column(title("deadline"), width=5, wide=7, right=True),
        Column(title("flags"), width=10, grow=4),
    )


def sign(group: Outcome) -> Content:
    """Return the sign of a group."""
    mark, style = SIGN[group]
    return Content.styled(mark, f"bold {style}")


def group_words(group: Outcome) -> Content:
    """Return the sign and the words of a group."""
    return Content.assemble(sign(group), " ", safe(text(f"cohort.group.{group}")))


def rows_with_headings(
    found: Iterable[Doctor], by: SortBy, drawn: Mapping[str, Row]
) -> Iterator[Row]:
    """Yield the rows; sorted by risk, under a heading for each group.

    Args:
        drawn: The row of each, by training id.
    """
    doctors = list(found)
    if by is not SortBy.RISK:
        yield from (drawn[doctor.training_id] for doctor in doctors)
        return
    for group in GROUPS:
        mine = [doctor for doctor in doctors if doctor.group is group]
        if mine:
            yield heading(text(f"cohort.group.{group}").upper(), str(len(mine)))
            yield from (drawn[doctor.training_id] for doctor in mine)


def row_of(doctor: Doctor, on: date, *, wide: bool) -> Row:
    """Return one doctor's row."""
    section = text(f"cohort.section.{doctor.section}") if doctor.section else "–"
    return Row(
        doctor.training_id,
        (
            Content.assemble(sign(doctor.group), " ", safe(doctor.name, "bold")),
            section,
            safe(doctor.unit or "–", "$text-muted"),
            "{}/{}".format(*doctor.week) if doctor.week else "–",
            _held(doctor),
            _latest(doctor, on, wide=wide),
            f"{doctor.goals_marked}/{doctor.goals}" if doctor.goals else "–",
            _next(doctor, wide=wide),
            flags(doctor.flags),
        ),
        search=f"{doctor.name} {doctor.unit} {doctor.supervisor} {doctor.start_group}",
    )


def _held(doctor: Doctor) -> Content:
    words = f"{doctor.held}/{doctor.due}"
    return safe(words, "$warning" if doctor.held * 2 < doctor.due else "")


def _latest(doctor: Doctor, on: date, *, wide: bool) -> Content:
    if doctor.latest_day is None:
        return Content.styled(text("cohort.never") if wide else "   –", "$text-muted")
    weeks = (on - doctor.latest_day).days // 7
    ago = text("cohort.weeks_ago", weeks=weeks) if weeks else text("cohort.this_week")
    style = "$warning" if weeks >= 9 else ""
    padded = Content.styled(ago.rjust(4), style)
    return beside(padded, safe(doctor.latest, "$text-muted") if wide else "")


def _next(doctor: Doctor, *, wide: bool) -> str:
    if doctor.deadline is None:
        return "–"
    day = doctor.deadline.day
    return short(day) if wide else f"{day.day}/{day.month}"


def flags(found: Iterable[Flag]) -> Content:
    """Return flags in a word or two each, the gravest first."""
    parts = [
        safe(
            text(f"cohort.flag.{flag.code}", **dict(flag.values)),
            "$error" if flag.code in _GRAVE else "$warning",
        )
        for flag in found
    ]
    return Content(", ").join(parts)


def counts(found: Iterable[Doctor]) -> Content:
    """Return how many there are in each group: the legend of the signs too."""
    counted = count_groups(found)
    words = {"talk": Outcome.TALK, "thin": Outcome.THIN_EVIDENCE, "on_track": Outcome.ON_TRACK}
    plain = text("cohort.counts", **{name: counted[group] for name, group in words.items()})
    content = safe("")
    for number, part in enumerate(plain.split("   ")):
        mark, _, rest = part.partition(" ")
        style = next((s for m, s in SIGN.values() if m == mark), "")
        gap = "   " if number else ""
        content = Content.assemble(content, gap, (mark, f"bold {style}"), " ", safe(rest))
    return content


def brief(doctor: Doctor, lines: int, width: int) -> Content:
    """Return why the doctor is where they are, in so many lines: a rule a line, then how many
    more there are."""
    found = [Content.assemble(safe(doctor.name, "bold"), "  ", group_words(doctor.group))]
    why = [r for r in doctor.reasons if r.group is doctor.group]
    room = lines - 1
    shown = why if len(why) <= room else why[: room - 1]
    for reason in shown:
        line = Content.assemble(safe(reason.label), ": ", safe(reason.sentence, "bold"))
        found.append(line.truncate(width, ellipsis=True))
    rest = why[len(shown) :]
    if rest:
        named = ", ".join(r.short for r in rest)
        words = text("cohort.more", count=len(rest), reasons=named)
        found.append(safe(words).truncate(width, ellipsis=True))
    if not why:
        found.append(safe(text("cohort.no_reason"), "$text-muted"))
    other = [r.short for r in doctor.reasons if r.group is not doctor.group]
    if other and len(found) < lines:
        words = text("cohort.also", reasons=", ".join(other))
        found.append(safe(words, "$text-muted").truncate(width, ellipsis=True))
    if doctor.deadline and len(found) < lines:
        words = text("cohort.next_is", day=short(doctor.deadline.day),
                     what=doctor.deadline.sentence)  # fmt: skip
        found.append(safe(words, "$text-muted").truncate(width, ellipsis=True))
    return Content("\n").join(found)


def whole(doctor: Doctor, programme: str, on: date, *, judged: bool) -> Content:
    """Return all that is known at a glance, for the side of a wide window."""
    lines = [safe(doctor.name, "bold"), group_words(doctor.group), safe("")]
    about = " · ".join(filter(None, [doctor.kind, doctor.start_group, programme]))
    lines += [safe(about, "$text-muted")]
    lines += [safe(doctor.unit or text("cohort.no_unit"), "$text-muted")]
    lines += [safe(doctor.supervisor or text("cohort.no_supervisor"), "$text-muted"), safe("")]
    lines.append(safe(text("cohort.why"), "bold $accent"))
    why = [r for r in doctor.reasons if r.group is doctor.group]
    for reason in why:
        lines += [safe(reason.label, "$text-muted"), safe(reason.sentence, "bold")]
    if not why:
        lines.append(safe(text("cohort.no_reason")))
    if other := [r for r in doctor.reasons if r.group is not doctor.group]:
        lines += [safe(""), safe(text("cohort.also_rules"), "$text-muted")]
        lines += [safe(r.sentence) for r in other]
    if not judged:
        lines += [safe(""), safe(text("cohort.unjudged"), "$text-muted")]
    if doctor.flags:
        lines += [safe(""), safe(text("cohort.see"), "bold $accent")]
        lines += [safe(flag.sentence) for flag in doctor.flags]
    if doctor.deadline:
        lines += [safe(""), safe(text("cohort.next"), "bold $accent")]
        lines.append(safe(f"{short(doctor.deadline.day, on)}  {doctor.deadline.sentence}"))
    return Content("\n").join(lines)
