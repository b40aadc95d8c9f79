"""One rule of the sorting as a form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from at_tui.kollegium.rules import changed, label_for, save_own
from at_tui.language import text
from schema.fault import Fault
from screens.widgets.choice_field import Option
from screens.widgets.form import Field, Kind
from screens.widgets.form_page import FormPage

if TYPE_CHECKING:
    from schema.content.triage import TriageRule, TriageRules

_ON, _OFF = "on", "off"
_WEEKS = frozenset({
    "observations", "assessors", "settings", "narratives", "supervision_share", "falling", "low",
})  # fmt: skip
"""Measures that look back over a time."""
_FIXED = frozenset({"concern", "last_outcome"})
"""Measures without a number worth changing."""


class RuleForm(FormPage["TriageRules"]):
    """Numbers, words, on or off; dismissed with the rules as they were written.

    Args:
        rules: The rules in use.
        rule_id: Which of them.
    """

    AREA = "triage"

    def __init__(self, rules: TriageRules, rule_id: str) -> None:
        super().__init__()
        self._rules, self._rule_id = rules, rule_id
        self.draft_key = f"triage:{rule_id}:{rules.version}"

    def on_mount(self) -> None:
        """Say what it is."""
        super().on_mount()
        self.set_title(text("triage.form_title"), text("triage.working"))

    def help_text(self) -> str:
        """Return what the numbers mean."""
        return text("triage.form_help").strip()

    @property
    def _rule(self) -> TriageRule:
        rule = self._rules.rule(self._rule_id)
        if rule is None:
            raise Fault("kollegium.no_rule", exit_code=2, rule=self._rule_id)
        return rule

    @property
    def _limit(self) -> str:
        return "at_least" if self._rule.at_least is not None else "at_most"

    def fields(self) -> Sequence[Field]:
        """Ask what the measure has."""
        rule, t = self._rule, text
        found = [Field("label", t("triage.field.label"), required=True)]
        if rule.measure not in _FIXED:
            least = 1 if self._limit == "at_least" else 0
            label = t(f"triage.field.{self._limit}")
            found.append(
                Field(self._limit, label, Kind.NUMBER, required=True, least=least, most=100)
            )
        if rule.measure in _WEEKS:
            found.append(
                Field(
                    "weeks", t("triage.field.weeks"), Kind.NUMBER, least=1, most=260,
                    unit=t("triage.field.weeks_unit"), hint=t("triage.field.weeks_hint"),
                )
            )  # fmt: skip
        found.append(
            Field(
                "from_week", t("triage.field.from_week"), Kind.NUMBER, required=True, least=1,
                most=260,
            )
        )  # fmt: skip
        if rule.measure == "low":
            found.append(
                Field(
                    "level", t("triage.field.level"), Kind.NUMBER, required=True, least=0, most=9,
                    hint=t("triage.field.level_hint"),
                )
            )  # fmt: skip
        if rule.measure == "falling":
            found.append(
                Field(
                    "drop", t("triage.field.drop"), Kind.NUMBER, required=True, least=1, most=9,
                    hint=t("triage.field.drop_hint"),
                )
            )  # fmt: skip
        switch = (
            Option(_ON, t("triage.field.active_on")),
            Option(_OFF, t("triage.field.active_off")),
        )
        found.append(
            Field("active", t("triage.field.active"), Kind.CHOICE, required=True, options=switch)
        )
        return found

    def values(self) -> Mapping[str, Any]:
        """Return the rule as it is."""
        rule = self._rule
        found = rule.model_dump()
        found["drop"] = round(rule.drop)
        found["active"] = _ON if rule.active else _OFF
        return found

    def save(self, values: dict[str, Any]) -> TriageRules:
        """Write the user's own rules."""
        rule = self._rule
        values["active"] = values["active"] == _ON
        if values.get("drop") == round(rule.drop):
            values.pop("drop", None)
        # What the file does not say stays unsaid; an empty number is "the whole training".
        new = {k: v for k, v in values.items() if v != getattr(rule, k, None)}
        found = changed(self._rules, self._rule_id, **new)
        counted = {"at_least", "at_most", "weeks"} & set(new)
        if counted and "label" not in new:
            after = found.rule(self._rule_id)
            if after is not None:
                found = changed(found, self._rule_id, label=label_for(after))
        try:
            save_own(found)
        except OSError as error:
            raise Fault("triage.not_written", folder=str(error.filename or "")) from None
        return found
