"""From a check of the certificate to the page on which it is mended."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from at_tui.certificate import Fix
from screens import ways

if TYPE_CHECKING:
    from schema.tables import Placement
    from screens.trainee.reading import TraineeFile


def way_to(
    fix: Fix,
    file: TraineeFile,
    placement: Placement,
    signer_id: str | None,
    *,
    whole: bool = False,
) -> Screen[Any]:
    """Return the page on which a fault is mended; KeyError for those mended on the certificate.

    Args:
        placement: The placement it is about.
        whole: Whether the certificate is of the whole training.
    """
    # Pages are imported when they are opened: each takes 20 to 60 ms.
    from screens.goals import GoalsScreen
    from screens.person_forms import PersonForm
    from screens.placements_training import TrainingForm
    from screens.trainee_forms import TraineeForm

    training, trainee = file.folder.training.id, file.folder.trainee.id
    section = str(placement.section)
    pages: dict[Fix, Callable[[], Screen[Any]]] = {
        Fix.PLACEMENT: lambda: ways.page(training, "placements"),
        Fix.ABSENCE: lambda: ways.page(training, "placements"),
        Fix.SUPERVISOR: lambda: ways.page(training, "placements"),
        Fix.TRAINING: lambda: TrainingForm(training),
        Fix.GOALS: lambda: GoalsScreen(training, section="" if whole else section, lacking=True),
        Fix.PERSON: lambda: PersonForm(signer_id),
        Fix.TRAINEE: lambda: TraineeForm(trainee),
        Fix.ASSESSMENTS: lambda: ways.page(training, "assessments"),
        Fix.TIME: lambda: ways.yardsticks(training),
        Fix.CERTIFICATES: lambda: ways.certificate(training, placement.id),
        Fix.EXAM: lambda: ways.exam(training),
        Fix.TALKS: lambda: ways.talks(training),
    }
    return pages[fix]()
