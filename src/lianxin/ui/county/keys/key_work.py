"""Steps with keys on the county's pages: done beside the window, their refusals said where they were asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QLabel, QWidget

from lianxin.ui.jobs import Cancel, Progress
from lianxin.ui.pages import Desk
from lianxin.ui.pieces import label, set_look
from lianxin.ui.settings.county_link_refusals import REFUSALS, told

T = TypeVar("T")


class KeyWork:
    """A line that says what came of the last step; `start` does the next one while `holder` is held still."""

    def __init__(self, window: Desk, holder: QWidget) -> None:
        self._window, self._holder = window, holder
        self.words: QLabel = label("", wrap=True)
        self.words.hide()

    def start(self, work: Callable[[], T], title: str, done: Callable[[T], None]) -> None:
        """Do a step; `done` follows in the window."""
        self._holder.setEnabled(False)

        def run(_progress: Progress, _cancel: Cancel) -> T:
            return work()

        def came(result: T) -> None:
            self._holder.setEnabled(True)
            done(result)

        def failed(wrong: Exception) -> None:
            self._holder.setEnabled(True)
            if not isinstance(wrong, REFUSALS):
                raise wrong
            self.say(told(wrong), good=False)

        self.say(f"{title}…", good=None)
        self._window.jobs.start(run, title=title, done=came, failed=failed, owner=self._holder)

    def say(self, words: str, *, good: bool | None) -> None:
        """What came of it; None for neither good nor bad."""
        self.words.setText(words)
        set_look(self.words, "soft" if good is None else "good" if good else "problem")
        self.words.setVisible(bool(words))

    def said(self) -> str:
        """What stands there."""
        return self.words.text()
