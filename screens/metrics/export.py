"""As what the figures are printed, with or without names, and where to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Button, Input, Static

from at_tui.language import text
from screens.text import safe
from screens.widgets.choice_field import ChoiceField, Option
from screens.widgets.folder_line import folder_in, folder_line
from screens.widgets.keys import bind
from screens.widgets.page import Dialog

if TYPE_CHECKING:
    from at_tui.metrics.figure import Figure
    from schema.content.metrics import MetricSet

PDF, XLSX = "pdf", "xlsx"
_WITH, _WITHOUT = "with", "without"


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """Folder, kind of file, and whether people behind the figures are named."""

    folder: Path
    form: str
    names: bool


def write(
    choice: ExportChoice, metrics: MetricSet, year: int, figures: Sequence[Figure], *, on: date
) -> Path:
    """Write the figures and return where they lie. Slow: call it in a thread.

    Raises:
        Fault: `print.not_written`.
    """
    from at_tui.printing import file_name, write_document

    if choice.form == PDF:
        from at_tui.documents.gather_metrics import metrics_report
        from at_tui.documents.metrics import metrics_pdf

        content = metrics_pdf(metrics_report(metrics, year, figures, on=on, names=choice.names))
    else:
        from at_tui.metrics.workbook import metrics_xlsx

        content = metrics_xlsx(metrics, year, figures, on=on, names=choice.names)
    words = text("metrics.export.file", year=year, region=metrics.region)
    return write_document(choice.folder, file_name(words, ending=choice.form), content)


class ExportDialog(Dialog[ExportChoice]):
    """Dismissed with the choice, or None."""

    DEFAULT_CSS = """
    ExportDialog Horizontal { height: 1; margin-bottom: 1; }
    ExportDialog .label { width: 14; color: $text-muted; }
    ExportDialog .problem { height: auto; padding: 0 0 1 14; display: none; }
    ExportDialog #print { margin-left: 14; }
    """
    BINDINGS: ClassVar[list[Any]] = [bind("ctrl+s,f2", "print", "metrics.print")]

    def body(self) -> ComposeResult:
        """Lay out the questions."""
        forms = [Option(PDF, text("metrics.export.pdf")), Option(XLSX, text("metrics.export.xlsx"))]
        names = [
            Option(_WITHOUT, text("metrics.export.without")),
            Option(_WITH, text("metrics.export.with")),
        ]
        with Horizontal():
            yield Static(text("metrics.export.form"), classes="label", markup=False)
            yield ChoiceField(forms, PDF, optional=False, id="form")
        with Horizontal():
            yield Static(text("metrics.export.names"), classes="label", markup=False)
            yield ChoiceField(names, _WITHOUT, optional=False, id="names")
        yield from folder_line()
        yield Button(safe(text("metrics.export.button")), id="print", compact=True)

    def on_mount(self) -> None:
        """Begin on the button: the rest is usually right."""
        self.query_one("#print", Button).focus()

    @on(Input.Submitted)
    @on(Button.Pressed)
    def action_print(self) -> None:
        """Take the choice; a file is no folder."""
        folder = folder_in(self)
        if folder is None:
            return
        form = self.query_one("#form", ChoiceField).value
        names = self.query_one("#names", ChoiceField).value == _WITH
        self.dismiss(ExportChoice(folder, form, names))
