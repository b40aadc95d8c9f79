"""The ways from page to page.

Pages are imported when they are first opened: the first page must not wait for them (20 to 60 ms
each, and they bring Textual's text area with them).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.screen import Screen

if TYPE_CHECKING:
    from at_tui.kollegium.whole import Cohort
    from screens.desk import Leads


def page(training_id: str, tab: str = "overview") -> Screen[Any]:
    """Return a trainee's page, open on a tab."""
    from screens.trainee.page import TraineePage

    return TraineePage(training_id, tab=tab)


def session(training_id: str, supervision_id: str | None) -> Screen[Any]:
    """Return the form of a session: a planned one, or one of its own."""
    from screens.session import SessionScreen

    return SessionScreen(training_id, supervision_id=supervision_id)


def assessment(training_id: str, instrument_id: str | None, assessment_id: str | None) -> Leads:
    """Return what leads to a form, to choose, to fill in or to read."""
    from screens.assessment import FormWay

    return FormWay(training_id, instrument_id=instrument_id, assessment_id=assessment_id)


def goals(training_id: str) -> Screen[Any]:
    """Return the goals of a training."""
    from screens.goals import GoalsScreen

    return GoalsScreen(training_id)


def certificate(training_id: str, placement_id: str | None) -> Screen[Any]:
    """Return the certificate of a placement."""
    from screens.certificate import CertificateScreen

    return CertificateScreen(training_id, placement_id=placement_id)


def final_certificate(training_id: str) -> Screen[Any]:
    """Return the certificate of a whole training."""
    from screens.certificate_final import FinalCertificateScreen

    return FinalCertificateScreen(training_id)


def archive(training_id: str) -> Screen[Any]:
    """Return the page where the trainee's own archive is made."""
    from screens.archive import ArchivePage

    return ArchivePage(training_id)


def trainees() -> Screen[Any]:
    """Return the list of all trainees."""
    from screens.trainees import Trainees

    return Trainees()


def new_trainee() -> Screen[Any]:
    """Return the form for a new trainee."""
    from screens.trainee_forms import NewTrainee

    return NewTrainee()


def import_group() -> Screen[Any]:
    """Return the import of a start group."""
    from screens.import_group import ImportGroup

    return ImportGroup()


def new_person() -> Screen[Any]:
    """Return the form for a new supervisor."""
    from screens.person_forms import PersonForm

    return PersonForm()


def new_unit() -> Screen[Any]:
    """Return the form for a new unit."""
    from screens.person_forms import UnitForm

    return UnitForm()


def what_if(training_id: str) -> Screen[Any]:
    """Return the page where leave or part-time is tried out."""
    from screens.what_if import WhatIfPage

    return WhatIfPage(training_id)


def yardsticks(training_id: str) -> Screen[Any]:
    """Return the time served against the three yardsticks."""
    from screens.yardsticks import YardsticksPage

    return YardsticksPage(training_id)


def compare(training_id: str | None = None) -> Screen[Any]:
    """Return two programmes side by side; with a training, its own at the left."""
    from screens.compare import ComparePage

    return ComparePage(training_id)


def settings() -> Screen[Any]:
    """Return the user's settings."""
    from screens.settings import SettingsPage

    return SettingsPage()


def backups() -> Screen[Any]:
    """Return the copies of the file."""
    from screens.backups import Backups

    return Backups()


def cohort() -> Screen[Any]:
    """Return everyone in service, with those who need a talk first."""
    from screens.kollegium.cohort import CohortPage

    return CohortPage()


def coverage(known: Cohort | None = None) -> Screen[Any]:
    """Return the map of supervision; of a cohort that has been read, or read anew."""
    from screens.kollegium.coverage import CoveragePage

    return CoveragePage(known)


def chase(known: Cohort | None = None) -> Screen[Any]:
    """Return who owes what; of a cohort that has been read, or read anew."""
    from screens.kollegium.chase import ChasePage

    return ChasePage(known)


def meetings() -> Screen[Any]:
    """Return the meetings and their series."""
    from screens.kollegium.meetings import MeetingsPage

    return MeetingsPage()


def triage_rules(known: Cohort | None = None) -> Screen[Any]:
    """Return the rules that sort the cohort."""
    from screens.kollegium.rules import RulesPage

    return RulesPage(known)


def kollegium_live(meeting_id: str) -> Screen[Any]:
    """Return a meeting to be held: who is there and who is taken up, then doctor by doctor."""
    from screens.kollegium.live_start import KollegiumStart

    return KollegiumStart(meeting_id)


def kollegium_after(meeting_id: str) -> Screen[Any]:
    """Return what a meeting decided, with what is printed, done and corrected after it."""
    from screens.kollegium.after import KollegiumAfter

    return KollegiumAfter(meeting_id)


