"""Codes of report-backs, ballots, and what becomes of them (domain.md 3.18, 3.19)."""

from lianxin.domain.codes.lists import code_list

COMMITMENT_STATE = code_list(
    "commitment_state",
    "承诺完成情况",
    ("open", "进行中", "未到期"),
    ("done", "完成", "已完成"),
    ("partly", "部分完成", "部分"),
    ("undone", "未完成"),
)
REPORT_MODE = code_list(
    "report_mode", "述职方式", ("oral", "口头", "口头述职", "口述"), ("written", "书面", "书面述职")
)
ASPECT_SOURCE = code_list(
    "aspect_source",
    "数据来源",
    ("none", "不取数，自己填写"),
    ("meetings", "出席会议"),
    ("group", "小组活动"),
    ("contacts", "联系选民"),
    ("suggestions", "议案建议"),
    ("inspection", "视察调研执法检查"),
    ("training", "学习培训"),
    ("deeds", "为民办实事"),
    ("conduct", "带头作用与遵纪守法"),
    ("commitments", "年初承诺完成情况"),
)
RESULT_MEANS = code_list(
    "result_means",
    "结果公布方式",
    ("announced", "当场宣布"),
    ("posted", "张榜公布", "张榜"),
    ("written", "书面反馈"),
)
EVALUATION_TARGET = code_list(
    "evaluation_target",
    "测评对象",
    ("deputy", "代表"),
    ("unit", "单位"),
    ("official", "个人"),
    ("report", "报告"),
    ("project", "项目"),
    ("station", "站点", "联络站"),
)
GRADE_SCHEME = code_list(
    "grade_scheme",
    "等次方案",
    ("three", "满意、基本满意、不满意", "三档"),
    ("four", "优秀、称职、基本称职、不称职", "四档"),
    ("percent", "百分制"),
    ("competent", "称职、基本称职、不称职", "称职三档"),
)
RATE_BASE = code_list(
    "rate_base",
    "计算基数",
    ("valid", "有效票"),
    ("returned", "收回票"),
    ("present", "实到人数", "参评人数"),
)
EVALUATION_STATE = code_list(
    "evaluation_state",
    "测评状态",
    ("planned", "待计票"),
    ("confirmed", "已确认"),
    ("void", "作废重投"),
)
APPROVAL = code_list(
    "approval",
    "审批结果",
    ("asked", "待审批", "已申请"),
    ("approved", "同意", "批准"),
    ("refused", "不同意", "未批准"),
)
