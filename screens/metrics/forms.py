"""Forms of the figures: a round of recruitment, a group of applicants, a figure typed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from at_tui.language import text
from schema.words import Sex
from screens.widgets.choice_field import Option
from screens.widgets.form import Field, Kind
from screens.widgets.form_page import FormPage

if TYPE_CHECKING:
    from schema.content.metrics import YearlyFigure


class RoundForm(FormPage[str]):
    """A round: its name, year and blocks; dismissed with its id.

    Args:
        year: The year it is reported under, to begin with.
        round_id: Which; None for a new one.
    """

    AREA = "metrics.round"

    def __init__(self, year: int, round_id: str | None = None) -> None:
        super().__init__()
        self._year, self._round_id = year, round_id
        self.draft_key = f"recruitment:{round_id or 'new'}"

    def on_mount(self) -> None:
        """Say what it is."""
        super().on_mount()
        self.set_title(
            text("metrics.round.new_title") if self._record is None else self._record.title
        )

    def fields(self) -> Sequence[Field]:
        """Ask about the round."""
        from schema.tables import Recruitment

        self._record: Recruitment | None = None
        if self._round_id:
            with self.store.read() as work:
                self._record = work.need(Recruitment, self._round_id)
        return [
            Field(
                "title",
                text("metrics.round.name"),
                required=True,
                hint=text("metrics.round.name_hint"),
            ),
            Field(
                "year",
                text("metrics.round.year"),
                Kind.NUMBER,
                required=True,
                least=1990,
                most=2200,
            ),
            Field(
                "blocks",
                text("metrics.round.blocks"),
                Kind.NUMBER,
                required=True,
                least=0,
                most=1000,
            ),
            Field("note", text("metrics.round.note"), Kind.NOTE),
        ]

    def values(self) -> Mapping[str, Any]:
        """Return what is recorded."""
        return self._record.model_dump() if self._record else {"year": self._year}

    def save(self, values: dict[str, Any]) -> str:
        """Write the round."""
        from schema.tables import Recruitment

        record = self._record or Recruitment(title=values["title"], year=values["year"])
        for name, value in values.items():
            setattr(record, name, value)
        with self.store.work(self.author) as work:
            return work.save(record).id


class GroupForm(FormPage[str]):
    """Applicants of one sex and one place of study; dismissed with the round's id.

    Args:
        round_id: Of which round.
        place_of: Which of its groups; None for a new one.
    """

    AREA = "metrics.group"

    def __init__(self, round_id: str, place_of: int | None = None) -> None:
        super().__init__()
        self._round_id, self._place_of = round_id, place_of
        self.draft_key = "" if place_of is not None else f"recruitment-group:{round_id}"

    def on_mount(self) -> None:
        """Say which round it is of."""
        super().on_mount()
        self.set_title(text("metrics.group.title"), self._record.title)

    def fields(self) -> Sequence[Field]:
        """Ask for the numbers."""
        from schema.tables import Recruitment

        with self.store.read() as work:
            self._record = work.need(Recruitment, self._round_id)
        sexes = tuple(Option(sex, text(f"word.sex.{sex}")) for sex in Sex)
        numbers = [
            Field(
                name,
                text(f"metrics.group.{name}"),
                Kind.NUMBER,
                required=name == "applicants",
                least=0,
                most=100_000,
            )
            for name in ("applicants", "interviewed", "filled")
        ]
        return [
            Field("place", text("metrics.group.place")),
            Field("sex", text("metrics.group.sex"), Kind.CHOICE, options=sexes, required=True),
            *numbers,
        ]

    def values(self) -> Mapping[str, Any]:
        """Return what is recorded."""
        if self._place_of is None:
            return {"sex": Sex.NOT_STATED.value}
        return self._record.groups[self._place_of]

    def save(self, values: dict[str, Any]) -> str:
        """Write the round with its group."""
        from at_tui.metrics.entry import put_group

        group = {name: value or 0 for name, value in values.items()}
        group |= {"place": values["place"] or "", "sex": values["sex"]}
        with self.store.work(self.author) as work:
            return put_group(work, self._round_id, group, place_of=self._place_of).id


class HandForm(FormPage[None]):
    """A figure that is typed in with its source.

    Args:
        year: Of which year.
        metric: Which figure.
    """

    AREA = "metrics.hand"

    def __init__(self, year: int, metric: YearlyFigure) -> None:
        super().__init__()
        self._year, self._metric = year, metric
        self.draft_key = f"metric:{year}:{metric.id}"

    def on_mount(self) -> None:
        """Say which figure it is."""
        super().on_mount()
        self.set_title(text("metrics.hand.title", figure=self._metric.title, year=self._year))

    def fields(self) -> Sequence[Field]:
        """Ask for numerator, denominator and source."""
        metric = self._metric
        over, under = text("metrics.hand.numerator"), text("metrics.hand.denominator")
        found = [Field("numerator", over, Kind.NUMBER, least=0, hint=metric.numerator)]
        if metric.denominator:
            hint = metric.denominator
            found.append(Field("denominator", under, Kind.NUMBER, least=1, hint=hint))
        hint = text("metrics.hand.source_hint")
        return [*found, Field("source", text("metrics.hand.source"), hint=hint)]

    def values(self) -> Mapping[str, Any]:
        """Return what is recorded."""
        from schema.tables import Metric

        with self.store.read() as work:
            wanted = (Metric.year == self._year, Metric.code == self._metric.id)
            known = next(iter(work.all(Metric, *wanted)), None)
        if known is None:
            return {}
        whole = {
            name: int(value)
            for name in ("numerator", "denominator")
            if (value := getattr(known, name)) is not None
        }
        return {**whole, "source": known.source}

    def save(self, values: dict[str, Any]) -> None:
        """Keep the figure."""
        from at_tui.metrics.entry import put_figure

        with self.store.work(self.author) as work:
            put_figure(work, self._year, self._metric.id, values)
