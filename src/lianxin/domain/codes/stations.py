"""Codes of the yearly look at a station: the 五有 of founding document 002-05 and how each stands (domain.md 3.4.1)."""

from collections.abc import Mapping

from lianxin.domain.codes.lists import code_list

FIVE_HAVES = code_list(
    "five_haves",
    "五有",
    ("place", "有适用场地", "场地"),
    ("equipment", "有必要设置", "设置", "设施"),
    ("rules", "有完善制度", "制度"),
    ("plan", "有工作安排", "安排"),
    ("results", "有实际成效", "成效"),
)
CHECK_RESULT = code_list(
    "check_result",
    "自查结果",
    ("met", "达标"),
    ("nearly", "基本达标"),
    ("unmet", "不达标", "未达标"),
)
SUB_ITEMS: Mapping[str, tuple[str, ...]] = {
    "place": ("面积", "选址", "挂牌", "无障碍"),
    "equipment": ("电话", "电脑", "意见箱", "公示栏", "桌椅柜"),
    "rules": (
        "接待制度上墙",
        "联系制度上墙",
        "学习制度上墙",
        "述职制度上墙",
        "意见处理制度上墙",
        "档案制度上墙",
    ),
    "plan": ("年度计划", "轮值表", "月度安排", "公告"),
    "results": ("接待次数", "意见数", "办结率", "满意率", "典型案例"),
}
"""What a new 自查 is laid out with; every office may reword, add and strike its own lines."""