def support_plan(plan_id: str) -> Screen[Any]:
    """Return one stödplan, for who may see it."""
    from screens.kollegium.support_plan import PlanPage

    return PlanPage(plan_id)


def support_plans(training_id: str) -> Screen[Any]:
    """Return the stödplaner of a training that the one at the keyboard may see."""
    from screens.kollegium.support import SupportPlans

    return SupportPlans(training_id)


def education(training_id: str) -> Screen[Any]:
    """Return the education of a training."""
    from screens.education.page import EducationPage

    return EducationPage(training_id)


def occasions() -> Screen[Any]:
    """Return the occasions that groups are called to."""
    from screens.education.occasions import OccasionsPage

    return OccasionsPage()


def retention() -> Screen[Any]:
    """Return what is past its time, and everyone whose records can be disclosed or erased."""
    from screens.retention import RetentionPage

    return RetentionPage()


def disclose(training_id: str, *, person_id: str = "") -> Screen[Any]:
    """Return everything that is kept about one person."""
    from screens.disclose import DisclosePage

    return DisclosePage(training_id, person_id=person_id)


def erase(training_id: str, *, person_id: str = "") -> Screen[Any]:
    """Return the erasure of what is kept about one person."""
    from screens.erase import ErasePage

    return ErasePage(training_id, person_id=person_id)


def account(training_id: str) -> Screen[Any]:
    """Return the development account and leave of a training."""
    from screens.account.page import AccountPage

    return AccountPage(training_id)


def accounts() -> Screen[Any]:
    """Return all development accounts, with the applications that wait."""
    from screens.account.overview import AccountsPage

    return AccountsPage()


def evaluations() -> Screen[Any]:
    """Return the evaluations of units and lectures."""
    from screens.evaluations.overview import EvaluationsPage

    return EvaluationsPage()


def evaluate(training_id: str | None = None) -> Screen[Any]:
    """Return what a trainee may evaluate now; without a training, any unit."""
    from screens.evaluations.choose import EvaluatePage

    return EvaluatePage(training_id)


def talks(training_id: str) -> Screen[Any]:
    """Return the longer talks of a training."""
    from screens.talks.overview import TalksPage

    return TalksPage(training_id)


def talk(training_id: str, kind: str, placement_id: str | None = None) -> Screen[Any]:
    """Return the page of a talk that is to be held: the one that is begun or booked, or a new."""
    from screens.talks.opening import talk_page

    return talk_page(training_id, kind, placement_id)


def introductions(training_id: str) -> Screen[Any]:
    """Return the introductions of a training."""
    from screens.introductions.overview import IntroductionsPage

    return IntroductionsPage(training_id)


def metrics() -> Screen[Any]:
    """Return the figures of the year."""
    from screens.metrics.page import MetricsPage

    return MetricsPage()


def recruitment(year: int | None = None) -> Screen[Any]:
    """Return the rounds of recruitment of a year."""
    from screens.metrics.rounds import RoundsPage

    return RoundsPage(year)


def imports() -> Screen[Any]:
    """Return the imports that were made."""
    from screens.imports import Imports

    return Imports()


def exam(training_id: str) -> Screen[Any]:
    """Return when a trainee can sit the kunskapsprov, and what stops it."""
    from screens.exam.page import ExamPage

    return ExamPage(training_id)


def exam_dates() -> Screen[Any]:
    """Return the days of the kunskapsprov."""
    from screens.exam.dates import ExamDates

    return ExamDates()


def exams() -> Screen[Any]:
    """Return who can sit the kunskapsprov on its next day."""
    from screens.exam.overview import ExamsPage

    return ExamsPage()


def export_lists() -> Screen[Any]:
    """Return the export of lists for other programs."""
    from screens.export_lists import ExportLists

    return ExportLists()


def calendar_file(training_id: str | None = None) -> Screen[Any]:
    """Return the dates as a calendar file: a training's, or everybody's."""
    from screens.calendar_file import CalendarFile

    return CalendarFile(training_id)


def placement(training_id: str, placement_id: str) -> Screen[Any]:
    """Return the form of a placement."""
    from screens.placements import PlacementForm

    return PlacementForm(training_id, placement_id)


def units() -> Screen[Any]:
    """Return the register of units."""
    from screens.register.units import UnitsPage

    return UnitsPage()


def supervisors() -> Screen[Any]:
    """Return the register of supervisors."""
    from screens.register.supervisors import SupervisorsPage

    return SupervisorsPage()


def gaps() -> Screen[Any]:
    """Return what lacks among units and supervisors."""
    from screens.register.gap_list import GapsPage

    return GapsPage()


def unit(unit_id: str) -> Screen[Any]:
    """Return one unit."""
    from screens.register.unit_page import UnitPage

    return UnitPage(unit_id)


def person(person_id: str) -> Screen[Any]:
    """Return one supervisor."""
    from screens.register.person_page import PersonPage

    return PersonPage(person_id)
