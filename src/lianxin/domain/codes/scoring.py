"""Codes of scores and honours (domain.md 3.28, 5)."""

from lianxin.domain.codes.lists import code_list

SCORE_TARGET = code_list(
    "score_target",
    "积分对象",
    ("deputy", "代表"),
    ("group", "代表小组"),
    ("township", "乡镇"),
    ("unit", "承办单位"),
    ("reporter", "信息员"),
)
SCORE_SOURCE = code_list(
    "score_source",
    "记分依据",
    ("by_hand", "只凭申请和审核"),
    ("congress", "出席人代会"),
    ("meetings", "参加其他会议"),
    ("training", "学习培训"),
    ("lead_suggestions", "领衔议案建议"),
    ("joint_suggestions", "附议"),
    ("research", "专题调研"),
    ("inspection", "视察、调研、执法检查"),
    ("receptions", "接待选民"),
    ("visits", "走访联系选民"),
    ("disputes", "化解矛盾"),
    ("poor", "扶弱济困"),
    ("deeds", "办好事实事"),
    ("charity", "公益慈善"),
    ("oral_report", "口头述职"),
    ("written_report", "书面述职"),
    ("evaluation", "测评结果"),
    ("satisfaction", "群众满意率"),
    ("group_activities", "小组活动"),
    ("group_members", "成员全部出席"),
    ("speeches", "会议发言"),
    ("commitments", "履职承诺完成"),
    ("publicity", "信息采用"),
    ("replies", "按期答复"),
    ("honours", "表彰奖励"),
)
SCORE_UNIT = code_list(
    "score_unit",
    "记分单位",
    ("time", "次"),
    ("piece", "件"),
    ("day", "天"),
    ("percent", "百分点"),
    ("person", "人"),
)
HONOUR_TYPE = code_list(
    "honour_type",
    "荣誉类别",
    ("deputy", "优秀代表"),
    ("activist", "代表活动积极分子"),
    ("group", "先进代表小组"),
    ("township", "先进乡镇人大"),
    ("suggestion", "优秀建议"),
    ("unit", "先进承办单位"),
    ("innovation", "人大工作创新奖"),
    ("reporter", "优秀信息员"),
)
HONOUR_STATE = code_list(
    "honour_state",
    "进展",
    ("proposed", "拟推荐", "乡镇推荐"),
    ("examined", "县级审查", "审查"),
    ("directors", "主任会议研究"),
    ("committee", "常委会决定"),
    ("publicised", "公示中"),
    ("granted", "已表彰"),
    ("dropped", "不再推荐"),
)
