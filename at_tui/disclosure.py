"""A disclosure as a page to hand over, as plain text, and as JSON.

The page holds no script, no picture and no address: it can be opened anywhere and printed.
"""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any

from at_tui.kind_words import of_kind
from at_tui.language import has, text
from schema.words import Kind

if TYPE_CHECKING:
    from data.disclose import Disclosure, Entry, Step

FORMAT = "at-tui-disclosure"
VERSION = 1

_STYLE = (
    "body{font:15px/1.5 sans-serif;max-width:46em;margin:2em auto;padding:0 1em}"
    "h2{margin-top:2em}h3{margin-bottom:.2em}dt{float:left;clear:left;width:14em;color:#555}"
    "dd{margin:0 0 .2em 14em;white-space:pre-wrap}li{white-space:pre-wrap}"
)


def as_json(found: Disclosure, *, on: date) -> dict[str, Any]:
    """Return all of it for another programme: every version with what changed."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "on": on.isoformat(),
        "id": found.person_id,
        "name": found.name,
        "kind": found.kind,
        "records": [
            {
                "kind": entry.kind,
                "id": entry.record_id,
                "now": entry.now,
                "life": [
                    {
                        "at": step.at.isoformat(timespec="seconds"),
                        "author": found.names.get(step.author, step.author),
                        "act": step.act,
                        "changes": {
                            name: {"before": before, "after": after}
                            for name, (before, after) in step.changes.items()
                        },
                    }
                    for step in entry.life
                ],
            }
            for entry in found.entries
        ],
        "drafts": found.drafts,
        "has_pin": found.has_pin,
    }


def as_text(found: Disclosure, *, on: date) -> str:
    """Return all of it to read in a terminal or a mail."""
    lines = [text("disclose.title", name=found.name), "", *_intro(found, on)]
    for kind, entries in _by_kind(found):
        lines += ["", f"{kind} ({len(entries)})"]
        for number, entry in enumerate(entries, start=1):
            lines += ["", f"  {number}. {_heading(entry)}"]
            lines += [
                f"     {name}: {value}".replace("\n", "\n       ")
                for name, value in _rows(entry, found)
            ]
            lines += [f"     · {line}".replace("\n", "\n       ") for line in _life(entry, found)]
    lines += ["", *_closing(found)]
    return "\n".join(lines) + "\n"


def as_html(found: Disclosure, *, on: date) -> bytes:
    """Return all of it as one page to print or hand over."""
    title = html.escape(text("disclose.title", name=found.name))
    body = [f"<h1>{title}</h1>", *(f"<p>{html.escape(line)}</p>" for line in _intro(found, on))]
    for kind, entries in _by_kind(found):
        body.append(f"<h2>{html.escape(kind)} ({len(entries)})</h2>")
        for entry in entries:
            body.append(f"<h3>{html.escape(_heading(entry))}</h3><dl>")
            body += [
                f"<dt>{html.escape(name)}</dt><dd>{html.escape(value)}</dd>"
                for name, value in _rows(entry, found)
            ]
            life = "".join(f"<li>{html.escape(line)}</li>" for line in _life(entry, found))
            body.append(f"</dl><ul>{life}</ul>")
    body += [f"<p>{html.escape(line)}</p>" for line in _closing(found)]
    page = (
        '<!doctype html><html lang="sv"><head><meta charset="utf-8">'
        f"<title>{title}</title><style>{_STYLE}</style></head><body>{''.join(body)}</body></html>\n"
    )
    return page.encode()


def for_reviewer(found: Disclosure) -> list[str]:
    """Return what whoever hands it out must look at first: where others' records name the
    person. It is no part of what is handed out."""
    texts = [m for m in found.mentions if not m.by_id]
    named = [m for m in found.mentions if m.by_id]
    lines = []
    if texts:
        lines.append(text("disclose.review_texts", counts=counted([m.kind for m in texts])))
        lines += [f"  {_kind(m.kind)} {m.record_id}" for m in texts]
    if named:
        lines.append(text("disclose.review_named", counts=counted([m.kind for m in named])))
    return lines


def _intro(found: Disclosure, on: date) -> list[str]:
    return [
        text("disclose.intro", on=on.isoformat()),
        text("disclose.counts", counts=counted([e.kind for e in found.entries])),
    ]


def _closing(found: Disclosure) -> list[str]:
    lines = [text("disclose.pin")] if found.has_pin else []
    lines += [
        text("disclose.draft", content=_value(None, draft["content"], found))
        for draft in found.drafts
    ]
    named = [m.kind for m in found.mentions if m.by_id]
    if named:
        lines.append(text("disclose.named", counts=counted(named)))
    return [*lines, text("disclose.elsewhere")]


def _by_kind(found: Disclosure) -> list[tuple[str, list[Entry]]]:
    kinds: dict[str, list[Entry]] = {}
    for entry in found.entries:
        kinds.setdefault(entry.kind, []).append(entry)
    return [(_kind(kind).capitalize(), entries) for kind, entries in kinds.items()]


def _kind(kind: str, count: int = 1) -> str:
    key = f"disclose.kind.{kind}"
    key = key if has(key) else f"import.count.{kind}"
    one, _, many = text(key).partition("|") if has(key) else (kind, "", "")
    return one if count == 1 else many or one


def counted(kinds: Iterable[str]) -> str:
    """Return "3 handledningssamtal, 1 intyg" for the kinds of some records."""
    found = Counter(kinds)
    return ", ".join(f"{count} {_kind(kind, count)}" for kind, count in found.items())


def _heading(entry: Entry) -> str:
    if entry.now is None:
        return text("disclose.removed")
    days = (entry.now.get(name) for name in ("day", "start", "held_on", "issued_on", "agreed_on"))
    day = next((d for d in days if d), "")
    return str(entry.now.get("name") or day or text("disclose.record"))


def _rows(entry: Entry, found: Disclosure) -> list[tuple[str, str]]:
    return [
        (_field(name, found), _value(_words(entry.kind, name), value, found))
        for name, value in (entry.now or {}).items()
        if value not in (None, "", [], {})
    ]


def _life(entry: Entry, found: Disclosure) -> list[str]:
    return [_step(entry, step, found) for step in entry.life]


def _step(entry: Entry, step: Step, found: Disclosure) -> str:
    key = f"disclose.act.{step.act}"
    line = text(
        "disclose.step",
        at=_local(step.at),
        act=text(key) if has(key) else step.act,
        who=found.names.get(step.author, step.author),
    )
    # What it said first is told by what it says now and the changes since, unless it is gone.
    first = step is entry.life[0] and entry.now is not None
    for name, (before, after) in () if first else step.changes.items():
        words = _words(entry.kind, name)
        line += "\n" + text(
            "disclose.change",
            field=_field(name, found),
            before=_value(words, before, found) or "–",
            after=_value(words, after, found) or "–",
        )
    return line


def _local(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


def _field(name: str, found: Disclosure) -> str:
    key = f"field.{name}"
    return text(key) if has(key) else name


def _training(found: Disclosure) -> str:
    """Return BT for who has done a BT and no AT, for the words; else AT."""
    kinds = {e.now.get("kind") for e in found.entries if e.kind == "Training" and e.now}
    return Kind.BT if kinds == {Kind.BT} else Kind.AT


def _value(words: type[StrEnum] | None, value: Any, found: Disclosure) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return text("disclose.yes") if value else text("disclose.no")
    if isinstance(value, list):
        return ", ".join(_value(words, item, found) for item in value)
    if isinstance(value, dict):
        return "\n".join(f"{k}: {_value(None, v, found)}" for k, v in value.items())
    if words is not None:
        for stem in re.findall("[A-Z][a-z]+", words.__name__):
            if has(f"word.{stem.lower()}.{value}"):
                return of_kind(text(f"word.{stem.lower()}.{value}"), _training(found))
    return found.names.get(str(value), str(value))


@cache
def _words(kind: str, name: str) -> type[StrEnum] | None:
    """Return the closed set of words that a field takes, if it takes one."""
    # SQLModel takes 0.6 to 1.2 s to import; whoever has a disclosure has imported it.
    from schema.tables import KINDS

    field = KINDS[kind].model_fields.get(name)
    annotation = field.annotation if field is not None else None
    choices = [annotation, *getattr(annotation, "__args__", ())]
    found = (c for c in choices if isinstance(c, type) and issubclass(c, StrEnum))
    return next(found, None)


def dumped(found: Disclosure, *, on: date) -> bytes:
    """Return the JSON form as bytes."""
    return json.dumps(as_json(found, on=on), ensure_ascii=False, indent=2).encode() + b"\n"
