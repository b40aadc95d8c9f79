"""From a training's records to what stands on its documents: one gatherer for each.

`certificate_pdf(certificate_of(folder, placement_id, …))` and its like are what screens and the
command line print with. They read records only; the caller reads the content files, by the
versions that the training and the form were made under.
"""

from __future__ import annotations

from at_tui.documents.gather_assessment import assessment_of, other_version
from at_tui.documents.gather_certificate import certificate_of, in_force, months_in
from at_tui.documents.gather_log import log_of, topic_words
from at_tui.documents.gathering import Region, goal_words, number_of

__all__ = [
    "Region",
    "assessment_of",
    "certificate_of",
    "goal_words",
    "in_force",
    "log_of",
    "months_in",
    "number_of",
    "other_version",
    "topic_words",
]
