"""import … --behalf and its undoing: a township's table read by the county (docs/adr/0024)."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from lianxin.bootstrap import App
from lianxin.cli.import_lines import row_line, row_text
from lianxin.cli.kind_names import require_kind
from lianxin.cli.saying import DONE, REFUSED, CommandProblem, Voice
from lianxin.domain.canonical import JsonValue

if TYPE_CHECKING:
    from lianxin.county.behalf.entering import OnBehalf

_OWN = ("return", "workbook", "tally", "tallies")


def import_on_behalf(app: App, told: argparse.Namespace, voice: Voice) -> int:
    """Reads one file; a line a row, then a line a table with its number. Raises CommandProblem."""
    from lianxin.county.behalf.entering import Asked, read_on_behalf
    from lianxin.county.behalf.refusals import BehalfRefused

    kind = told.kind if told.kind in _OWN else require_kind(told.kind)
    asked = Asked(
        told.file, told.behalf, ledger={"tallies": "tally", "deputy": "deputies"}.get(kind, kind),
        period=told.period, beside=told.beside, sure=told.sure,
    )  # fmt: skip
    try:
        done = read_on_behalf(app.desk, asked, preview=told.preview)
    except BehalfRefused as refused:
        raise CommandProblem(refused.message.rstrip("。"), code=refused.code, status=REFUSED) from refused
    for table in done:
        for row in table.rows:
            voice.tell(row_line(row), row_text(row))
        voice.tell(_line(table), words_of(table, preview=told.preview))
    return REFUSED if any(table.counts.get("refused") for table in done) else DONE


def undo_on_behalf_or_not(app: App, told: argparse.Namespace, voice: Voice) -> bool:
    """Takes tables read on behalf of a township back when this number is theirs; False when it is none of theirs."""
    from lianxin.county.behalf.entering import undo_on_behalf
    from lianxin.county.behalf.refusals import BehalfUnknown
    from lianxin.office.trust.trusting import NotThisOffice

    try:
        done = undo_on_behalf(app.desk, told.id)
    except (BehalfUnknown, NotThisOffice):
        return False
    line: dict[str, JsonValue] = {"import": told.id, "undone": done.gone, "restored": done.back}
    voice.tell(
        line,
        f"已撤销代录 {told.id}，{done.gone}条不再计入"
        + (f"，此前的{done.back}条重新计入。" if done.back else "。"),
    )
    return True


def words_of(table: OnBehalf, *, preview: bool = False) -> str:
    """One table in a sentence or two: what was read, what it replaces."""
    lead = "预览（没有保存）" if preview else f"已代录，编号 {table.batch}"
    if table.again:
        lead = "这份表已经代录过，没有重复计入"
    return f"{lead}：{table.words}"


def _line(table: OnBehalf) -> dict[str, JsonValue]:
    line: dict[str, JsonValue] = {
        "import": table.batch,
        "counts": dict(table.counts),
        "behalf": table.town.code,
        "town": table.town.name,
        "period": table.period.code,
        "ledger": table.ledger,
        "source": "代录（未签名）",
        "again": table.again,
        "replaces": list(table.replaces),
        "gone": table.settled.gone,
    }
    if table.totals:
        line["totals"] = dict(table.totals)
    if table.notes:
        line["notes"] = list(table.notes)
    return line
