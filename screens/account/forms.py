"""A purchase on the development account, from application to receipt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from at_tui.language import text
from schema.fault import Fault
from schema.words import AccountPurpose
from screens.person_forms import person_options
from screens.widgets.choice_field import Option
from screens.widgets.form import Field, Kind, Problem
from screens.widgets.form_page import FormPage

# The plans bring pydantic (0.1 s) and the tables SQLModel (0.6 s): imported when it is opened.
if TYPE_CHECKING:
    from at_tui.accounts.checks import Around, Purchase
    from at_tui.accounts.reading import Purse
    from schema.tables import AccountEntry


class PurchaseForm(FormPage[str]):
    """An application, or a purchase with its answer and receipt; dismissed with its id.

    Args:
        training_id: Whose.
        entry_id: Which; None for a new application.
    """

    AREA = "account"

    def __init__(self, training_id: str, entry_id: str | None = None) -> None:
        super().__init__()
        self._training_id, self._entry_id = training_id, entry_id
        self.draft_key = f"account:{training_id}:{entry_id or 'new'}"

    @cached_property
    def purse(self) -> Purse:
        """The training's account, as it was when the form opened."""
        from at_tui.accounts.reading import purse

        return purse(self.store, self._training_id, self.today)

    @property
    def entry(self) -> AccountEntry | None:
        """The purchase that is changed, None for a new one."""
        found = (x.entry for x in self.purse.lines if x.entry.id == self._entry_id)
        return cast("AccountEntry | None", next(found, None))

    def on_mount(self) -> None:
        """Say whose it is."""
        super().on_mount()
        what = text("account.form.answer" if self._entry_id else "account.form.apply")
        self.set_title(f"{self.purse.trainee.name} · {what}")

    def help_text(self) -> str:
        """Return what the plan asks of an application, or of a receipt."""
        key = "receipt_help" if self._entry_id else "apply_help"
        return text(f"account.form.{key}").strip()

    def fields(self) -> Sequence[Field]:
        """Ask about the purchase; its answer and receipt when it has been applied for."""
        from at_tui.accounts.money import kronor

        with self.store.read() as work:
            people = person_options(work)
        t, around = text, self._around()
        asked = [
            Field("purpose", t("account.form.purpose"), Kind.CHOICE, required=True,
                  options=self._purposes()),
            Field("title", t("account.form.title"), required=True,
                  hint=t("account.form.title_hint")),
            Field("amount", t("account.form.amount"), required=True, width=14,
                  hint=t("account.form.amount_hint", left=kronor(max(0, around.left)))),
            Field("applied_on", t("account.form.applied_on"), Kind.DATE, required=True),
        ]  # fmt: skip
        if self._entry_id is None:
            return asked
        months = around.rule.receipt_months
        return [
            *asked,
            Field("approved_on", t("account.form.approved_on"), Kind.DATE),
            Field("approved_by_id", t("account.form.approved_by"), Kind.CHOICE, options=people),
            Field("receipt_on", t("account.form.receipt_on"), Kind.DATE,
                  hint=t("account.form.receipt_hint", months=months) if months else ""),
            Field("paid_on", t("account.form.paid_on"), Kind.DATE,
                  hint=t("account.form.paid_hint")),
        ]  # fmt: skip

    def _around(self) -> Around:
        from at_tui.accounts.acts import around_of

        return around_of(self.purse, self.entry)

    def _purposes(self) -> tuple[Option, ...]:
        """Return the uses, those that the plan names first and those it forbids last."""
        rule = self._around().rule
        forbidden = {*rule.refuses, *(() if rule.capital_goods else (AccountPurpose.CAPITAL,))}

        def place(use: AccountPurpose) -> int:
            return 0 if use in rule.buys else 2 if use in forbidden else 1

        return tuple(
            Option(use, text(f"word.purpose.{use}")) for use in sorted(AccountPurpose, key=place)
        )

    def values(self) -> Mapping[str, Any]:
        """Return the purchase, or what an application begins with."""
        from at_tui.accounts.money import kronor

        if self.entry is None:
            return {"applied_on": self.today}
        found = self.entry.model_dump()
        return {**found, "amount": kronor(self.entry.amount_ore).removesuffix(" kr")}

    def check(self, values: dict[str, Any]) -> list[Problem]:
        """Hold the purchase to the plan's rules."""
        from at_tui.accounts import checks

        try:
            typed = self._typed(values)
        except Fault as fault:
            return [("amount", fault.code, fault.values)] if values.get("amount") else []
        around = self._around()
        found = checks.check_application(typed, around)
        if self._entry_id is not None:
            found += checks.check_approval(typed, around)
            found += checks.check_receipt(typed, around)
        told = {(p.field, p.code): (p.field, p.code, dict(p.values)) for p in found}
        return list(told.values())

    def _typed(self, values: dict[str, Any]) -> Purchase:
        from at_tui.accounts.checks import Purchase
        from at_tui.accounts.money import read_kronor

        days = {name: values.get(name) for name in ("applied_on", "approved_on", "receipt_on")}
        return Purchase(
            purpose=values.get("purpose"),
            amount_ore=read_kronor(str(values.get("amount") or "")),
            paid_on=values.get("paid_on"),
            **days,
        )

    def save(self, values: dict[str, Any]) -> str:
        """Write the purchase."""
        from at_tui.accounts.money import read_kronor
        from schema.tables import AccountEntry

        amount = read_kronor(values.pop("amount"))
        before = self.entry.model_dump() if self.entry else {}
        record = AccountEntry(
            **{
                **before,
                "training_id": self._training_id,
                **values,
                "amount_ore": amount,
                "capital_good": values["purpose"] == AccountPurpose.CAPITAL,
            }
        )
        if record.approved_on is not None:
            record.refused_on, record.refused_reason = None, ""
        with self.store.work(self.author) as work:
            return work.save(record).id
