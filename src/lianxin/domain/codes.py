"""Code lists: the words a field may take, each with a code that never changes and the label people read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Code:
    """One entry of a list. `code` is what journal and bundle carry; `synonyms` are what ledgers say instead."""

    code: str
    label: str
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True)
class CodeList:
    """A closed list of codes in the order in which people expect them."""

    name: str
    label: str
    codes: tuple[Code, ...]

    def find(self, text: str) -> Code | None:
        """The code whose code, label or synonym is this text; None when there is none."""
        word = text.strip()
        for code in self.codes:
            if word in (code.code, code.label) or word in code.synonyms:
                return code
        return None

    def label_of(self, code: str) -> str:
        """The label of a code; an unknown code (from a newer desk) is shown as it is."""
        for known in self.codes:
            if known.code == code:
                return known.label
        return code


def _list(name: str, label: str, *codes: tuple[str, ...]) -> CodeList:
    return CodeList(name, label, tuple(Code(code[0], code[1], tuple(code[2:])) for code in codes))


SEX = _list("sex", "性别", ("male", "男", "男性"), ("female", "女", "女性"))
OFFICE_TYPE = _list(
    "office_type",
    "机构类型",
    ("township", "乡镇人大"),
    ("subdistrict", "街道人大工委"),
    ("county", "县人大常委会"),
    ("county_committee", "县人大委室"),
)
LEVEL = _list(
    "level",
    "代表层级",
    ("nation", "全国", "全国人大代表", "国"),
    ("province", "省", "省级", "省代表"),
    ("city", "市（州）", "市", "州", "市级", "州级", "市(州)", "市州"),
    ("county", "县", "县级", "县代表", "区", "县（区）"),
    ("township", "乡", "乡级", "乡镇", "镇", "乡代表", "镇代表"),
)
REGION_LEVEL = _list(
    "region_level", "区划级别", ("province", "省"), ("city", "市"), ("county", "县"), ("township", "乡"),
    ("village", "村"),
)  # fmt: skip
TERM_LEVEL = _list("term_level", "届的级别", ("county", "县"), ("township", "乡"))
STATION_TYPE = _list(
    "station_type",
    "站点类型",
    ("station", "代表联络站", "联络站"),
    ("studio", "代表联系群众工作室", "工作室"),
    ("home", "代表之家"),
    ("point", "代表联络点", "联络点"),
    ("activity_room", "代表活动室"),
    ("online", "网上联络站"),
    ("personal_studio", "个人工作室"),
)
STATION_STATE = _list(
    "station_state",
    "站点状态",
    ("building", "在建"),
    ("running", "运行"),
    ("merged", "合并"),
    ("closed", "撤销"),
)
STATION_GRADE = _list(
    "station_grade",
    "站点等级",
    ("ordinary", "普通"),
    ("standard", "规范化"),
    ("model", "示范"),
    ("star", "明星", "五星"),
)
PARTY = _list(
    "party",
    "政治面貌",
    ("01", "中共党员", "党员"),
    ("02", "中共预备党员", "预备党员"),
    ("03", "共青团员", "团员"),
    ("04", "民革会员", "民革", "民革党员"),
    ("05", "民盟盟员", "民盟"),
    ("06", "民建会员", "民建"),
    ("07", "民进会员", "民进"),
    ("08", "农工党党员", "农工党"),
    ("09", "致公党党员", "致公党"),
    ("10", "九三学社社员", "九三学社", "九三"),
    ("11", "台盟盟员", "台盟"),
    ("12", "无党派人士", "无党派"),
    ("13", "群众", "无"),
)
MANDATE_STATE = _list(
    "mandate_state",
    "代表状态",
    ("serving", "在任"),
    ("suspended", "暂停职务"),
    ("resigned", "辞职"),
    ("ordered_to_resign", "责令辞职"),
    ("recalled", "罢免"),
    ("moved", "迁出调离"),
    ("ended", "资格终止"),
    ("died", "去世"),
)
ELECTED_HOW = _list("elected_how", "当选方式", ("general", "换届"), ("by_election", "补选"))
GROUP_TYPE = _list(
    "group_type",
    "小组类型",
    ("group", "代表小组"),
    ("joint", "代表联组"),
    ("centre", "代表中心组"),
    ("professional", "专业小组"),
)
GROUP_ROLE = _list(
    "group_role", "组内职务", ("leader", "组长", "召集人"), ("deputy_leader", "副组长"), ("member", "成员")
)
RECURRENCE = _list(
    "recurrence",
    "规则类型",
    ("weekly", "每周周几"),
    ("monthly_day", "每月几日"),
    ("monthly_weekday", "每月第几个周几"),
    ("odd_month_day", "单月几日"),
    ("even_month_day", "双月几日"),
    ("ending_digit", "逢尾数日"),
    ("market_lunar", "农历赶集日"),
    ("market_solar", "公历赶集日"),
    ("custom", "自定日期"),
)
HOLIDAY_RULE = _list(
    "holiday_rule", "遇法定节假日", ("postpone", "顺延"), ("cancel", "取消"), ("as_usual", "照常")
)
DAY_STATE = _list(
    "day_state",
    "接待日状态",
    ("planned", "计划"),
    ("announced", "已公告"),
    ("held", "已开展"),
    ("postponed", "顺延"),
    ("cancelled", "取消"),
)
ATTENDANCE = _list(
    "attendance",
    "到岗情况",
    ("planned", "待到岗"),
    ("present", "到岗"),
    ("leave", "请假"),
    ("absent", "缺席"),
    ("substituted", "替班"),
)
CHANNEL = _list(
    "channel",
    "类型",
    ("reception_day", "接待日接访", "接待日", "接访"),
    ("visit", "日常来访", "来访"),
    ("home_visit", "入户走访", "走访"),
    ("symposium", "座谈会", "座谈"),
    ("street", "上街设点"),
    ("phone", "电话"),
    ("sms", "短信"),
    ("letter_box", "意见箱/信件", "意见箱", "信件"),
    ("online", "网络", "网上"),
    ("via_deputy", "代表转交"),
    ("inspection", "视察调研中收集", "视察调研"),
    ("from_above", "上级转办"),
)
CONTACT_ROLE = _list("contact_role", "角色", ("reception", "接待"), ("record", "记录"), ("company", "陪同"))
AGE_BAND = _list(
    "age_band", "年龄段", ("under30", "30岁以下"), ("30_44", "30—44岁"), ("45_59", "45—59岁"),
    ("over60", "60岁及以上"),
)  # fmt: skip
VISITOR_STANDING = _list(
    "visitor_standing",
    "身份",
    ("voter", "选民"),
    ("migrant", "流动人口"),
    ("company", "企业"),
    ("other", "其他"),
)
CATEGORY = _list(
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
URGENCY = _list("urgency", "紧急程度", ("ordinary", "一般"), ("pressing", "较急"), ("urgent", "紧急"))
NATURE = _list(
    "nature",
    "性质",
    ("request", "求决"),
    ("suggestion", "建议"),
    ("question", "咨询"),
    ("criticism", "批评"),
    ("thanks", "表扬感谢", "感谢"),
    ("complaint", "投诉举报"),
)
TRACK = _list(
    "track",
    "办理渠道",
    ("opinion", "群众意见"),
    ("suggestion", "代表建议"),
    ("petition", "信访转送"),
    ("bill", "议案"),
)
OPENNESS = _list(
    "openness", "公开", ("open", "公开"), ("closed", "不公开"), ("on_request", "依申请公开", "依申请")
)
RESPONSIBLE_LEVEL = _list(
    "responsible_level",
    "责任层级",
    ("village", "村"),
    ("township", "乡镇"),
    ("county", "县"),
    ("above", "县以上"),
)
ROUTE = _list(
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
RESULT = _list(
    "result",
    "办理结果",
    ("A", "A 已解决", "已解决", "A类", "已办结", "解决"),
    ("B", "B 正在解决或列入计划", "正在解决", "正在协调", "列入明年计划", "列入计划", "B类"),
    ("C", "C 条件限制暂不能解决", "条件限制", "C类"),
    ("D", "D 留作参考", "留作参考", "D类"),
)
SATISFACTION = _list(
    "satisfaction",
    "满意度",
    ("satisfied", "满意", "√", "✓"),
    ("basically", "基本满意"),
    ("unsatisfied", "不满意"),
    ("unreached", "未联系上", "联系不上", "未评价"),
)
ASKED_WHOM = _list(
    "asked_whom", "征询对象", ("visitor", "反映人"), ("lead", "领衔代表"), ("joint", "联名代表")
)
MEANS = _list("means", "方式", ("face", "当面"), ("phone", "电话"), ("written", "书面"), ("platform", "平台"))
EXTENSION_DECISION = _list(
    "extension_decision",
    "审批结果",
    ("waiting", "待审批"),
    ("granted", "同意延期", "同意"),
    ("refused", "不同意"),
)
SUPERVISION_MEANS = _list(
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
SUPERVISION_OUTCOME = _list(
    "supervision_outcome", "督办结果", ("moving", "推进", "有推进"), ("still_not", "仍未落实", "未落实")
)
RULING = _list("ruling", "研究意见", ("redo", "继续重办"), ("closed", "向反映人说明情况后了结", "说明了结"))
PROMISE_OUTCOME = _list(
    "promise_outcome",
    "兑现情况",
    ("kept", "已兑现"),
    ("postponed", "推迟"),
    ("dropped", "不能兑现"),
)
UNIT_TYPE = _list(
    "unit_type",
    "单位类型",
    ("township", "乡镇内设机构"),
    ("station", "七站八所/事业"),
    ("county", "县直部门"),
    ("village", "村（社区）"),
    ("above", "上级国家机关"),
    ("company", "企业"),
)
SENDING_STATE = _list(
    "sending_state",
    "状态",
    ("final", "已定稿"),
    ("sent", "已报送"),
    ("received", "县人大已接收"),
    ("void", "作废"),
)
COUNTY_USES = _list(
    "county_uses",
    "县人大是否使用本程序",
    ("yes", "使用"),
    ("no", "不使用，只收 Excel 和 Word"),
    ("unknown", "还不清楚"),
)
ATTACHMENT_FORM = _list(
    "attachment_form",
    "类型",
    ("jpg", "照片", "JPG 照片", "jpeg"),
    ("png", "图片", "PNG 图片"),
    ("pdf", "PDF 文件"),
    ("docx", "Word 文件"),
    ("xlsx", "Excel 文件"),
    ("txt", "文本文件"),
    ("csv", "CSV 表格"),
)
ENROLMENT_ROLE = _list("enrolment_role", "用途", ("desk", "报送"), ("county", "县人大回执"))
RECEIVED_VERDICT = _list(
    "received_verdict",
    "接收结论",
    ("accept", "核验通过"),
    ("noop", "重复（已接收过）"),
    ("hold", "暂存等待"),
    ("conflict", "已收，有疑问待确认"),
    ("quarantine", "另存待查"),
    ("reject", "核验未通过（请重报）"),
    ("taken_back", "已撤回"),
)
SUGGESTION_FORM = _list(
    "suggestion_form",
    "类型",
    ("suggestion", "建议", "代表建议"),
    ("bill", "议案"),
    ("criticism", "批评"),
    ("opinion", "意见"),
    ("inquiry", "质询", "质询案"),
)
SUGGESTION_TIME = _list(
    "suggestion_time",
    "提出时间",
    ("in_session", "会议期间", "会上", "大会期间"),
    ("between", "闭会期间", "闭会", "平时"),
)
UNFIT = _list(
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
SCREENING_STAGE = _list(
    "screening_stage",
    "审查环节",
    ("office", "人大初审", "初审"),
    ("government", "政府联审", "联审"),
    ("deputies", "代表协审", "协审"),
)
SCREENING_VERDICT = _list(
    "screening_verdict",
    "审查结论",
    ("passed", "通过", "同意立案", "立案"),
    ("back", "退回修改"),
    ("merge", "建议合并办理", "改并案"),
    ("to_opinion", "转为群众意见", "转意见"),
)
CO_PART = _list("co_part", "参与方式", ("helping", "协办"), ("separate", "分别办理"))
GUIDANCE = _list(
    "guidance",
    "引导事由",
    ("petition", "信访事项"),
    ("lawsuit", "涉法涉诉"),
    ("discipline", "检举控告"),
    ("review", "复议仲裁"),
    ("other", "其他"),
)
TELLING = _list("telling", "告知方式", ("on_spot", "当场告知"), ("later", "随后书面告知"))
