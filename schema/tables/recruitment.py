"""One round of recruitment: how many applied, were interviewed and filled a block."""

from typing import Any

from pydantic import field_validator, model_validator
from sqlmodel import Field

from schema.columns import MANY_LINES, ONE_LINE, Choice, Json, Name, Note
from schema.tables.base import STRICT, Record
from schema.text import LINE, clean
from schema.words import Kind, Sex

COUNTS = ("applicants", "interviewed", "filled")
"""What is counted of each group, in the order in which it happens."""


class Recruitment(Record, table=True):
    """Rekryteringsomgång: figures only, never who applied.

    A group is those of one sex and one place of study: `sex`, `place`, and the three `COUNTS`.
    """

    __tablename__ = "recruitment"
    __table_args__ = (STRICT,)

    year: int = Field(ge=1990, le=2200, index=True)
    """The year it is reported under."""
    title: Name = Field(sa_type=ONE_LINE)
    """What the round is called, e.g. "Start mars 2027"."""
    kind: Kind = Field(default=Kind.AT, sa_type=Choice(Kind))
    blocks: int = Field(default=0, ge=0, le=1000)
    """Blocks that were advertised."""
    groups: list[dict[str, Any]] = Field(default_factory=list, sa_type=Json, max_length=200)
    note: Note = Field(default="", sa_type=MANY_LINES)

    @field_validator("groups", mode="after")
    @classmethod
    def _groups(cls, value: list[dict[str, Any]]) -> list[dict[str, Any]]:
        found = [_group(one) for one in value]
        keys = [(one["sex"], one["place"].casefold()) for one in found]
        if len(set(keys)) < len(keys):
            raise ValueError("invalid.recruitment_twice")
        return found

    @model_validator(mode="after")
    def _no_more_than_there_are(self) -> "Recruitment":
        if sum(one["filled"] for one in self.groups) > self.blocks:
            raise ValueError("invalid.recruitment_blocks")
        return self


def _group(value: dict[str, Any]) -> dict[str, Any]:
    if set(value) - {"sex", "place", *COUNTS}:
        raise ValueError("invalid.recruitment_group")
    counts = {name: value.get(name, 0) for name in COUNTS}
    if any(type(n) is not int or not 0 <= n <= 100_000 for n in counts.values()):
        raise ValueError("invalid.recruitment_count")
    if max(counts["interviewed"], counts["filled"]) > counts["applicants"]:
        raise ValueError("invalid.recruitment_more")
    try:
        sex = Sex(value.get("sex", Sex.NOT_STATED))
    except ValueError:
        raise ValueError("invalid.recruitment_group") from None
    place = clean(str(value.get("place", "")), one_line=True)[:LINE]
    return {"sex": sex.value, "place": place, **counts}
