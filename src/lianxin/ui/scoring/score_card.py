"""One score beside the table: points by category, below each the records it rests on; claims; what is not counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from lianxin.domain.dates import show_day_numeric
from lianxin.domain.records import ScoreClaim
from lianxin.domain.scoring.points import CategoryScore, ItemScore, item_words
from lianxin.domain.work_facts import Done
from lianxin.office.scoring.scores import ScoreLine, points_words
from lianxin.ui.pieces import LineSection, ScrollCard, button, label
from lianxin.ui.theme import px


class ScoreCardView(ScrollCard):
    """Shows a ScoreLine. `opened(kind, uid)`, `claim_wanted` for a new claim, `decide_wanted(uid)` for one that waits."""

    opened = Signal(str, str)
    claim_wanted = Signal()
    decide_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.line: ScoreLine | None = None
        self._title, self._note = label("", "heading", wrap=True), label("", "soft", wrap=True)
        self.body.insertWidget(0, self._title)
        self.add(self._note)
        self._claims = LineSection("加分申请")
        self._claims.add_tool(button("登记申请", "link", act=self.claim_wanted.emit))
        self.add(self._claims)
        held = QWidget()
        self._below = QVBoxLayout(held)
        self._below.setContentsMargins(0, 0, 0, 0)
        self._below.setSpacing(px(8))
        self.add(held)
        self._sections: list[LineSection] = []
        self.add_stretch()

    def show_line(self, line: ScoreLine, year: int, claims: Sequence[ScoreClaim]) -> None:
        """Show a score with the claims of its subject."""
        self.line = line
        card = line.card
        band = f"，{card.band}" if card.band else ""
        self._title.setText(f"{line.name}  {year}年 {points_words(card.total)}分{band}")
        self.setAccessibleName(self._title.text())
        start = f"基础分{points_words(card.start)}分；" if card.start else ""
        self._note.setText(f"{start}都由记录算出，同一条记录只计一次，点“查看”打开那条记录")
        self._show_claims(claims)
        # Only a deputy's points are applied for; what a township or a unit did is told by records alone.
        self._claims.setVisible(card.subject.target == "deputy")
        for section in self._sections:
            section.hide()
            section.deleteLater()
        self._sections = [self._made(one) for one in card.categories]

    def texts(self) -> dict[str, str]:
        """What is on screen, for those who look from outside."""
        return {
            "title": self._title.text(),
            "claims": "\n".join(self._claims.lines()),
            "points": "\n".join(words for section in self._sections for words in section.lines()),
        }

    def _show_claims(self, claims: Sequence[ScoreClaim]) -> None:
        self._claims.clear()
        waiting = sum(one.state == "asked" for one in claims)
        self._claims.set_note(f"待审批{waiting}件" if waiting else "")
        for one in claims:
            words = f"{one.what}，{points_words(one.points)}分 · {one.shown('state')}"
            tools: list[tuple[str, Callable[[], None]]] = [
                ("查看", partial(self.opened.emit, one.KIND, one.uid))
            ]
            if one.state == "asked":
                tools.insert(0, ("审批", partial(self.decide_wanted.emit, one.uid)))
            self._claims.add_line(words, tools, soft=one.state == "refused")
        if not claims:
            self._claims.say("没有加分申请")

    def _made(self, category: CategoryScore) -> LineSection:
        section = LineSection(f"{category.name}　{points_words(category.points)}分")
        section.set_note("" if category.cap is None else f"最高{points_words(category.cap)}分")
        for item in category.items:
            if len(category.items) > 1 and (item.counted or item.missed or item.lacking):
                section.say(item_words(item.item))
            self._add_item(section, item)
        if not section.lines():
            section.say("没有记录")
        self._below.addWidget(section)
        return section

    def _add_item(self, section: LineSection, item: ItemScore) -> None:
        for done in item.counted:
            self._add(section, done, "")
        for done in item.lacking:
            self._add(section, done, "缺佐证，未计")
        for done in item.missed:
            self._add(section, done, "扣分")
        for claim in item.claims:
            words = f"{claim.what}，{points_words(claim.points)}分"
            section.add_row("", "加分", words, partial(self.opened.emit, claim.KIND, claim.uid))

    def _add(self, section: LineSection, done: Done, what: str) -> None:
        day = show_day_numeric(done.day) if done.day else ""
        section.add_row(day, what, done.words, partial(self.opened.emit, done.kind, done.uid))
