"""The invented organisation: units, those who lead and supervise there, and their roles."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from at_tui.demo.chance import Chance
from at_tui.demo.phrases import bank
from schema.tables import Person, Record, Role, Unit
from schema.words import RoleKind, SectionCode

STAFF = 5
"""Doctors who supervise at each unit, besides its head."""


@dataclass(frozen=True)
class Workplace:
    """A unit with its people and what one learns there."""

    unit: Unit
    section: SectionCode
    specialty: str
    head: Person
    certifier: Person
    """Who signs certificates: the head, or a licensed delegate when the head is no doctor."""
    staff: tuple[Person, ...]
    supervision: str = ""
    """How it lacks today: `unnamed`, nobody is named; `silent`, whoever is named does not meet."""


@dataclass
class Organisation:
    """Everyone and every unit, with the records that say so."""

    hospitals: dict[str, list[Workplace]] = field(default_factory=dict)
    """Clinics by town."""
    centres: list[Workplace] = field(default_factory=list)
    director: Person = field(default_factory=lambda: Person(name="-"))
    chief: Person = field(default_factory=lambda: Person(name="-"))
    records: list[Record] = field(default_factory=list)

    def clinics(self, site: str, section: SectionCode) -> list[Workplace]:
        """Return the clinics of one section at a hospital."""
        return [place for place in self.hospitals[site] if place.section is section]


class _Builder:
    def __init__(self, seed: int, day: date, centres: int) -> None:
        self.chance = Chance("organisation", seed)
        self.day = day
        self.names = self._names()
        self.made = Organisation()
        self.region: str = bank("organisation")["region"]
        # What lacks at the hospitals is for a study director to find, not for a vårdcentral.
        self.lacking = centres > 1
        self.made.director = self._person("studierektor", "allmänmedicin", None)
        self.made.chief = self._person("AT-chef", "internmedicin", None)
        self._role(self.made.director, RoleKind.STUDIEREKTOR, None)
        self._role(self.made.chief, RoleKind.AT_CHEF, None)
        self._role(self._person("AT-samordnare", "", None, doctor=False), RoleKind.SAMORDNARE, None)
        for number, centre in enumerate(bank("organisation")["health_centres"][:centres]):
            place = self._workplace(
                centre["name"], centre["site"], SectionCode.ALLMANMEDICIN, "allmänmedicin",
                "distriktsläkare", doctor_heads=number % 3 != 1,
            )  # fmt: skip
            self.made.centres.append(place)
        for hospital in bank("organisation")["hospitals"]:
            self.made.hospitals[hospital["site"]] = [
                self._workplace(
                    clinic["name"], hospital["site"], SectionCode(clinic["section"]),
                    clinic["specialty"], clinic["title"], doctor_heads=True,
                    supervision=clinic.get("supervision", "") if self.lacking else "",
                )
                for clinic in hospital["clinics"]
            ]  # fmt: skip

    def _names(self) -> list[str]:
        names = bank("names")
        every = [
            f"{given} {family}" for family in names["staff_family"] for given in names["given"]
        ]
        return self.chance.some(every, len(every))

    def _person(
        self, title: str, specialty: str, unit: Unit | None, *, doctor: bool = True
    ) -> Person:
        name = self.names.pop()
        trained = self.day - timedelta(days=self.chance.whole(200, 2600))
        person = Person(
            id=self.chance.record_id(self.day),
            name=name,
            title=title,
            email=_address(name),
            unit_id=unit.id if unit else None,
            licensed=doctor,
            specialty=specialty if doctor else "",
            permanent=True,
            supervisor_course_on=trained if doctor and self.chance.happens(0.85) else None,
            consultation_course_on=trained if doctor and self.chance.happens(0.6) else None,
            presence_percent=self.chance.one([60, 75, 80, 80, 90, 100, 100]) if doctor else 100,
        )
        self.made.records.append(person)
        return person

    def _role(
        self, person: Person, kind: RoleKind, unit: Unit | None, *, by: Person | None = None
    ) -> None:
        role = Role(
            id=self.chance.record_id(self.day),
            person_id=person.id,
            kind=kind,
            unit_id=unit.id if unit else None,
            start=self.day - timedelta(days=400),
            delegated_by_id=by.id if by else None,
        )
        self.made.records.append(role)

    def _workplace(
        self, name: str, site: str, section: SectionCode, specialty: str, title: str,
        *, doctor_heads: bool, supervision: str = "",
    ) -> Workplace:  # fmt: skip
        unit = Unit(
            id=self.chance.record_id(self.day),
            name=name,
            site=site,
            region=self.region,
            approved_on=self.day - timedelta(days=self.chance.whole(30, 300)),
            capacity=self.chance.whole(2, 8),
        )
        self.made.records.append(unit)
        head = self._person("verksamhetschef", specialty, unit, doctor=doctor_heads)
        unit.head_id = head.id
        self._role(head, RoleKind.VERKSAMHETSCHEF, unit)
        staff = tuple(self._person(title, specialty, unit) for _ in range(STAFF))
        for person in staff:
            self._role(person, RoleKind.HANDLEDARE, unit)
        certifier = head
        if not doctor_heads:
            certifier = staff[0]
            self._role(certifier, RoleKind.STUDIEREKTOR, unit, by=head)
        return Workplace(unit, section, specialty, head, certifier, staff, supervision)


def organisation(seed: int, day: date, *, centres: int) -> Organisation:
    """Return the organisation as it is on `day`, with `centres` vårdcentraler."""
    return _Builder(seed, day, centres).made


def _address(name: str) -> str:
    """Return an address in a domain that can never be anyone's (RFC 2606)."""
    plain = str.maketrans("åäöéüáçğşáÅÄÖÉÜÇÁ", "aaoeuacgsaaaoeuca")
    word = "".join(c for c in name.translate(plain).lower().replace(" ", ".") if c.isascii())
    return f"{word.replace(chr(39), '')}@exempel.invalid"
