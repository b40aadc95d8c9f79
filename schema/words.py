"""The closed sets of words that records use. Screen names for them stand in the catalogue
`at_tui/language/sv/word.toml` under `word.<class>.<value>`."""

from __future__ import annotations

from enum import StrEnum


class SectionCode(StrEnum):
    """Tjänstgöringsavsnitt (SOSFS 1999:5, 3–6 kap.) and the goals that reach over all of them."""

    ALLMAN = "allman"
    OPERERANDE = "opererande"
    INVARTES = "invartes"
    PSYKIATRI = "psykiatri"
    ALLMANMEDICIN = "allmanmedicin"
    AKUT = "akut"
    """Akutsjukvård: a placement of its own in BT, and in some regions' AT."""
    ANNAN = "annan"


class Kind(StrEnum):
    """What the training is: each is a programme with its own curriculum."""

    AT = "AT"
    BT = "BT"


class RoleKind(StrEnum):
    HANDLEDARE = "handledare"
    HUVUDHANDLEDARE = "huvudhandledare"
    KLINISK_HANDLEDARE = "klinisk_handledare"
    STUDIEREKTOR = "studierektor"
    AT_CHEF = "at_chef"
    VERKSAMHETSCHEF = "verksamhetschef"
    AT_ANSVARIG = "at_ansvarig"
    """AT-ansvarig läkare of a unit, in Jönköping utbildningsansvarig läkare."""
    SAMORDNARE = "samordnare"
    EXAMINATOR = "examinator"
    MENTOR = "mentor"
    AT_RAD = "at_rad"


class SupervisionStatus(StrEnum):
    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class SupervisionForm(StrEnum):
    INDIVIDUAL = "individual"
    GROUP = "group"
    REFLECTION = "reflection"
    MENTOR = "mentor"


class CancelReason(StrEnum):
    """Why a planned session was not held; one letter each on screen."""

    WORKLOAD = "workload"
    SUPERVISOR_ILL = "supervisor_ill"
    TRAINEE_ILL = "trainee_ill"
    LEAVE = "leave"
    COURSE = "course"
    OTHER = "other"


class AgreementOwner(StrEnum):
    TRAINEE = "trainee"
    SUPERVISOR = "supervisor"
    DIRECTOR = "director"
    OTHER = "other"


class AbsenceKind(StrEnum):
    """Kind of absence; never a diagnosis. Whether it counts as served is the programme's rule."""

    SEMESTER = "semester"
    SJUK = "sjuk"
    FORALDRALEDIG = "foraldraledig"
    TJANSTLEDIG = "tjanstledig"
    JOURKOMP = "jourkomp"
    KURS = "kurs"
    ANNAN = "annan"


class AccountPurpose(StrEnum):
    """What the development account is used for."""

    MEETING = "meeting"
    """AT-stämma, Riksstämma."""
    COURSE = "course"
    """Medical course or conference."""
    BOOK = "book"
    JOURNAL = "journal"
    CAPITAL = "capital"
    """Capital goods: computer, telephone, instruments."""
    CASH = "cash"
    OTHER = "other"


class LockStatus(StrEnum):
    """Life of a record that is signed. Everything but a draft is locked."""

    DRAFT = "draft"
    SIGNED = "signed"
    CORRECTED = "corrected"
    """A newer version names this one (rättelse); it stays readable."""
    VOIDED = "voided"
    """Makulerad with a reason; it stays readable."""


class Meaning(StrEnum):
    """What a signature says."""

    ASSESSES = "assesses"
    CERTIFIES = "certifies"
    TAKES_PART = "takes_part"


class Level(StrEnum):
    """Competence level of a goal."""

    A = "A"
    """självständigt kunna"""
    B = "B"
    """god kännedom om och viss erfarenhet av"""
    C = "C"
    """kännedom om"""


class EducationKind(StrEnum):
    LECTURE = "lecture"
    FORMAL_TEACHING = "formal_teaching"
    """Scheduled teaching that is no lecture: seminars, cases, theme days."""
    COURSE = "course"
    CLINIC_TEACHING = "clinic_teaching"
    SELF_STUDY = "self_study"
    CONFERENCE = "conference"
    SKILLS_TRAINING = "skills_training"


class TalkKind(StrEnum):
    MITTSAMTAL = "mittsamtal"
    HALVTID = "halvtid"
    MEDARBETARSAMTAL = "medarbetarsamtal"
    SLUTSAMTAL = "slutsamtal"
    MONTH_3 = "month_3"
    MONTH_12 = "month_12"
    MONTH_15 = "month_15"
    MONTH_17 = "month_17"
    AT_CHEF = "at_chef"
    PLANERING = "planering"


class IntroductionKind(StrEnum):
    GEMENSAM = "gemensam"
    KLINIK = "klinik"
    AKUTMOTTAGNING = "akutmottagning"


class Outcome(StrEnum):
    """What a kollegium decides about one trainee."""

    ON_TRACK = "on_track"
    TALK = "talk"
    SUPPORT_PLAN = "support_plan"
    THIN_EVIDENCE = "thin_evidence"
    COME_BACK = "come_back"


class MeetingRhythm(StrEnum):
    """How often a kollegium meets."""

    QUARTERLY = "quarterly"
    TWICE_A_TERM = "twice_a_term"
    HALF_YEARLY = "half_yearly"
    RECONCILIATION = "reconciliation"
    """Avstämning twice a year."""


class CertificateKind(StrEnum):
    PLACEMENT = "placement"
    TRAINING = "training"


class Sex(StrEnum):
    """Sex of applicants, as figures are reported; never worked out from a personnummer."""

    WOMAN = "woman"
    MAN = "man"
    NOT_STATED = "not_stated"
