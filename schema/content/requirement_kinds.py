"""The kinds of requirement, each with its parameters.

What a kind means when it is judged stands in the class of the same name in `at_tui/judge/`.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from schema.content.base import Label, Slug, content_fault
from schema.content.requirement import (
    Count,
    Days,
    HourCount,
    MonthCount,
    Percent,
    Requirement,
    Scoped,
)
from schema.words import (
    AbsenceKind,
    AccountPurpose,
    EducationKind,
    IntroductionKind,
    RoleKind,
    SectionCode,
    SupervisionForm,
    TalkKind,
)

Window = Literal[
    "week", "month", "quarter", "half_year", "term", "year", "placement", "section", "training"
]
"""A stretch of time in which something shall happen. Weeks are ISO weeks; months, quarters and
half-years are the calendar's; a term is 1 January to 30 June or 1 July to 31 December."""

Answer = Annotated[str, Field(min_length=1, max_length=60)]


class Duration(Scoped):
    """A length of service: at least, at most or both."""

    kind: Literal["duration"]
    unit: Literal["months", "weeks"] = "months"
    at_least: MonthCount | None = None
    at_most: MonthCount | None = None
    measure: Literal["served", "calendar"] = "served"
    """`served`: full-time equivalents without absence that does not count. `calendar`: from the
    first day to the last of the whole training, whatever was done in it."""
    elective: bool = False
    """Concerns only those who have chosen it."""

    @model_validator(mode="after")
    def _a_limit_is_given(self) -> Duration:
        if self.at_least is None and self.at_most is None:
            raise content_fault("limit_missing", at=("at_least",))
        if self.at_least and self.at_most and self.at_most < self.at_least:
            raise content_fault("range_reversed", at=("at_most",))
        return self


class Order(Requirement):
    """Which section comes first or last."""

    kind: Literal["order"]
    first: SectionCode | None = None
    first_months: MonthCount | None = None
    """At least so long, without another section between."""
    last: SectionCode | None = None
    last_months: MonthCount | None = None
    same_unit: bool = False
    """First and last at one and the same unit."""

    @model_validator(mode="after")
    def _first_or_last_is_given(self) -> Order:
        if self.first is None and self.last is None:
            raise content_fault("limit_missing", at=("first",))
        return self


class Cadence(Scoped):
    """Something that shall come back: so many times, or so many minutes, in every window."""

    kind: Literal["cadence"]
    of: Literal["supervision", "talk", "activity"]
    forms: Annotated[tuple[SupervisionForm, ...], Field(max_length=4)] = ()
    """For supervision: individual, in group …; empty: any."""
    talks: Annotated[tuple[TalkKind, ...], Field(max_length=10)] = ()
    activity: Slug | None = None
    """For activities: the `course_id` that an education record names."""
    topics: Annotated[tuple[Slug, ...], Field(max_length=20)] = ()
    """For supervision: only sessions where one of these was taken up."""
    documented: bool = False
    """For supervision: only sessions with a note, a topic, a goal or an agreement."""
    per: Window
    every: Annotated[int, Field(strict=True, ge=1, le=26)] = 1
    """How many weeks or months make one window."""
    times: Count | None = None
    minutes: Annotated[int, Field(strict=True, ge=1, le=4800)] | None = None

    @model_validator(mode="after")
    def _one_measure(self) -> Cadence:
        if (self.times is None) == (self.minutes is None):
            raise content_fault("times_or_minutes", at=("times",))
        if self.every > 1 and self.per not in ("week", "month"):
            raise content_fault("every_needs_weeks", at=("every",))
        if self.of == "activity" and self.activity is None:
            raise content_fault("activity_missing", at=("activity",))
        if self.of == "talk" and not self.talks:
            raise content_fault("talks_missing", at=("talks",))
        return self


