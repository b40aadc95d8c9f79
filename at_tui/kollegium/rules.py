"""The rules of the triage as a study director reads and changes them.

A change is a content file of one's own under the shipped one's id, with a version of its own: the
shipped rules stay as they are, and taking the file away brings them back.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from at_tui.language import has, text
from schema.content.version import next_version
from schema.fault import Fault
from schema.words import Outcome

# Content models bring pydantic, 0.1 s: only for typing here.
if TYPE_CHECKING:
    from schema.content.triage import TriageRule, TriageRules


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule as it is shown in a list of them."""

    id: str
    label: str
    group: Outcome
    active: bool
    limit: str
    """Where the line goes: "minst 4", "högst 2"."""
    weeks: int | None
    from_week: int
    source: str


def lines(rules: TriageRules) -> list[RuleLine]:
    """Return the rules in the order of the file."""
    return [
        RuleLine(
            rule.id, rule.label, Outcome(rule.group), rule.active, _limit(rule), rule.weeks,
            rule.from_week, rule.source,
        )
        for rule in rules.rules
    ]  # fmt: skip


def _limit(rule: TriageRule) -> str:
    if rule.at_least is not None:
        return text("kollegium.rule.at_least", number=rule.at_least)
    return text("kollegium.rule.at_most", number=rule.at_most)


def changed(rules: TriageRules, rule_id: str, **values: object) -> TriageRules:
    """Return the rules with one of them changed: `at_least`, `at_most`, `weeks`, `active`,
    `label` and so on. The version is raised once, from the shipped to one's own.

    Raises:
        Fault: `kollegium.no_rule`; `kollegium.rule_refused`, when the value does not fit.
    """
    from pydantic import ValidationError

    from schema.content.triage import TriageRules

    if rules.rule(rule_id) is None:
        raise Fault("kollegium.no_rule", exit_code=2, rule=rule_id)
    data = rules.model_dump(exclude_unset=True)
    data["rules"] = [
        {**each, **values} if each["id"] == rule_id else each for each in data["rules"]
    ]
    if "." not in rules.version:
        data["version"] = next_version(rules.version)
    try:
        return TriageRules.model_validate(data)
    except ValidationError:
        raise Fault("kollegium.rule_refused", exit_code=2, rule=rule_id) from None


def label_for(rule: TriageRule) -> str:
    """Return the rule in one line, made of its measure and its numbers.

    Whoever changes a number must not be left with words that say another. A measure that has no
    number worth saying keeps its words.
    """
    number = rule.at_least if rule.at_least is not None else rule.at_most
    key = f"kollegium.rule.label.{rule.measure}"
    if rule.weeks is not None and has(f"{key}_weeks"):
        return text(f"{key}_weeks", number=number, weeks=rule.weeks)
    return text(key, number=number) if has(key) else rule.label


def relabelled(rules: TriageRules, rule_id: str, **values: object) -> TriageRules:
    """Return the rules with one of them changed, as `changed` does, its label saying the new
    numbers.

    Raises:
        Fault: as `changed`.
    """
    found = changed(rules, rule_id, **values)
    rule = found.rule(rule_id)
    return changed(found, rule_id, label=label_for(rule)) if rule is not None else found


def own_file(rules_id: str, folder: Path | None = None) -> Path | None:
    """Return the user's own rules, when there are any."""
    from data import places
    from data.content.registry import KINDS

    root = places.content_folder() if folder is None else folder
    path = root / KINDS["triage"].folder / f"{rules_id}.toml"
    return path if path.is_file() else None


def save_own(rules: TriageRules, folder: Path | None = None) -> Path:
    """Write the rules as the user's own content file, whole or not at all, and return it.

    Args:
        folder: The user's content folder, when it is not the usual one.

    Raises:
        OSError: the folder cannot be written.
    """
    import tomli_w  # only who writes a content file needs it

    from data import places
    from data.atomic import write_atomic
    from data.content import forget
    from data.content.registry import KINDS

    root = places.content_folder() if folder is None else folder
    path = places.private_folder(root / KINDS["triage"].folder) / f"{rules.id}.toml"
    data = rules.model_dump(mode="json", exclude_unset=True, exclude_none=True)
    write_atomic(path, tomli_w.dumps(data, multiline_strings=True).encode())
    forget()
    return path


def restore_shipped(rules_id: str, folder: Path | None = None) -> bool:
    """Take the user's own rules away, so that the shipped ones are in use; False without any."""
    from data.content import forget

    path = own_file(rules_id, folder)
    if path is None:
        return False
    path.unlink()
    forget()
    return True
