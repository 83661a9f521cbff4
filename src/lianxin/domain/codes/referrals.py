"""Codes of what a county does with a matter that a township sent up (domain.md 3.14 to 3.17)."""

from lianxin.domain.codes.lists import code_list

COUNTY_DECISION = code_list(
    "county_decision",
    "县级处理",
    ("returned", "退回乡镇", "退回", "不属于县级办理"),
    ("upward", "转报上级", "转报市", "转报市人大"),
)
