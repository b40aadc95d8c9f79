"""Which kinds of content file there are: one line here plugs a new kind in.

The first key of a content file, `kind = "instrument"`, picks the line. The models are named as
text and imported when the first file of their kind is read: importing pydantic costs about
0.1 s, which no start of the programme should pay.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from schema.content.base import ContentFile


@dataclass(frozen=True)
class Kind:
    """One kind of content file."""

    folder: str
    """Folder under `data/`, and under the user's content folder."""
    model: str
    """`module:Class` of the model that checks it."""

    def model_class(self) -> type[ContentFile]:
        """Import and return the model."""
        module, _, name = self.model.partition(":")
        found: type[ContentFile] = getattr(import_module(module), name)
        return found


KINDS: dict[str, Kind] = {
    "curriculum": Kind("curricula", "schema.content.curriculum:Curriculum"),
    "instrument": Kind("instruments", "schema.content.instrument:Instrument"),
    "exam": Kind("exams", "schema.content.exam:ExamRules"),
    "prompts": Kind("prompts", "schema.content.prompts:PromptSet"),
    "programme": Kind("programmes", "schema.content.programme:Programme"),
    "talk": Kind("talks", "schema.content.talk_guide:TalkGuide"),
    "introduction": Kind("introductions", "schema.content.introduction:IntroductionGuide"),
    "triage": Kind("triage", "schema.content.triage:TriageRules"),
    "metrics": Kind("metrics", "schema.content.metrics:MetricSet"),
}
