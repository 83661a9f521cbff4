"""表彰推荐: who can be proposed as 优秀代表, within the quota, and how far each proposal is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from lianxin.domain.codes import HONOUR_STATE
from lianxin.domain.records import Honour
from lianxin.office.desk import Desk
from lianxin.office.scoring.honours import (
    NEXT,
    HonourRefused,
    Nominee,
    Nominees,
    advance,
    nominees,
    proposals,
    propose,
)
from lianxin.office.scoring.scores import points_words
from lianxin.store.writing import Change
from lianxin.ui.draft_keeper import DraftKeeper
from lianxin.ui.form import FormFields
from lianxin.ui.opinions.act_form import ActForm, Done
from lianxin.ui.opinions.sheets import SheetPage
from lianxin.ui.pages import Desk as Window
from lianxin.ui.pages import Head
from lianxin.ui.pieces import Act, ActFlow, EmptyState, LineSection, ScrollCard, label
from lianxin.ui.pieces.two_panes import TwoPanes
from lianxin.ui.record_list import EmptyWords, RecordList
from lianxin.ui.scoring.level_line import LevelLine
from lianxin.ui.scoring.rule_combo import YearCombo
from lianxin.ui.table import Column

FOLLOWED = (
    "honour",
    "person",
    "mandate",
    "attendance",
    "meeting",
    "year-report",
    "score-rule",
    "score-claim",
    "deed",
)
COLUMNS = (
    Column("name", "姓名", 92, sortable=False),
    Column("points", "积分", 64, align="right", sortable=False, note="按启用的积分办法；没有启用的不列"),
    Column("state", "推荐情况", 110, look="badge", sortable=False),
    Column("why", "不宜推荐的原因", 180, stretch=True, sortable=False, look="soft"),
)
_ACT_WORDS = {"publicised": "登记公示", "granted": "登记表彰", "dropped": "不再推荐", "proposed": "重新推荐"}


class NomineeSource:
    """A ListSource over everybody of `level` in `year`."""

    def __init__(self, office: Desk, level: str, year: int) -> None:
        self._office = office
        self.level, self.year = level, year
        self.found: Nominees | None = None
        self.honours: dict[str, Honour] = {}

    @property
    def columns(self) -> Sequence[Column]:
        """The columns in order."""
        return COLUMNS

    def keys(self, sort: str, descending: bool, words: str) -> Sequence[str]:
        """The persons, those who can be proposed first."""
        self.found = nominees(self._office, self.level, self.year)
        self.honours = proposals(self._office, self.year)
        return [one.person for one in self.found.lines if words in one.name]

    def rows(self, keys: Sequence[str]) -> Sequence[Sequence[str]]:
        """The cells of these persons."""
        return [self._cells(self.line(key)) for key in keys]

    def line(self, person: str) -> Nominee | None:
        """The line of a person as it was read last."""
        lines = self.found.lines if self.found is not None else ()
        return next((one for one in lines if one.person == person), None)

    def _cells(self, line: Nominee | None) -> list[str]:
        if line is None:
            return [""] * len(COLUMNS)
        honour = self.honours.get(line.person)
        points = "—" if line.points is None else points_words(line.points)
        return [line.name, points, honour.shown("state") if honour else "", line.why_not]


class HonourSection(SheetPage):
    """Proposals left, one of them with its chain right."""

    def __init__(self, window: Window, office: Desk, drafts: DraftKeeper | None) -> None:
        super().__init__(window, office, drafts)
        self.levels, self.year = LevelLine(office), YearCombo(office.today().year)
        self.source = NomineeSource(office, self.levels.level(), office.today().year)
        self.levels.narrowed.connect(self._narrowed)
        self.year.currentIndexChanged.connect(self._narrowed)
        self.list = RecordList(
            self.source, name="表彰推荐", unit="名", reads=window.reads,
            empty=EmptyWords("这个层级还没有代表", "先登记代表，再推荐表彰。", ""),
        )  # fmt: skip
        self.list.add_tool(self.year)
        self.list.picked.connect(self._picked)
        self.list.opened.connect(self._opened)
        self.list.counted.connect(self._counted)
        self.card = _HonourCard()
        self._nothing = EmptyState("还没有选中代表", "请在列表里选一名，推荐或登记推荐的进展。")
        self.right.addWidget(self._nothing)
        self.right.addWidget(self.card)
        self.panes = TwoPanes(
            self.list, self.right, names=("名单", "这名代表"), shares=(13, 9), least=(420, 360)
        )
        self.body.addWidget(self.levels)
        self.body.addWidget(self.panes, 1)
        self.go_with_list(self.levels)
        self.follow(FOLLOWED)

    def head(self) -> Head:
        return Head("代表", Act("推荐优秀代表", self.propose, "F2"))

    def refresh(self) -> None:
        self.levels.read()
        self.list.refresh()

    def open_record(self, kind: str, uid: str) -> None:
        with self.office.store.reading() as reading:
            honour = reading.get(Honour, uid)
        if honour is not None:
            self.year.set_year(honour.year)
            self.source.year = honour.year
            self.list.refresh()
            if honour.person:
                self.list.select(honour.person)

    # ---- list and card ----------------------------------------------------------------------------

    def shown_uid(self) -> str:
        return self.card.person

    def show_record(self, uid: str) -> None:
        line = self.source.line(uid)
        if line is None:
            self.card.person = ""
            self.right.setCurrentWidget(self._nothing)
            return
        honour = self.source.honours.get(uid)
        self.card.show_line(line, honour, self._acts(honour))
        self.right.setCurrentWidget(self.card)

    def sheet_saved(self, done: Done) -> None:
        self.list.refresh()
        self.list.setFocus()

    def _acts(self, honour: Honour | None) -> list[Act]:
        if honour is None:
            return [Act("推荐优秀代表", self.propose)]
        return [
            Act(_ACT_WORDS.get(state) or HONOUR_STATE.label_of(state), partial(self.step, honour, state))
            for state in NEXT[honour.state]
        ]

    def _counted(self, _shown: int) -> None:
        found = self.source.found
        if found is not None:
            self.levels.say(f"已推荐{found.proposed}名。{found.quota_words}")
        if not self.list.current_key() and self.list.shown_count():
            self.list.select(self.list.model.key_at(0))
        if self.form is None:
            self.show_record(self.list.current_key())

    def _narrowed(self) -> None:
        self.source.level, self.source.year = self.levels.level(), self.year.year()
        self.list.refresh()

    # ---- acts -------------------------------------------------------------------------------------

    def propose(self) -> None:
        """F2: the chosen deputy is proposed, unless something speaks against it."""
        line, found = self.source.line(self.list.current_key()), self.source.found
        if line is None or found is None:
            self.desk.tell("请先在列表里选一名代表。")
            return
        self._do(f"已推荐{line.name}为优秀代表", partial(propose, self.office, line, within=found))

    def step(self, honour: Honour, state: str) -> None:
        """The next step; publicity and award ask for their dates."""
        if state in ("publicised", "granted"):
            self.open_sheet(StepForm(self.office, honour, state))
            return
        words = HONOUR_STATE.label_of(state)
        self._do(
            f"已登记：{words}", partial(advance, self.office, honour.uid, state, day=self.office.today())
        )

    def _do(self, words: str, act: Callable[[], tuple[Change, ...]]) -> None:
        try:
            changes = act()
        except HonourRefused as refused:
            self.desk.tell(str(refused))
            return
        self.after_write(words, changes)


class StepForm(ActForm):
    """公示 with its dates, or 表彰 with who gave it."""

    def __init__(self, office: Desk, honour: Honour, state: str) -> None:
        super().__init__(
            _ACT_WORDS[state], honour.shown("type"), kind=Honour.KIND, key=f"{state}-{honour.uid}"
        )
        self._office, self._honour, self._state = office, honour, state
        wires = (
            ["publicised", "publicised_until"] if state == "publicised" else ["date", "authority", "document"]
        )
        self.form = FormFields(Honour, wires, today=office.today)
        self.add_part(self.form)
        self.finish_parts()

    def start(self) -> None:
        first = "publicised" if self._state == "publicised" else "date"
        self.form.set_typed({first: self._office.today().isoformat()})

    def save(self) -> Done | None:
        read = self.form.read_over(self._honour)
        if read is None:
            return None
        day = read.publicised if self._state == "publicised" else read.granted
        try:
            changes = advance(
                self._office, self._honour.uid, self._state, day=day or self._office.today(),
                until=read.publicised_until, authority=read.authority or "", document=read.document or "",
            )  # fmt: skip
        except HonourRefused as refused:
            self.say_problem(str(refused))
            return None
        return Done(f"已{_ACT_WORDS[self._state]}", changes)


class _HonourCard(ScrollCard):
    """One deputy: what speaks against, and how far the proposal is."""

    def __init__(self) -> None:
        super().__init__()
        self.person = ""
        self._title, self._why = label("", "heading", wrap=True), label("", "doubt", wrap=True)
        self.body.insertWidget(0, self._title)
        self._chain = LineSection("推荐进展")
        self.add(self._why)
        self.add(self._chain)
        self.add_stretch()
        self._acts = ActFlow()
        self.foot.addWidget(self._acts, 1)

    def show_line(self, line: Nominee, honour: Honour | None, acts: list[Act]) -> None:
        """Show a deputy with the proposal, if there is one."""
        self.person = line.person
        points = "" if line.points is None else f"  积分{points_words(line.points)}分"
        self._title.setText(f"{line.name}{points}")
        self._why.setText(f"不宜推荐：{line.why_not}" if line.why_not else "")
        self._why.setVisible(bool(line.why_not))
        self._chain.clear()
        if honour is None:
            self._chain.say(
                "还没有推荐。推荐以后按 县级审查、主任会议、常委会、公示、表彰 登记；镇里自己表彰的可以直接公示。"
            )
        else:
            self._chain.say(f"现在：{honour.shown('state')}")
            for wire in ("publicised", "publicised_until", "date", "authority", "document"):
                if honour.shown(wire):
                    self._chain.say(f"{honour.spec(wire).label}：{honour.shown(wire)}")
        self._acts.show_acts(acts)
