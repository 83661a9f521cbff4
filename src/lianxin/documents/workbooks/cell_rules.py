"""What may be typed into cells of a workbook that is handed out: choices, days, whole numbers (ECMA-376, 18.3.1.32)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

INLINE_LIMIT = 250
"""A list of choices longer than 255 characters makes the file damaged for Excel; it stands on a sheet then."""
_EPOCH = date(1899, 12, 30)
_MOST = 999_999


@dataclass(frozen=True)
class CellRule:
    """A rule for one area such as B4:B203. `choices` are a list, or the area of another sheet that holds them.

    `prompt` shows while the cell is chosen, `wrong` when something else is typed; `strict` then refuses it.
    """

    area: str
    kind: Literal["choice", "day", "count"]
    choices: tuple[str, ...] | str = ()
    prompt: str = ""
    wrong: str = ""
    strict: bool = True


def rules_xml(rules: Sequence[CellRule]) -> str:
    """The element that stands after merged cells."""
    if not rules:
        return ""
    return f'<dataValidations count="{len(rules)}">{"".join(map(_rule, rules))}</dataValidations>'


def _rule(rule: CellRule) -> str:
    kinds = {"choice": "list", "day": "date", "count": "whole"}
    between = "" if rule.kind == "choice" else ' operator="between"'
    style = "" if rule.strict else ' errorStyle="warning"'
    prompt = f' showInputMessage="1" prompt={quoteattr(rule.prompt)}' if rule.prompt else ""
    return (
        f'<dataValidation type="{kinds[rule.kind]}"{style}{between} allowBlank="1"{prompt} showErrorMessage="1"'
        f' errorTitle="请核对" error={quoteattr(rule.wrong)} sqref="{rule.area}">{_bounds(rule)}</dataValidation>'
    )


def _bounds(rule: CellRule) -> str:
    if rule.kind == "choice":
        listed = rule.choices if isinstance(rule.choices, str) else f'"{",".join(rule.choices)}"'
        return f"<formula1>{escape(listed)}</formula1>"
    first, last = (
        ((date(2000, 1, 1) - _EPOCH).days, (date(2099, 12, 31) - _EPOCH).days)
        if rule.kind == "day"
        else (0, _MOST)
    )
    return f"<formula1>{first}</formula1><formula2>{last}</formula2>"
