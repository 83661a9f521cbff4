"""Codes of the minor registers: supervision, filing, appointments, publicity, rules (domain.md 3.23 to 3.30a)."""

from lianxin.domain.codes.lists import code_list

TOPIC_SOURCE = code_list(
    "topic_source",
    "议题来源",
    ("departments", "部门申报"),
    ("online", "网上征集"),
    ("deputies", "代表建议"),
    ("public", "群众意见"),
    ("party", "党委交办"),
)
TOPIC_TYPE = code_list(
    "topic_type",
    "监督方式",
    ("hearing", "听取专项工作报告", "专项工作报告"),
    ("law_check", "执法检查"),
    ("inspection", "视察"),
    ("evaluation", "评议"),
    ("ballot", "满意度测评"),
    ("budget", "财政预算审查", "预算审查"),
    ("project", "民生实事票决项目"),
    ("inquiry", "专题询问"),
    ("major", "讨论决定重大事项", "重大事项"),
)
TOPIC_STAGE = code_list(
    "topic_stage",
    "进展",
    ("started", "已发起"),
    ("researched", "已调研"),
    ("considered", "已审议"),
    ("tracked", "意见督办中"),
    ("done", "已落实"),
)
REVIEW = code_list(
    "review",
    "审查意见",
    ("waiting", "待审查"),
    ("proper", "无不当"),
    ("amend", "需修改"),
    ("annulled", "撤销"),
)
POST_ACT = code_list(
    "post_act",
    "任免类型",
    ("elected", "选举"),
    ("by_election", "补选"),
    ("appointed", "任命", "决定任命"),
    ("resigned", "接受辞职"),
    ("removed", "免职", "罢免"),
)
NOMINATED_BY = code_list(
    "nominated_by", "提名方", ("presidium", "主席团"), ("deputies", "代表联名"), ("government", "政府提请")
)
POST_RESULT = code_list(
    "post_result", "结果", ("waiting", "待表决"), ("passed", "通过", "当选"), ("failed", "未通过", "未当选")
)
OATH_FORM = code_list("oath_form", "宣誓形式", ("alone", "单独宣誓"), ("together", "集体宣誓"))
PIECE_TYPE = code_list(
    "piece_type",
    "体裁",
    ("briefing", "简报"),
    ("information", "信息"),
    ("news", "新闻"),
    ("research", "调研文章"),
    ("theory", "理论文章", "理论"),
)
MEDIA_LEVEL = code_list(
    "media_level", "媒体级别", ("nation", "国家级", "国家"), ("province", "省级", "省"), ("city", "市州级", "市"), ("county", "县级", "县")
)  # fmt: skip
INNOVATION_STATE = code_list(
    "innovation_state",
    "结果",
    ("prepared", "准备申报"),
    ("submitted", "已申报"),
    ("won", "获奖"),
    ("not_won", "未获奖"),
)
RULE_DOCUMENT_STATE = code_list(
    "rule_document_state",
    "状态",
    ("in_force", "现行", "有效"),
    ("amending", "修订中", "修订"),
    ("repealed", "废止"),
)
REPORT_FORM = code_list("party_report_form", "汇报形式", ("written", "书面"), ("meeting", "会议汇报", "会议"))
LOG_DIRECTION = code_list("log_direction", "收发", ("in", "收文"), ("out", "发文"))
DOCUMENT_FATE = code_list(
    "document_fate",
    "文号状态",
    ("used", "已用"),
    ("reserved", "预留"),
    ("void", "作废留号"),
    ("reused", "作废后再用"),
)
EMPLOYMENT = code_list("employment", "专兼职", ("full", "专职"), ("part", "兼职"))
STATION_CHANGE = code_list(
    "station_change", "变动类型", ("founded", "建立"), ("renamed", "更名"), ("moved", "迁址"), ("merged", "合并"),
    ("closed", "撤销"), ("graded", "评定等级"),
)  # fmt: skip
PROJECT_STATE = code_list(
    "project_state",
    "项目状态",
    ("collected", "征集"),
    ("candidate", "候选"),
    ("chosen", "票决入选"),
    ("not_chosen", "未入选"),
    ("running", "实施中"),
    ("done", "已完成"),
    ("voted_again", "转入再次票决"),
)
INFORMING = code_list(
    "informing",
    "资讯类型",
    ("politics", "政情通报"),
    ("law", "法律政策"),
    ("material", "学习资料"),
    ("notice", "通知"),
)

WORK_REPORT = code_list(
    "work_report",
    "报告类型",
    ("presidium", "主席团工作报告"),
    ("year", "年度工作总结"),
)
CASE_USE = code_list(
    "case_use",
    "采用情况",
    ("kept", "留存"),
    ("submitted", "已报送"),
    ("adopted", "已采用"),
)
