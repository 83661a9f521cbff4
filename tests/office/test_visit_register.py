"""群众来访登记簿 and the blank papers: a visit a row with what became of it, nothing of anybody on a blank one."""

from __future__ import annotations

from datetime import date

import pytest

from lianxin.domain.periods import Period
from lianxin.domain.records import HandlingUnit, Opinion
from lianxin.office.cases.opinions import register_opinion, route
from lianxin.office.papers.blank_list import blank_titles
from lianxin.office.papers.catalogue import PAPERS, make_paper
from lianxin.office.reception.visit_register import visit_lines
from lianxin.office.records import new_uid
from tests.office.test_papers import visit, words_of
from tests.office.township import Township

__all__ = ["visit"]


def test_a_visit_is_one_row_with_what_became_of_its_matter(town: Township, visit: str) -> None:
    matter = Opinion(
        uid=new_uid(town.desk),
        title="断水",
        words="三组断水4天",
        registered=date(2026, 11, 20),
        contact=visit,
    )
    uid = register_opinion(town.desk, opinion=matter).opinion.uid
    unit = town.uid(HandlingUnit, "镇水务站")
    route(town.desk, opinion=uid, way="assigned", day=matter.registered, unit=unit, due=date(2026, 12, 20))
    with town.desk.store.reading() as reading:
        lines = visit_lines(town.desk, reading, Period.parse("2026-11"))
    (line,) = (each for each in lines if each.words == "三组断水4天")
    assert (line.visitor, line.phone, line.handling, line.unit, line.assigned, line.due, line.closed) == (
        "田金玉", "13912342217", "转交", "镇水务站", "2026-11-20", "2026-12-20", "",
    )  # fmt: skip
    filled, blank = (words_of(make_paper(town.desk, "visit-register", period=p)) for p in ("2026-11", None))
    assert "田金玉" in filled and "镇水务站" in filled
    assert "田金玉" not in blank and all(each in blank for each in ("来访人", "承办单位", "满意", "备注"))


@pytest.mark.parametrize("name", list(blank_titles()))
def test_a_blank_paper_says_nothing_of_anybody(town: Township, visit: str, name: str) -> None:
    assert PAPERS[name].blank
    words = words_of(make_paper(town.desk, name))
    assert "None" not in words and "0票" not in words and "2026年" not in words and "田金玉" not in words
