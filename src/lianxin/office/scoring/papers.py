"""履职积分 on paper: the table in Word, PDF and Excel, and the year's table made final with its rule."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from lianxin.domain.codes import SCORE_TARGET
from lianxin.domain.records import FinalSheet
from lianxin.domain.scoring.points import rule_words
from lianxin.office.desk import Desk, office_of
from lianxin.office.paperwork.paper import Asked, Paper, PapersProblem
from lianxin.office.paperwork.templates import in_own_look, own_look
from lianxin.office.scoring.finals import SCORES, Final, differences, file_name, finals, make_final
from lianxin.office.scoring.performance_file import paper_year
from lianxin.office.scoring.scores import (
    ScoreLine,
    ScoreProblem,
    ScoreTable,
    book_named,
    level_words,
    points_words,
    rules,
    score_table,
)
from lianxin.store.reading import Reading
from lianxin.store.writing import Change

if TYPE_CHECKING:
    from lianxin.documents.sheets.score_sheet import ScoreSheet


_CALLED = {"township": "工作评价表", "unit": "办理评价表"}


def score_sheet(table: ScoreTable, office: str) -> ScoreSheet:
    """The table with every number as it is printed."""
    from lianxin.documents.sheets.score_sheet import ScoreSheet

    rule, graded = table.book.rule, bool(table.book.bands)
    who = SCORE_TARGET.label_of(rule.target)
    return ScoreSheet(
        office,
        f"{level_words(rule.level) if rule.target == 'deputy' else ''}{who}{_CALLED.get(rule.target, '履职积分表')}",
        table.year,
        who,
        table.categories,
        tuple(_row(line, table.categories, graded) for line in table.lines),
        graded,
        rule_words(table.book),
    )


def _row(line: ScoreLine, categories: Sequence[str], graded: bool) -> tuple[str, ...]:
    points = {one.name: one.points for one in line.card.categories}
    extra = sum((claim.points for claim in line.card.extra), Decimal(0))
    cells = [points_words(points.get(name, Decimal(0))) for name in categories]
    grade = (line.card.band or "—",) if graded else ()
    return (str(line.place), line.name, *cells, points_words(extra), points_words(line.card.total), *grade)


def table_paper(desk: Desk, table: ScoreTable, *, form: str) -> tuple[str, bytes]:
    """File name and content of the table; `form` is docx, pdf or xlsx."""
    with desk.store.reading() as reading:
        sheet = score_sheet(table, office_of(reading).name)
        made = _made(sheet, form)
        # The PDF is what is kept as final, Excel a table to go on with; Word is the office's own paper.
        return _name(sheet, form), own_look(desk, reading, "score-sheet", made) if form == "docx" else made


def _name(sheet: ScoreSheet, form: str) -> str:
    return f"{file_name(sheet.title, f'{sheet.year}年')}.{form}"


def _made(sheet: ScoreSheet, form: str) -> bytes:
    from lianxin.documents.sheets.score_sheet import score_docx, score_pdf, score_xlsx

    return {"docx": score_docx, "pdf": score_pdf, "xlsx": score_xlsx}[form](sheet)


def table_lines(table: ScoreTable) -> tuple[str, ...]:
    """The table as plain lines, kept when made final and compared with later."""
    lines: list[str] = []
    for line in table.lines:
        points = "，".join(
            f"{one.name}{points_words(one.points)}" for one in line.card.categories if one.points
        )
        extra = sum((claim.points for claim in line.card.extra), Decimal(0))
        told = f"{points}{f'，加分{points_words(extra)}' if extra else ''}" or "没有得分"
        band = f" {line.card.band}" if line.card.band else ""
        lines.append(f"{line.name} 总分{points_words(line.card.total)}{band}：{told}")
    return tuple(lines)


def finish_scores(desk: Desk, table: ScoreTable) -> tuple[FinalSheet, tuple[Change, ...]]:
    """年度定稿 of a table with the text of its rule. Raises FinalProblem, ScoreProblem for a rule not in use."""
    rule = table.book.rule
    if not rule.active:
        raise ScoreProblem(f"“{rule.name}”没有启用，不能定稿。请先核对办法并启用。")
    name, pdf = table_paper(desk, table, form="pdf")
    sheet = FinalSheet(
        uid=desk.store.new_uid(), what=SCORES, year=table.year, level=rule.level, rule=rule.uid,
        rule_told="\n".join(rule_words(table.book)), day=date.min,
    )  # fmt: skip
    return make_final(desk, Final(sheet, name, pdf, table_lines(table)))


def since_final(desk: Desk, table: ScoreTable) -> tuple[FinalSheet, tuple[str, ...]] | None:
    """The latest final of this rule and year with what is otherwise now, the rule too; None when there is none."""
    with desk.store.reading() as reading:
        kept = finals(reading, SCORES, table.year, rule=table.book.rule.uid)
    if not kept:
        return None
    told = "\n".join(rule_words(table.book))
    changed = ("积分办法在定稿以后改过，定稿所用的办法留在定稿里",) if kept[0].rule_told != told else ()
    return kept[0], (*changed, *differences(kept[0], table_lines(table)))


# ---- on the command line ---------------------------------------------------------------------------


def _asked(form: str) -> Callable[[Asked], bytes]:
    def make(asked: Asked) -> bytes:
        uid = asked.uid or _rule_in_use(asked.reading)
        try:
            book_named(asked.reading, uid)
            table = score_table(asked.desk, uid, paper_year(asked))
        except ScoreProblem as wrong:
            raise PapersProblem(str(wrong)) from wrong
        return _made(score_sheet(table, office_of(asked.reading).name), form)

    return make


def _rule_in_use(reading: Reading) -> str:
    found = next((rule for rule in rules(reading) if rule.active), None)
    if found is None:
        raise PapersProblem("没有启用的积分办法，没有生成积分表。可用 --for 指明要用的办法。")
    return found.uid


SCORE_PAPERS: Sequence[Paper] = (
    Paper("score-sheet", "履职积分表", ".docx", "period", in_own_look("score-sheet", _asked("docx"))),
    Paper("score-sheet-pdf", "履职积分表（PDF）", ".pdf", "period", _asked("pdf")),
    Paper("score-sheet-xlsx", "履职积分表（Excel）", ".xlsx", "period", _asked("xlsx")),
)
