"""What the county returned and what was written twice, as one list: how it stands, what it is, why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lianxin.office.county_asks import CountyAsks, WholeReturn
from lianxin.office.receiving.questions import Question, masked
from lianxin.office.returned import Returned
from lianxin.ui.pieces import ChipFilter
from lianxin.ui.table import Column

Row = Returned | WholeReturn | Question
_LABELS: Mapping[str, str] = {"all": "全部", "returned": "退回修改", "asked": "两种写法", "done": "已改报"}


class AsksFilter(ChipFilter):
    """What kind of thing waits."""

    def __init__(self) -> None:
        super().__init__("退回和待选定的种类", _LABELS, always=_LABELS, boxes=())


class AsksSource:
    """A ListSource over what waits for the township; `kept` is the kind that is asked for."""

    def __init__(self, asks: CountyAsks | None = None) -> None:
        self.asks = asks
        self.kept = "all"
        self._rows: dict[str, Row] = {}
        if asks is not None:
            self._rows.update({each.id: each for each in asks.questions})
            self._rows.update({each.decision.uid: each for each in asks.whole})
            self._rows.update({each.told.uid: each for each in asks.returned})

    @property
    def columns(self) -> Sequence[Column]:
        """How it stands, what it is, why."""
        return (
            Column("state", "情况", width=150, sortable=False, look="badge"),
            Column("what", "内容", stretch=True, sortable=False),
            Column("why", "县人大的意见", stretch=True, sortable=False, look="soft", drop=1),
        )

    def keys(self, sort: str, descending: bool, words: str) -> Sequence[str]:
        """What is to be done first."""
        found = [
            key
            for key, row in self._rows.items()
            if self.kept in ("all", kind_of(row)) and (not words or words in " ".join(_cells(row)))
        ]
        return sorted(found, key=lambda key: kind_of(self._rows[key]) == "done")

    def rows(self, keys: Sequence[str]) -> Sequence[Sequence[str]]:
        """The cells of these rows."""
        return [_cells(self._rows[key]) for key in keys]

    def row(self, key: str) -> Row | None:
        """One row."""
        return self._rows.get(key)

    def counts(self) -> dict[str, int]:
        """How many each chip keeps."""
        kinds = [kind_of(row) for row in self._rows.values()]
        return {"all": len(kinds), **{kind: kinds.count(kind) for kind in ("returned", "asked", "done")}}

    def advised(self) -> list[Question]:
        """Questions of which the county said what it holds right, as one of the values."""
        found = [row for row in self._rows.values() if isinstance(row, Question)]
        return [each for each in found if each.answer is not None and each.answer.head is not None]


def kind_of(row: Row) -> str:
    """The chip a row falls under."""
    if isinstance(row, Question):
        return "asked"
    done = row.done if isinstance(row, WholeReturn) else row.standing == "sent"
    return "done" if done else "returned"


def advice_of(question: Question) -> str:
    """What the county said of a question, in words."""
    if question.advised:
        mine = next((each for each in question.choices if each.shown == question.advised), None)
        told = masked(question, mine) if question.personal and mine is not None else question.advised
        return f"县人大认为应是“{'（个人信息）' if question.personal and mine is None else told}”"
    return "县人大请你们确认" if question.asks_back else "两台电脑写的不一样，请选定"


def _cells(row: Row) -> Sequence[str]:
    if isinstance(row, Question):
        return ("待选定", f"{row.cls.LABEL}“{row.title}”的{row.label}", advice_of(row))
    if isinstance(row, WholeReturn):
        return ("已改报" if row.done else "待重报", f"整份报送件（{row.issue}）", row.decision.words or "")
    return (row.words, f"{row.label}“{row.title or '本机没有的记录'}”", row.told.reason)
