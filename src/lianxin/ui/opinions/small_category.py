"""小类: the smaller categories the county handed down, offered beside the category of a matter."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QLineEdit

from lianxin.domain.records import Opinion
from lianxin.office.desk import Desk
from lianxin.office.handed.handed_down import small_categories
from lianxin.ui.form import FormFields
from lianxin.ui.theme import dress

WIRE = "subcategory"
_MOST_SHOWN = 6


def with_small(office: Desk, lines: tuple[str | tuple[str, ...], ...]) -> list[str | tuple[str, ...]]:
    """The lines of a form with 小类 behind the category; as they are where the county handed none down."""
    if not _offered(office):
        return list(lines)
    at = next(place for place, line in enumerate(lines) if "category" in line)
    return [*lines[: at + 1], WIRE, *lines[at + 1 :]]


class SmallCategory:
    """Offers what stands under the category that is chosen; anything else can be typed, too."""

    def __init__(self, form: FormFields[Opinion], office: Desk) -> None:
        self._form, self._small = form, _offered(office)
        self._model = QStringListModel()
        if not self._small:
            return
        control = form.row(WIRE).editor.control
        if isinstance(control, QLineEdit):
            completer = QCompleter(self._model, control)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
            control.setCompleter(completer)
            if popup := completer.popup():
                # It stands in no window.
                dress(popup)
        form.changed.connect(self._changed)
        self.follow()

    def follow(self) -> None:
        """Offer what stands under the category now."""
        found = self._small.get(self._form.value("category"), ()) if self._small else ()
        self._model.setStringList(list(found))
        if self._small:
            more = "…" if len(found) > _MOST_SHOWN else ""
            self._form.set_hint(
                WIRE, f"如{'、'.join(found[:_MOST_SHOWN])}{more}" if found else "这一类没有小类"
            )

    def _changed(self, wire: str) -> None:
        if wire == "category":
            self.follow()


def _offered(office: Desk) -> Mapping[str, tuple[str, ...]]:
    with office.store.reading() as reading:
        return small_categories(reading)
