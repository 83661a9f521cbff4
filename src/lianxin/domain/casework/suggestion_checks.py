"""What a deputies' suggestion must have before it is taken in: signers, 案由案据方案, one matter, nothing unfit."""

from __future__ import annotations

import re

from lianxin.domain.codes import UNFIT
from lianxin.domain.records import Opinion, Suggestion
from lianxin.domain.rules import Rule, RuleProfile

_POINTS = re.compile(
    r"(?:^|[\n。；;])\s*(?:[一二三四五六七八九十]、|（[一二三四五六七八九十]）|\d{1,2}[.．、])"
)
_ALSO = ("另外，", "此外，", "同时还要", "还有一件", "还有一个问题")

UNFIT_SOURCE = "清单依据：重庆市代表建议条例第九条、浙江省代表建议办理规定第六条、山东省代表建议办理条例第六条；国家层面没有统一清单。"
"""Where the list of what is not taken in comes from (domain.md 2.3); the same for every profile."""
ONE_MATTER_SOURCE = "一事一议（河南省代表建议办理办法第九条，省级办法，乡镇参照）"

_WHERE_INSTEAD = {
    "personal": "本人或亲属的事请按来访登记，走群众意见",
    "forwarded": "群众来信请在“来访走访登记”里登记",
    "lawsuit": "司法案件请按来访登记后“告知引导”",
    "complaint": "检举申诉控告请按来访登记后“告知引导”",
}


def least_signers(form: str, level: str, profile: RuleProfile) -> Rule:
    """How many deputies, the leading one included, it takes; `level` is that of the congress it is put to."""
    if form == "bill":
        return profile.bill_signers if level == "township" else profile.county_bill_signers
    return profile.inquiry_signers if form == "inquiry" else profile.suggestion_signers


def looks_like_several(words: str) -> bool:
    """Whether the text seems to hold more than one matter; a hint only, points of one plan look the same."""
    return len(_POINTS.findall(words)) > 1 or any(mark in words for mark in _ALSO)


def problems_with(
    matter: Opinion, suggestion: Suggestion, *, signers: int, level: str, profile: RuleProfile
) -> dict[str, str]:
    """Wire name (of either record, `signers` for the joint deputies) → what stands against taking it in."""
    found: dict[str, str] = {}
    if suggestion.unfit != "none":
        instead = _WHERE_INSTEAD.get(suggestion.unfit, "请代表修改后再提")
        found["unfit"] = f"{UNFIT.label_of(suggestion.unfit)}不作为代表建议受理，{instead}"
    if not suggestion.one_matter:
        found["one_matter"] = f"一件只写一件事，请分开登记（{ONE_MATTER_SOURCE}）"
    if matter.person is None:
        found["person"] = "请选领衔代表"
    rule = least_signers(suggestion.form, level, profile)
    if signers < rule.value:
        found["signers"] = (
            f"{suggestion.shown('form')}要有{rule.shown}以上代表提出，现在{signers}名（{rule.source}）"
        )
    if suggestion.form == "bill":
        for wire, words in (("basis", suggestion.basis), ("proposal", suggestion.proposal)):
            if not words:
                found[wire] = f"议案要写{suggestion.spec(wire).label}（代表法第十五条）"
    if suggestion.occasion == "in_session" and not suggestion.session:
        found["session"] = "会议期间提出的请填写是第几次会议"
    if suggestion.form == "inquiry":
        found.update(_inquiry_problems(suggestion))
    return found


def _inquiry_problems(suggestion: Suggestion) -> dict[str, str]:
    """An inquiry names whom it is put to and what is asked; its content are the words of the matter (代表法 §20)."""
    found = {}
    if not suggestion.target and suggestion.wished_unit is None:
        found["target"] = "质询案要写质询对象（代表法第二十条）"
    if not suggestion.question:
        found["question"] = "质询案要写质询的问题（代表法第二十条）"
    return found
