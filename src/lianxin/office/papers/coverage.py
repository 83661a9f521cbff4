"""Which records, pages and documents serve each line of the five founding documents, or why none does.

One table (`resources/coverage.tsv`) makes docs/coverage.md and the page of the help. A line's id is the number of
the document and its place in the checklist: 003-12 is document 3, line 12.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lianxin.domain.dictionary import kind_named
from lianxin.installed import resource_dir

DOCUMENTS = {
    "000": "与时俱进 不断提高代表工作水平",
    "001": "关于新时代加强和改进县级人大工作的几点思考",
    "002": "代表联系群众工作室建设必须厘清的三大问题",
    "003": "坚持“四化”齐动 倾力打造“有为”人大",
    "004": "高质量推进联络站建设 助力代表“双岗建功”活动",
}
PAGES = {
    "home": "首页", "reception": "接待日", "contacts": "来访走访登记", "opinions": "意见建议办理",
    "suggestions": "代表议案建议", "deputies": "代表", "reports": "述职评议", "meetings": "活动与会议",
    "registers": "台账", "figures": "统计", "sending": "报送县人大", "settings": "设置与备份", "duties": "年度任务进度",
}  # fmt: skip
"""Pages by key, in the words of the rail."""


@dataclass(frozen=True)
class Covered:
    """One line of the checklist: kinds, page keys and names of papers that serve it, or why it is not ours."""

    id: str
    what: str
    kinds: tuple[str, ...]
    pages: tuple[str, ...]
    papers: tuple[str, ...]
    reason: str

    @property
    def document(self) -> str:
        """The title of the founding document."""
        return DOCUMENTS[self.id[:3]]

    @property
    def ours(self) -> bool:
        """Whether this program serves it."""
        return not self.reason


def coverage() -> tuple[Covered, ...]:
    """The whole table in the order of the documents."""
    text = (resource_dir() / "coverage.tsv").read_text("utf-8")
    return tuple(_line(row.split("\t")) for row in text.splitlines()[1:])


def _line(cells: Sequence[str]) -> Covered:
    name, what, kinds, pages, papers, reason = cells
    return Covered(name, what, tuple(kinds.split()), tuple(pages.split()), tuple(papers.split()), reason)


def kind_words(line: Covered) -> str:
    """The records of a line by their labels."""
    return "、".join(kind_named(kind).LABEL for kind in line.kinds)


def page_words(line: Covered) -> str:
    """The pages of a line by their words."""
    return "、".join(PAGES[key] for key in line.pages)


def paper_words(line: Covered) -> str:
    """The documents of a line by their labels."""
    from lianxin.office.papers.catalogue import PAPERS

    return "、".join(PAPERS[name].label for name in line.papers)
