"""What every tab of the page is: a part that is filled when it is first shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical
from textual.message import Message

from screens.desk import Desk, Way, desk
from screens.widgets.picker import Picker

if TYPE_CHECKING:
    from screens.trainee.reading import TraineeFile


class Tab(Vertical):
    """One tab. Subclasses compose a `Picker` and give `fill`; the rest is as they need it."""

    NAME: ClassVar[str] = ""
    """The tab's name in code: its id, and its words in the catalogue (`trainee.tab.<name>`)."""
    NEW: ClassVar[bool] = False
    """Whether `n` adds something here."""
    REMOVE: ClassVar[bool] = False
    """Whether Delete takes the row away."""

    DEFAULT_CSS = "Tab { height: 1fr; }"

    class Asked(Message):
        """Another tab is asked for by its name."""

        def __init__(self, tab: str) -> None:
            super().__init__()
            self.tab = tab

    def __init__(self) -> None:
        super().__init__(id=self.NAME)
        self._file: TraineeFile | None = None

    @property
    def file(self) -> TraineeFile:
        """The page's contents."""
        if self._file is None:
            raise RuntimeError("the tab has not been filled")
        return self._file

    @property
    def desk(self) -> Desk:
        """The application, as far as screens know it."""
        return desk(self.app)

    @property
    def picker(self) -> Picker:
        """The tab's list."""
        return self.query_one(Picker)

    def show(self, file: TraineeFile) -> None:
        """Show what is in the file, unless it is shown already."""
        if file is not self._file:
            self._file = file
            self.fill()

    def fill(self) -> None:
        """Draw the tab anew."""
        raise NotImplementedError

    def new(self) -> None:
        """Add what the tab is a list of."""

    def remove_row(self) -> None:
        """Take away what the cursor stands on."""

    def open(self, row_id: str) -> None:
        """Open a row."""

    def go(self, make: Way) -> None:
        """Show a page; this one is read again when it comes back."""
        self.desk.go(make)

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Open the row."""
        event.stop()
        self.open(event.row_id)
