"""docs/coverage.md: every line of the five documents is answered, and everything it names exists.

After a change of resources/coverage.tsv: `python -m tests.house.test_coverage` writes the page anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from lianxin.domain.dictionary import kind_named
from lianxin.office.papers.catalogue import PAPERS
from lianxin.office.papers.coverage import DOCUMENTS, PAGES, Covered, coverage
from lianxin.ui.main import HELP
from lianxin.ui.pages import DUTIES, TOWNSHIP_PAGES

PAGE = Path(__file__).parents[2] / "docs" / "coverage.md"
LINES_OF = {"000": 29, "001": 26, "002": 20, "003": 20, "004": 19}
"""How many lines the checklist of each founding document has."""
NOT_OURS = {
    "000-07", "000-10", "000-13", "001-02", "001-05", "001-11", "001-16", "001-24", "002-02", "004-13",
}  # fmt: skip
LINES = coverage()


def test_every_line_of_the_checklist_is_answered_in_its_order() -> None:
    asked = [
        f"{document}-{place:02}" for document, count in LINES_OF.items() for place in range(1, count + 1)
    ]
    assert [line.id for line in LINES] == asked


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.id)
def test_what_a_line_names_exists(line: Covered) -> None:
    for kind in line.kinds:
        assert kind_named(kind).LABEL
    assert set(line.pages) <= set(dict(TOWNSHIP_PAGES)) | {DUTIES}
    assert set(line.papers) <= set(PAPERS)


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.id)
def test_a_line_is_served_or_says_why_not(line: Covered) -> None:
    assert line.what
    assert bool(line.kinds and line.pages and line.papers) is not bool(line.reason)


def test_only_what_a_county_or_a_party_does_is_not_ours() -> None:
    assert {line.id for line in LINES if not line.ours} == NOT_OURS


def test_pages_are_called_as_in_the_rail() -> None:
    assert {key: PAGES[key] for key, _ in TOWNSHIP_PAGES} == dict(TOWNSHIP_PAGES)
    assert set(PAGES) <= set(HELP)


def test_the_page_is_the_table() -> None:
    assert PAGE.read_text("utf-8") == as_markdown(LINES)


def as_markdown(lines: Sequence[Covered]) -> str:
    """docs/coverage.md."""
    return "\n".join(_markdown(lines)) + "\n"


def _markdown(lines: Sequence[Covered]) -> Iterator[str]:
    yield "# 五份文件逐条对应"
    yield ""
    yield "每一条由哪种记录、哪一页、哪份文书办理；不办的写明原因。"
    yield "由 `resources/coverage.tsv` 生成，`tests/house/test_coverage.py` 核对所写的都存在，不要手改。"
    for number, title in DOCUMENTS.items():
        yield from (
            "",
            f"## {number} 《{title}》",
            "",
            "| 标号 | 要求 | 记录 | 页面 | 文书 |",
            "|---|---|---|---|---|",
        )
        for line in lines:
            if not line.id.startswith(number):
                continue
            if not line.ours:
                yield f"| {line.id} | {line.what} | 不办：{line.reason} | | |"
                continue
            kinds = "、".join(f"{kind_named(kind).LABEL} `{kind}`" for kind in line.kinds)
            pages = "、".join(f"{PAGES[key]} `{key}`" for key in line.pages)
            papers = "、".join(f"{PAPERS[name].label} `{name}`" for name in line.papers)
            yield f"| {line.id} | {line.what} | {kinds} | {pages} | {papers} |"


if __name__ == "__main__":
    PAGE.write_text(as_markdown(LINES), "utf-8")
