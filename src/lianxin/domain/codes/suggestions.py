"""Codes of deputies' suggestions and bills."""

from lianxin.domain.codes.lists import code_list

SUGGESTION_FORM = code_list(
    "suggestion_form",
    "类型",
    ("suggestion", "建议", "代表建议"),
    ("bill", "议案"),
    ("criticism", "批评"),
    ("opinion", "意见"),
    ("inquiry", "质询", "质询案"),
)
SUGGESTION_TIME = code_list(
    "suggestion_time",
    "提出时间",
    ("in_session", "会议期间", "会上", "大会期间"),
    ("between", "闭会期间", "闭会", "平时"),
)
UNFIT = code_list(
    "unfit",
    "不受理情形",
    ("none", "没有下列情形", "无"),
    ("personal", "代表本人或亲属的个人问题"),
    ("forwarded", "代转群众来信"),
    ("lawsuit", "具体司法案件"),
    ("complaint", "检举申诉控告"),
    ("academic", "学术探讨或产品推介"),
    ("empty", "没有实际内容"),
    ("tender", "具体招投标"),
)
SCREENING_STAGE = code_list(
    "screening_stage",
    "审查环节",
    ("office", "人大初审", "初审"),
    ("government", "政府联审", "联审"),
    ("deputies", "代表协审", "协审"),
)
SCREENING_VERDICT = code_list(
    "screening_verdict",
    "审查结论",
    ("passed", "通过", "同意立案", "立案"),
    ("back", "退回修改"),
    ("merge", "建议合并办理", "改并案"),
    ("to_opinion", "转为群众意见", "转意见"),
)
CONSULTED_FOR = code_list(
    "consulted_for", "面商环节", ("before", "答复前沟通", "沟通", "答复前"), ("reply", "当面答复")
)
CO_PART = code_list("co_part", "参与方式", ("helping", "协办"), ("separate", "分别办理"))
DEED_SORT = code_list(
    "deed_sort",
    "实事类别",
    ("deed", "办好事实事", "实事", "办实事"),
    ("poor", "扶弱济困", "济困"),
    ("dispute", "化解矛盾", "调解"),
    ("charity", "公益慈善", "公益"),
)
