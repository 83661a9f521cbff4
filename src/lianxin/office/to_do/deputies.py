"""Rows about deputies' files and scores: claims that wait, publicity that ended, files to be made final."""

from __future__ import annotations

from collections.abc import Iterator

from lianxin.domain.records import FinalSheet, Honour, Person, ScoreClaim
from lianxin.office.to_do.row import ToDo, View
from lianxin.store.reading import Condition

_LAST_MONTH, _FIRST_MONTH = 12, 1


def claim_rows(view: View) -> Iterator[ToDo]:
    """Claims for points that nobody decided yet."""
    waiting = view.reading.count(ScoreClaim, Condition("state", "=", "asked"))
    if waiting:
        yield ToDo(f"加分申请有{waiting}件待审批", "到履职积分里审批", "待审批", "soon", page="deputies")


def honour_rows(view: View) -> Iterator[ToDo]:
    """Honours whose publicity is over and that were not awarded yet."""
    for one in view.reading.all(Honour, Condition("state", "=", "publicised")):
        if one.publicised_until is not None and one.publicised_until < view.today:
            person = view.reading.get(Person, one.person) if one.person else None
            title = f"{person.name if person else one.name or ''} {one.shown('type')}公示期满".strip()
            yield ToDo(title, "到表彰推荐里登记表彰", "公示期满", "soon", page="deputies")


def final_row(view: View) -> Iterator[ToDo]:
    """In December and January: the township's deputies whose file of the year is not final."""
    if view.today.month not in (_LAST_MONTH, _FIRST_MONTH):
        return
    # What a deputy's file is made of is much, and asked for in two months of the year.
    from lianxin.office.scoring.finals import FILE
    from lianxin.office.scoring.work_facts import deputies_of_year

    year = view.today.year - (view.today.month == _FIRST_MONTH)
    asked = (Condition("what", "=", FILE), Condition("year", "=", year), Condition("level", "=", "township"))
    final = {one.person for one in view.reading.all(FinalSheet, *asked)}
    missing = sum(one.person not in final for one in deputies_of_year(view.reading, "township", year))
    if missing:
        yield ToDo(
            f"{year}年履职档案还有{missing}份没有定稿", "核对并定稿", "未定稿", "soon", page="deputies"
        )
