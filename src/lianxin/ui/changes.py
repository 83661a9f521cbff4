"""What changed, told once to everybody who shows it; no page tells another page to refresh."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import Shiboken

Follower = Callable[[frozenset[str]], None]


class ChangeHub(QObject):
    """Takes the kinds a write changed and tells the followers of those kinds, once per turn of the window."""

    changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._followers: list[tuple[frozenset[str], Follower, QObject]] = []
        self._waiting: set[str] = set()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.flush)

    def follow(self, kinds: Iterable[str], follower: Follower, *, owner: QObject) -> None:
        """Call `follower(changed kinds)` when one of these kinds changes, as long as `owner` lives.

        No kinds at all means every kind.
        """
        self._followers.append((frozenset(kinds), follower, owner))

    def tell(self, kinds: Iterable[str]) -> None:
        """Say that records of these kinds were written; followers hear of it when the window is next idle."""
        self._waiting.update(kinds)
        if self._waiting:
            self._soon.start()

    def flush(self) -> None:
        """Tell the followers now."""
        self._soon.stop()
        kinds = frozenset(self._waiting)
        self._waiting.clear()
        if not kinds:
            return
        self._followers = [known for known in self._followers if Shiboken.isValid(known[2])]
        for wanted, follower, owner in list(self._followers):
            concerned = kinds & wanted if wanted else kinds
            if concerned and Shiboken.isValid(owner):
                follower(concerned)
        self.changed.emit(kinds)
