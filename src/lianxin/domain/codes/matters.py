"""Codes of matters and their steps."""

from lianxin.domain.codes.lists import code_list

CATEGORY = code_list(
    "category",
    "类别",
    ("01", "行路交通", "行路", "道路交通", "交通"),
    ("02", "饮水水利", "饮水", "水利"),
    ("03", "上学教育", "上学", "教育"),
    ("04", "看病医疗", "看病", "医疗卫生", "医疗"),
    ("05", "用电通信网络", "用电", "通信"),
    ("06", "住房与村镇建设", "住房", "村镇建设"),
    ("07", "农业生产与乡村产业", "农业", "产业"),
    ("08", "土地林权征拆", "土地", "林权", "征拆"),
    ("09", "生态环境", "环境", "环保"),
    ("10", "社会保障与救助", "社保", "低保", "救助"),
    ("11", "就业务工与欠薪", "就业", "欠薪"),
    ("12", "社会治安与安全", "治安", "安全"),
    ("13", "矛盾纠纷", "纠纷"),
    ("14", "村务公开与基层组织", "村务"),
    ("15", "干部作风", "作风"),
    ("16", "惠民惠农补贴", "补贴"),
    ("17", "移风易俗与文化体育", "文化体育"),
    ("18", "其他"),
)
URGENCY = code_list("urgency", "紧急程度", ("ordinary", "一般"), ("pressing", "较急"), ("urgent", "紧急"))
NATURE = code_list(
    "nature",
    "性质",
    ("request", "求决"),
    ("suggestion", "建议"),
    ("question", "咨询"),
    ("criticism", "批评"),
    ("thanks", "表扬感谢", "感谢"),
    ("complaint", "投诉举报"),
)
TRACK = code_list(
    "track",
    "办理渠道",
    ("opinion", "群众意见"),
    ("suggestion", "代表建议"),
    ("petition", "信访转送"),
    ("bill", "议案"),
)
OPENNESS = code_list(
    "openness", "公开", ("open", "公开"), ("closed", "不公开"), ("on_request", "依申请公开", "依申请")
)
RESPONSIBLE_LEVEL = code_list(
    "responsible_level",
    "责任层级",
    ("village", "村"),
    ("township", "乡镇"),
    ("county", "县"),
    ("above", "县以上"),
)
ROUTE = code_list(
    "route",
    "处理方式",
    ("answered_on_spot", "当场答复", "当场解答"),
    ("assigned", "转交办理", "转交", "交办", "转办"),
    ("to_county", "转报县人大", "转报县", "转报"),
    ("guided", "告知引导", "引导"),
    ("to_petition", "转信访纪检政法"),
    ("to_suggestion", "转为代表建议"),
    ("deputy_solved", "代表协调解决"),
    ("merged", "合并办理"),
    ("withdrawn", "撤回"),
    ("taken_apart", "拆开单独办理"),
)
RESULT = code_list(
    "result",
    "办理结果",
    ("A", "A 已解决", "已解决", "A类", "已办结", "解决"),
    ("B", "B 正在解决或列入计划", "正在解决", "正在协调", "列入明年计划", "列入计划", "B类"),
    ("C", "C 条件限制暂不能解决", "条件限制", "C类"),
    ("D", "D 留作参考", "留作参考", "D类"),
)
SATISFACTION = code_list(
    "satisfaction",
    "满意度",
    ("satisfied", "满意", "√", "✓"),
    ("basically", "基本满意"),
    ("unsatisfied", "不满意"),
    ("unreached", "未联系上", "联系不上", "未评价"),
)
ASKED_WHOM = code_list(
    "asked_whom",
    "征询对象",
    ("visitor", "反映人"),
    ("lead", "领衔代表"),
    ("joint", "联名代表"),
    ("signer", "提案代表"),
    ("signers", "提案代表合计"),
)
MEANS = code_list(
    "means", "方式", ("face", "当面"), ("phone", "电话"), ("written", "书面"), ("platform", "平台")
)
EXTENSION_DECISION = code_list(
    "extension_decision",
    "审批结果",
    ("waiting", "待审批"),
    ("granted", "同意延期", "同意"),
    ("refused", "不同意"),
)
SUPERVISION_MEANS = code_list(
    "supervision_means",
    "督办方式",
    ("phone", "电话催办", "电话"),
    ("letter", "督办函", "发函督办"),
    ("on_site", "现场问效"),
    ("visit", "实地视察", "视察"),
    ("follow_up", "跟踪检查"),
    ("talk", "与承办单位座谈", "座谈"),
    ("hearing", "专题听取汇报", "听取汇报"),
    ("deputies_meet", "代表约见", "约见"),
    ("inquiry", "专题询问", "询问"),
    ("review", "满意度复核评议", "复核评议"),
    ("yearly", "年终考评"),
)
SUPERVISION_OUTCOME = code_list(
    "supervision_outcome", "督办结果", ("moving", "推进", "有推进"), ("still_not", "仍未落实", "未落实")
)
RULING = code_list(
    "ruling",
    "研究意见",
    ("redo", "继续重办"),
    ("closed", "向反映人说明情况后了结", "说明了结"),
    ("assign", "同意交办"),
    ("back", "退回补充"),
    ("to_suggestion", "议案转作建议办理", "议案转建议"),
)
CHAIR_VERDICT = code_list(
    "chair_verdict", "审阅意见", ("agreed", "同意"), ("back", "退回补充"), ("presidium", "提交主席团")
)
RETENTION = code_list(
    "retention",
    "保管期限",
    ("permanent", "永久", "Y"),
    ("years30", "30年", "D30", "三十年"),
    ("years10", "10年", "D10", "十年"),
)
"""How long an archive keeps a file; Y, D30 and D10 stand for it in its number (DA/T 22-2015)."""
PROMISE_OUTCOME = code_list(
    "promise_outcome",
    "兑现情况",
    ("kept", "已兑现"),
    ("postponed", "推迟"),
    ("dropped", "不能兑现"),
)
GUIDANCE = code_list(
    "guidance",
    "引导事由",
    ("petition", "信访事项"),
    ("lawsuit", "涉法涉诉"),
    ("discipline", "检举控告"),
    ("review", "复议仲裁"),
    ("other", "其他"),
)
TELLING = code_list("telling", "告知方式", ("on_spot", "当场告知"), ("later", "随后书面告知"))
