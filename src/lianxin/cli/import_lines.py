"""What became of one row of a ledger, as a line for scripts and a line for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from lianxin.domain.canonical import JsonValue

if TYPE_CHECKING:
    from lianxin.office.importing.outcome import RowOutcome

_OUTCOME: Mapping[str, str] = {"new": "新增", "changed": "修改", "same": "没有变化", "refused": "未登记"}


def row_line(row: RowOutcome) -> dict[str, JsonValue]:
    """The line of one row (cli.md)."""
    line: dict[str, JsonValue] = {
        "sheet": row.sheet,
        "row": row.row,
        "outcome": row.outcome,
        "uid": row.uids[0] if row.uids else None,
    }
    if len(row.uids) > 1:
        line["uids"] = list(row.uids)
    line["problems"] = [
        {"field": each.field, "cell": each.cell, "message": each.message} for each in row.problems
    ]
    line["readings"] = [
        {
            "field": each.field,
            "cell": each.cell,
            "typed": each.typed,
            "understood": each.understood,
            "why": each.why,
        }
        for each in row.readings
    ]
    return line


def row_text(row: RowOutcome) -> str:
    """The same for people."""
    notes = [f"{each.cell} {each.message}" for each in row.problems]
    notes += [f"{each.cell} “{each.typed}”按“{each.understood}”理解（{each.why}）" for each in row.readings]
    return f"{row.sheet} 第{row.row}行 {_OUTCOME[row.outcome]} {'；'.join(notes)}".rstrip()