class Hours(Scoped):
    """Time for teaching and study, on average over a longer window."""

    kind: Literal["hours"]
    at_least: HourCount
    per: Literal["week", "month"]
    over: Literal["week", "month", "term"] = "month"
    """The window in which the average is taken."""
    education: Annotated[tuple[EducationKind, ...], Field(max_length=10)] = ()
    supervision: Annotated[tuple[SupervisionForm, ...], Field(max_length=4)] = ()
    """Forms of supervision whose time counts too."""

    @model_validator(mode="after")
    def _something_counts(self) -> Hours:
        if not self.education and not self.supervision:
            raise content_fault("limit_missing", at=("education",))
        if self.per == "month" and self.over == "week":
            raise content_fault("average_too_short", at=("over",))
        return self


class Course(Requirement):
    """A named course or event, of so many days."""

    kind: Literal["course"]
    course_id: Slug
    """The `course_id` that an education record names."""
    days: Annotated[float, Field(gt=0, le=60)] | None = None
    """Total length; None: taking part is enough."""
    during: Annotated[tuple[SectionCode, ...], Field(max_length=10)] = ()
    within_months: MonthCount | None = None
    """Done at the latest so long after the training began."""


class Milestone(Scoped):
    """Something that shall happen once at a certain point."""

    kind: Literal["milestone"]
    record: Literal["talk", "introduction", "letter", "evaluation", "certificate", "support_plan"]
    talks: Annotated[tuple[TalkKind, ...], Field(max_length=10)] = ()
    introduction: IntroductionKind | None = None
    told: Annotated[tuple[RoleKind, ...], Field(max_length=6)] = ()
    """For a support plan: roles that shall have been told."""
    of: Literal["training", "section", "placement"] = "placement"
    at: Literal["start", "half", "end"] | MonthCount = "end"
    """A point of that stretch; a number is months served of it."""
    before_days: Annotated[Days, Field(le=400)] = 0
    """Due so many days before that point."""
    opens_days: Annotated[Days, Field(le=400)] | None = None
    """What lies more than so many days before that is about something else; None: nothing is."""
    grace_days: Annotated[Days, Field(le=400)] = 0
    """Late only when so many days have gone since it was due."""

    @model_validator(mode="after")
    def _the_record_is_named(self) -> Milestone:
        if self.record == "talk" and not self.talks:
            raise content_fault("talks_missing", at=("talks",))
        if self.record == "introduction" and self.introduction is None:
            raise content_fault("introduction_missing", at=("introduction",))
        if self.record == "support_plan" and not self.told:
            raise content_fault("told_missing", at=("told",))
        return self


class Assessment(Scoped):
    """So many filled-in and signed assessments of some instruments."""

    kind: Literal["assessment"]
    instruments: Annotated[tuple[Slug, ...], Field(min_length=1, max_length=10)]
    times: Count = 1
    per: Literal["week", "placement", "section", "training"]
    every: Annotated[int, Field(strict=True, ge=1, le=26)] = 1
    approved_item: Slug | None = None
    """The item whose answer says that it is approved."""
    approved_answers: Annotated[tuple[Answer, ...], Field(max_length=10)] = ()
    section_field: Slug | None = None
    """The context field that names the section, where the form has one."""
    by_specialist: bool = False
    not_by_supervisor: bool = False

    @model_validator(mode="after")
    def _approval_is_whole(self) -> Assessment:
        if bool(self.approved_item) != bool(self.approved_answers):
            raise content_fault("approval_incomplete", at=("approved_item",))
        if self.every > 1 and self.per != "week":
            raise content_fault("every_needs_weeks", at=("every",))
        return self


Quality = Literal[
    "named", "licensed", "specialist", "late_st", "st", "supervisor_course",
    "recent_course", "consultation_course", "presence", "permanent", "same_unit",
    "same_throughout", "approved_unit", "consulted", "degree_before_start",
]  # fmt: skip


