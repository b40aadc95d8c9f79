"""Tables: one file each. Importing this package imports SQLModel (0.6 to 1.2 s): keep it out of
modules that the screens or the command line need at import."""

from schema.tables.absence import Absence
from schema.tables.account import AccountEntry
from schema.tables.agreement import Agreement
from schema.tables.assessment import Assessment
from schema.tables.base import Lockable, Record
from schema.tables.certificate import Certificate
from schema.tables.education import Education
from schema.tables.evaluation import Evaluation, UnitResponse
from schema.tables.exam import ExamDate, ExamSitting
from schema.tables.goal_mark import GoalMark
from schema.tables.history import Head, Version
from schema.tables.introduction import Introduction
from schema.tables.kollegium import Decision, FrozenEvidence, Kollegium, MeetingSeries
from schema.tables.local import Draft, Meta, Pin
from schema.tables.metric import Metric
from schema.tables.person import Person, Role
from schema.tables.placement import Placement
from schema.tables.recruitment import Recruitment
from schema.tables.signature import Signature
from schema.tables.supervision import Supervision
from schema.tables.support_plan import SupportPlan
from schema.tables.talk import Talk
from schema.tables.trainee import Trainee
from schema.tables.training import Training
from schema.tables.unit import Unit

KINDS: dict[str, type[Record]] = {
    kind.__name__: kind
    for kind in (
        # Referred-to records first: an import or a rebuild can then write them in this order.
        Unit, Person, Role, ExamDate, Trainee, Training, Placement, Absence, Supervision, Agreement,
        Assessment, GoalMark, Education, Talk, Introduction, AccountEntry, ExamSitting,
        MeetingSeries, Kollegium, Decision, FrozenEvidence, SupportPlan, Certificate, Metric,
        Recruitment, Signature, UnitResponse,
    )
}  # fmt: skip
"""Every kind of record that the change history follows, by the name it has there."""

__all__ = [
    "KINDS", "Absence", "AccountEntry", "Agreement", "Assessment", "Certificate", "Decision",
    "Draft", "Education", "Evaluation", "ExamDate", "ExamSitting", "FrozenEvidence", "GoalMark",
    "Head", "Introduction", "Kollegium", "Lockable", "MeetingSeries", "Meta", "Metric",
    "Person", "Pin", "Placement", "Record", "Recruitment", "Role", "Signature", "Supervision",
    "SupportPlan", "Talk", "Trainee", "Training", "Unit", "UnitResponse", "Version",
]  # fmt: skip
