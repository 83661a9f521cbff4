"""Rows of the visit's form for what no unit handles: told where it belongs (告知引导), or settled by a deputy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from lianxin.domain import codes
from lianxin.domain.records import Deed, Routing
from lianxin.office.cases.leading_elsewhere import USUAL_WORDS
from lianxin.office.cases.registering import Raised
from lianxin.ui.editors import ChipsEditor, Editor, LineEditor, LinesEditor
from lianxin.ui.field_row import FieldRow
from lianxin.ui.pick_editor import Lookup, PickEditor, ref_find, ref_name

GUIDING = ("guided", "to_petition")
"""Ways on which the visitor is told where the matter belongs."""
SOLVED = "deputy_solved"
"""The way on which a deputy settled it (代表协调解决), which makes a deed."""
_USUAL_ABOUT = {"guided": "lawsuit", "to_petition": "petition"}


class ElsewhereRows:
    """`rows` in paper order, to be laid out by the form; `show(way)` shows those that belong to the chosen way."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup
        self.about = ChipsEditor([(each.code, each.label) for each in codes.GUIDANCE.codes])
        self.where = LineEditor(placeholder="如县信访局、县人民法院")
        self.telling = ChipsEditor([(each.code, each.label) for each in codes.TELLING.codes])
        self.reason = LinesEditor(least=2, most=5)
        self.deputy = PickEditor(
            ref_find(lookup, "person"), ref_name(lookup, "person"), placeholder="打几个字，或按 ↓ 选"
        )
        self.what = LinesEditor(least=2, most=5)
        self._about_row = FieldRow(Routing.spec("guidance"), self.about)
        self._where_row = FieldRow(Routing.spec("guided_to"), self.where)
        self._telling_row = FieldRow(Routing.spec("telling"), self.telling)
        self._reason_row = FieldRow(
            replace(Routing.spec("reason"), required=True), self.reason, words="引导理由"
        )
        self._deputy_row = FieldRow(Deed.spec("person"), self.deputy, words="哪位代表")
        self._what_row = FieldRow(Deed.spec("what"), self.what, words="怎样解决")
        self._guiding = (self._about_row, self._where_row, self._reason_row, self._telling_row)
        self._solving = (self._deputy_row, self._what_row)
        self.rows: tuple[tuple[Editor, FieldRow], ...] = tuple(
            (row.editor, row) for row in (*self._guiding, *self._solving)
        )
        self._named: tuple[tuple[str, Editor], ...] = (
            ("about", self.about), ("where", self.where), ("telling", self.telling), ("reason", self.reason),
            ("deputy", self.deputy), ("what", self.what),
        )  # fmt: skip
        self.about.edited.connect(self._about_changed)
        self.telling.edited.connect(self._say_telling)

    def typed(self) -> dict[str, str]:
        """Everything typed or chosen, for a draft."""
        return {name: editor.text() for name, editor in self._named}

    def set_typed(self, typed: Mapping[str, str]) -> None:
        """Put a draft back; what it does not name is left as it is."""
        for name, editor in self._named:
            editor.set_text(typed.get(name, editor.text()))
        self._say_telling()

    def clear(self) -> None:
        """As for the next visitor."""
        self.set_typed({name: "" for name, _ in self._named})

    def show(self, way: str) -> None:
        """Show the rows of this way, with no problem said any more."""
        for rows, shown in ((self._guiding, way in GUIDING), (self._solving, way == SOLVED)):
            for row in rows:
                row.setVisible(shown)
                row.set_problem("")

    def begin(self, way: str, deputies: str) -> None:
        """The clerk chose this way: what is usual, where nothing is said yet. `deputies` receive today."""
        if way in GUIDING:
            self.telling.set_text(self.telling.text() or "on_spot")
            if self.about.text() in ("", *_USUAL_ABOUT.values()):
                self.about.set_text(_USUAL_ABOUT[way])
            self._about_changed()
            self._say_telling()
        elif way == SOLVED and not self.deputy.text():
            name = deputies.partition("、")[0].strip()
            found = self._lookup.candidates("person", name) if name else ()
            # One of that name and no more: two of a name are told apart by the clerk.
            if len(found) == 1:
                self.deputy.set_text(found[0][0])

    def problems(self, way: str) -> dict[str, str]:
        """Why it cannot be registered yet, by name of the row, said beside the rows."""
        wrong: dict[str, str] = {}
        rows = {"reason": self._reason_row} if way in GUIDING else {}
        if way == SOLVED:
            rows = {"deputy": self._deputy_row, "what": self._what_row}
        for name, row in rows.items():
            loose = row.editor.loose_words()
            problem = f"没有找到代表“{loose}”，请从列表里选" if loose else ""
            if not loose and not row.editor.text().strip():
                problem = "请选一名代表" if name == "deputy" else _WANTED[name]
            row.set_problem(problem)
            wrong |= {name: problem} if problem else {}
        return wrong

    def enter_first(self, way: str) -> bool:
        """Go to the first thing that nobody but the clerk knows; False when this way asks nothing here."""
        if way in GUIDING:
            self.where.enter()
        elif way == SOLVED:
            (self.what if self.deputy.text() else self.deputy).enter()
        return way in (*GUIDING, SOLVED)

    def reason_problem(self) -> str:
        """What is said of the reason of a guidance."""
        return self._reason_row.problem()

    def enter_wrong(self, wrong: Mapping[str, str]) -> bool:
        """Go to the first row that is wrong; False when none is."""
        for name, editor in self._named:
            if name in wrong:
                editor.enter()
                return True
        return False

    def put_into(self, raised: Raised) -> Raised:
        """The matter with what these rows say of its way."""
        if raised.route in GUIDING:
            return replace(
                raised,
                guidance=self.about.text() or None,
                destination=self.where.text().strip() or None,
                words=self.reason.text().strip() or None,
                on_spot=self.telling.text() != "later",
            )
        if raised.route == SOLVED:
            return replace(raised, person=self.deputy.text() or None, words=self.what.text().strip() or None)
        return raised

    def _about_changed(self) -> None:
        """The usual words of the reason, as long as the clerk has not written others."""
        if self.reason.text().strip() in ("", *USUAL_WORDS.values()):
            self.reason.set_text(USUAL_WORDS.get(self.about.text(), ""))

    def _say_telling(self) -> None:
        later = self.telling.text() == "later"
        self._telling_row.set_hint("到期前提醒" if later else "")


_WANTED = {"reason": "请写明为什么引导、该找谁", "what": "请写明代表办了什么"}