class Qualification(Scoped):
    """What someone must be: all of these, and at least one of those."""

    kind: Literal["qualification"]
    who: Literal["supervisor", "main_supervisor", "signer", "delegate", "unit", "trainee"]
    all_of: Annotated[tuple[Quality, ...], Field(max_length=10)] = ()
    any_of: Annotated[tuple[Quality, ...], Field(max_length=10)] = ()
    specialty: Annotated[Label, Field(max_length=60)] | None = None
    """Which specialty `specialist` means; None: any."""
    presence_percent: Percent = 60
    within_years: Annotated[int, Field(strict=True, ge=1, le=20)] = 1
    """How old a course or a yearly approval may be, where an age matters."""

    @model_validator(mode="after")
    def _something_is_asked(self) -> Qualification:
        if not self.all_of and not self.any_of:
            raise content_fault("limit_missing", at=("all_of",))
        return self


class Kollegium(Scoped):
    """The trainee is taken up at a kollegium so many times in every window."""

    kind: Literal["kollegium"]
    times: Count = 1
    per: Literal["quarter", "half_year", "term", "year", "placement", "section", "training"]


class Leave(Requirement):
    """Paid leave for something: how much at most, how long ahead it is applied for."""

    kind: Literal["leave"]
    of: Literal["course", "exam"]
    kinds: Annotated[tuple[AbsenceKind, ...], Field(min_length=1, max_length=7)]
    """Kinds of absence that such leave is entered as."""
    max_days: Count
    """Working days over the whole training; for the exam: at each sitting."""
    notice_days: Annotated[Days, Field(le=400)] = 0
    """Applied for at least so many days before the first day."""


class Account(Requirement):
    """A sum of money for the trainee's own development."""

    kind: Literal["account"]
    amount_kr: Annotated[int, Field(strict=True, ge=1, le=1_000_000)]
    receipt_months: Annotated[int, Field(strict=True, ge=1, le=60)] | None = None
    """How old an original receipt may be when it is paid."""
    approved_first: bool = False
    capital_goods: bool = True
    """Whether capital goods may be bought."""
    buys: Annotated[tuple[AccountPurpose, ...], Field(max_length=7)] = ()
    """What the plan names as uses of it; other uses are not forbidden by that."""
    refuses: Annotated[tuple[AccountPurpose, ...], Field(max_length=7)] = ()
    """What it may not be used for."""


class Absence(Scoped):
    """How much absence a placement or a training bears before someone must be told, or how an
    absence from compulsory teaching is accounted for."""

    kind: Literal["absence"]
    of: Literal["service", "teaching"] = "service"
    kinds: Annotated[tuple[AbsenceKind, ...], Field(max_length=7)] = ()
    """Empty: every kind."""
    max_days: Annotated[Days, Field(le=400)] = 0
    """Working days."""
    per: Literal["placement", "training"] = "placement"
    contact: RoleKind = RoleKind.STUDIEREKTOR
    """Who shall be told when it is more."""


class Exam(Requirement):
    """The kunskapsprov: when one may sit it, and that it is passed."""

    kind: Literal["exam"]
    months_served: MonthCount
    months_each: MonthCount
    sections: Annotated[tuple[SectionCode, ...], Field(min_length=1, max_length=6)]
    instruments: Annotated[tuple[Slug, ...], Field(min_length=1, max_length=10)]
    """The medsittning's form, once approved in each section."""
    approved_item: Slug | None = None
    approved_answers: Annotated[tuple[Answer, ...], Field(max_length=10)] = ()
    section_field: Slug | None = None
    valid_sittings: Annotated[int, Field(strict=True, ge=1, le=10)]
    """How many sittings the medsittningar are good for."""


AnyRequirement = Annotated[
    Duration
    | Order
    | Cadence
    | Hours
    | Course
    | Milestone
    | Assessment
    | Qualification
    | Kollegium
    | Leave
    | Account
    | Absence
    | Exam,
    Field(discriminator="kind"),
]
