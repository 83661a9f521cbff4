"""联名代表 on a sheet: picked one after the other by a few letters, or written in one line."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QTimer

from lianxin.domain.records import Opinion, Supervision
from lianxin.office.desk import Desk
from lianxin.office.suggestions.suggestion import deputies_named
from lianxin.ui.form import FormFields
from lianxin.ui.pick_editor import Lookup

_BETWEEN = "、"


class JointFields:
    """Two parts of a sheet: a field to pick from, which empties itself into the line of names below it.

    Enter in the empty field leads on, so that a list of names is typed without the mouse: lzm Enter xgm Enter Enter.
    """

    def __init__(
        self, office: Desk, lookup: Lookup, *, labels: tuple[str, str] = ("添加联名", "联名代表")
    ) -> None:
        self._office = office
        self.pick = FormFields(
            Opinion, ["person"], today=office.today, lookup=lookup, labels={"person": labels[0]}
        )
        self.pick.set_hint("person", "回车加入")
        # Names of several deputies in one line; read by the roster when it is saved.
        self.line = FormFields(Supervision, ["deputies"], today=office.today, labels={"deputies": labels[1]})
        self.pick.changed.connect(self._picked)
        self.parts = (self.pick, self.line)

    def names(self) -> list[str]:
        """The names in the line, in order."""
        words = self.line.value("deputies").replace("，", _BETWEEN).replace(",", _BETWEEN)
        return [name.strip() for name in words.split(_BETWEEN) if name.strip()]

    def start(self, names: Iterable[str]) -> None:
        """Begin with these names."""
        self.line.set_typed({"deputies": _BETWEEN.join(names)})

    def read(self) -> list[str] | None:
        """The uids of the deputies named; None, with the problem shown, when somebody is not in the roster."""
        loose = self.pick.row("person").editor.loose_words()
        if loose:
            self.pick.show_problems({"person": f"“{loose}”还没有加入，请从列表里选一位，或清空这一栏"})
            return None
        with self._office.store.reading() as reading:
            found, strange = deputies_named(reading, _BETWEEN.join(self.names()))
        self.show_problem(strange)
        return None if strange else found

    def set_hint(self, words: str) -> None:
        """Say something beside the line."""
        self.line.set_hint("deputies", words)

    def show_problem(self, words: str) -> None:
        """Write a problem beside the line, "" for none."""
        self.line.show_problems({"deputies": words} if words else {})

    def focus_first(self) -> None:
        """Go to the field to pick from."""
        self.pick.focus_first()

    def _picked(self, _wire: str) -> None:
        if not self.pick.value("person"):
            return
        name = self.pick.row("person").editor.shown()
        if name and name not in self.names():
            self.line.set_value("deputies", _BETWEEN.join([*self.names(), name]))
        self.pick.set_typed({"person": ""})
        # The Enter that takes a name leads on as well; the next name is typed here.
        QTimer.singleShot(0, self.pick.focus_first)
