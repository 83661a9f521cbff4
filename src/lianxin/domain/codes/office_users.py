"""Codes of the people who work with one ledger, and of what is noted when personal data are seen."""

from lianxin.domain.codes.lists import code_list

USER_ROLE = code_list(
    "user_role",
    "角色",
    ("recorder", "录入", "录入员"),
    ("reviewer", "审核", "审核员"),
    ("administrator", "管理", "管理员"),
    ("viewer", "只读", "查阅"),
)
ACCESS_SORT = code_list(
    "access_sort",
    "方式",
    ("shown", "显示全部"),
    ("exported", "导出"),
    ("printed", "打印"),
)
