"""处理意见 and 承办单位 read together: 转镇民政所, 交办, 当场解答, 同上."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lianxin.domain.codes import ROUTE
from lianxin.domain.numerals import plain
from lianxin.ledgers.findings import Findings
from lianxin.ledgers.outcomes import tells_result

_ANSWERED = re.compile(
    r"当场|现场|已?(?:向.{1,8})?(?:作出?|做出?)?(?:解释|解答|答复|说明|宣传|回复|劝导|疏导)|^(?:已|口头|当面)?告知(?:本人|群众|政策)?$"
)
_GUIDED = re.compile(r"引导|告知.*(?:途径|渠道|反映)|建议.*(?:诉讼|仲裁|走.*程序)")
_COUNTY = re.compile(r"已?向县人大(?:常委会)?(?:报告|汇报|反映).*|已?转?(?:报|呈)(?:送)?县人大(?:常委会)?.*")
_SOLVED = re.compile(r".*代表(?:已|已经|出面|上门|当场)?协调解决.*")
_WAY_TOLD = re.compile(
    rf"{_SOLVED.pattern}|已?(?:当场|现场).*|已?转?(?:报|呈)(?:送)?县人大.*|已?(?:告知)?引导.*|已?移交.*|已?转.{0, 4}信访.*"
)
"""Words of a column of progress that say which way the matter went."""
_PETITION = re.compile(r"转.{0,4}(?:信访|纪检|纪委|政法|公安|法院|检察).*")
_HANDED = re.compile(
    r"(?:已|拟|建议)?[:：]?(?:移交|移送|转交(?!通|警|运|管)|转办|转给|转至|转|交办给|交办至|交办|交由|交给|交)[:：]?(?P<unit>.*?)(?:办理|处理|解决|落实|研究|调解|调处|核实|跟进|答复|牵头|协调|承办)?"
)
_NO_UNIT = re.compile(r"|办|办理|有关部门|相关部门|相关站所|相关单位|有关单位|有关站所|承办单位|职能部门")


@dataclass(frozen=True)
class Handling:
    """How a visit was dealt with: `route` is a code of ROUTE, or None when the cell is blank or unclear."""

    route: str | None
    words: str | None
    unit: str | None


def read_handling(findings: Findings, above: Handling | None) -> Handling:
    """Understand handling and unit of one row, given those of the row above.

    What a row says itself outweighs what 同上 brings: 同上 under 转移动公司 beside a unit of its own hands the
    matter to that unit; a unit 同上 beside 转移动公司 is 移动公司.
    """
    words, unit = findings.words("handling"), findings.words("unit")
    if words is None and (told := findings.words("result")) and _HANDED.fullmatch(plain(told)):
        # A ledger without a column of handling says 移交司法所 where it tells the result.
        words = told
    if words is None and (told := findings.words("progress")) and _WAY_TOLD.fullmatch(plain(told)):
        words = told
    if words in ("是", "√", "✓"):
        findings.read_as("handling", "当场答复", f"“{words}”按当场答复理解")
        words = "当场答复"
    elif words in ("否", "×"):
        words = None
    words_from_above, unit_from_above = findings.was_ditto("handling"), findings.was_ditto("unit")
    if above and words_from_above and words != above.words:
        words = above.words
        findings.read_instead("handling", words or "", "处理意见与上一行相同")
    if above and unit_from_above and unit != above.unit:
        unit = above.unit
        findings.read_instead("unit", unit or "", "承办单位与上一行相同")
    if words is None:
        if unit:
            findings.read_as("handling", "转交办理", f"处理意见没有填，承办单位是{unit}，按转交办理理解")
        return Handling("assigned" if unit else None, None, unit)
    clauses = [clause for clause in re.split("[，,。；;]", plain(words)) if clause]
    core = next((clause for clause in clauses if _HANDED.fullmatch(clause)), plain(words))
    named = _unit_named(core)
    route = _route(core)
    if route is None and not tells_result(words):
        findings.read_as("handling", words, f"处理意见“{words}”没有对应的处理方式，按原话保留")
    if named is None:
        return Handling(route, words, unit)
    if not named or _NO_UNIT.fullmatch(named):
        if not unit:
            findings.wrong("unit", f"“{words}”没有写明承办单位")
        return Handling(route, words, unit)
    if not unit:
        findings.read_as("unit", named, f"承办单位没有填，按处理意见“{words}”理解")
        return Handling(route, words, named)
    if named in unit or unit in named:
        return Handling(route, words, unit)
    return _disagreeing(findings, Handling(route, words, unit), named, words_from_above, unit_from_above)


def _disagreeing(
    findings: Findings, found: Handling, named: str, words_from_above: bool, unit_from_above: bool
) -> Handling:
    if unit_from_above and not words_from_above:
        why = f"“同上”与本行处理意见“{found.words}”不一致，以本行处理意见为准"
        findings.read_instead("unit", named, why)
        return Handling(found.route, found.words, named)
    if words_from_above and not unit_from_above:
        why = f"“同上”指处理方式（上一行是“{found.words}”），承办单位以本行为准"
        findings.read_instead("handling", f"转{found.unit}", why)
        return Handling(found.route, f"转{found.unit}", found.unit)
    findings.read_as("handling", f"转{found.unit}", "处理意见与承办单位不一致，以承办单位一栏为准")
    return found


def _unit_named(core: str) -> str | None:
    """The unit a handing-over names; "" when it names none, None when it is no handing-over."""
    if _ANSWERED.search(core) or _COUNTY.fullmatch(core):
        return None
    match = _HANDED.fullmatch(core)
    return match["unit"] if match else None


def _route(core: str) -> str | None:
    known = ROUTE.find(core)
    if known:
        return known.code
    if _COUNTY.fullmatch(core):
        return "to_county"
    if _PETITION.fullmatch(core):
        return "to_petition"
    if _SOLVED.fullmatch(core):
        return "deputy_solved"
    if _ANSWERED.search(core):
        return "answered_on_spot"
    if _GUIDED.search(core):
        return "guided"
    return "assigned" if _HANDED.fullmatch(core) else None
