"""A village or unit that is not on the books, added by its name while a visit is typed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from lianxin.office.desk import Desk as Office
from lianxin.office.reception.visitors import add_named
from lianxin.office.records import undo_changes
from lianxin.store.writing import Change
from lianxin.ui.pages import Desk
from lianxin.ui.reception.visit_form import VisitForm

_KINDS = {"village": ("region", "村（社区）"), "unit": ("unit", "承办单位")}


class AddedNames:
    """Adds what the form asks for, fills it in, offers the way back; `then` when the form was filled."""

    def __init__(self, desk: Desk, office: Office, form: VisitForm, then: Callable[[], None]) -> None:
        self._desk, self._office, self._form, self._then = desk, office, form, then
        form.new_wanted.connect(self.add)

    def add(self, wire: str, words: str) -> None:
        """Put a village or unit of this name on the books and into its field."""
        kind, label = _KINDS[wire]
        uid, changes = add_named(self._office, kind, words)
        self._desk.hub.tell({change.kind for change in changes})
        self._fill(wire, uid)
        self._desk.tell(f"已新增{label}“{words}”", partial(self._undo, changes, wire))
        self._then()

    def _undo(self, changes: tuple[Change, ...], wire: str) -> None:
        undone = undo_changes(self._office, changes)
        self._fill(wire, "")
        self._desk.hub.tell({change.kind for change in undone})

    def _fill(self, wire: str, uid: str) -> None:
        if wire == "unit":
            self._form.unit.set_text(uid)
        else:
            self._form.who.set_value(wire, uid)
