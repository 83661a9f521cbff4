"""Codes of activities, meetings and who attended them (domain.md 3.21, 3.22, 3.24, 3.30a)."""

from lianxin.domain.codes.lists import code_list

ACTIVITY_TYPE = code_list(
    "activity_type",
    "活动类型",
    ("training", "学习培训", "培训"),
    ("inspection", "视察"),
    ("research", "专题调研", "调研"),
    ("law_check", "执法检查"),
    ("evaluation", "评议"),
    ("hearing", "听取专项报告"),
    ("symposium", "座谈"),
    ("reception", "接待选民"),
    ("visiting", "走访"),
    ("group", "代表小组活动", "小组活动"),
    ("theme", "主题活动"),
    ("volunteering", "公益志愿"),
    ("attending", "列席会议"),
    ("reporting", "述职"),
    ("other", "其他"),
)
ORGANISER = code_list(
    "organiser",
    "组织单位",
    ("county", "县人大"),
    ("township", "乡镇人大"),
    ("group", "代表小组"),
    ("station", "代表联络站"),
    ("deputy", "代表个人"),
)
TRAINING_FORM = code_list(
    "training_form",
    "培训形式",
    ("class", "集中培训"),
    ("lecture", "专题讲座"),
    ("meeting", "以会代训"),
    ("study_tour", "外出考察"),
    ("seminar", "研讨班"),
    ("online", "在线学习"),
    ("forum", "干部大讲堂"),
)
STEP_STAGE = code_list("step_stage", "阶段", ("before", "活动前"), ("during", "活动中"), ("after", "活动后"))
PRESENCE = code_list(
    "presence",
    "出勤",
    ("expected", "应到"),
    ("present", "出席", "到会", "参加"),
    ("sick", "病假"),
    ("private", "事假"),
    ("official", "公假"),
    ("absent", "缺席", "未到"),
)
ATTENDING_ROLE = code_list(
    "attending_role",
    "身份",
    ("member", "成员", "代表"),
    ("chair", "主持"),
    ("leader", "组长", "带队"),
    ("deputy_leader", "副组长"),
    ("speaker", "发言", "授课"),
    ("recorder", "记录"),
    ("guest", "列席"),
)
THEME_PART = code_list("theme_part", "完成情况", ("open", "进行中"), ("done", "已完成"))
MEETING_TYPE = code_list(
    "meeting_type",
    "会议类型",
    ("congress", "人民代表大会", "人代会"),
    ("preparatory", "预备会议"),
    ("presidium", "主席团会议"),
    ("delegation", "代表团会议"),
    ("group", "代表小组会议"),
    ("symposium", "座谈会"),
    ("report_back", "述职评议会"),
    ("work", "工作例会"),
    ("other", "其他"),
)
PLAN_TYPE = code_list(
    "plan_type",
    "计划类型",
    ("deputies", "代表工作计划"),
    ("station", "站点活动计划"),
    ("supervision", "监督计划"),
    ("training", "培训计划"),
    ("reception", "接待计划"),
)
PLAN_COUNTED = code_list(
    "plan_counted",
    "按什么记完成",
    ("none", "自己填写"),
    ("activity", "履职活动"),
    ("reception", "接待日"),
    ("contact", "来访走访"),
    ("meeting", "会议"),
    ("report", "述职"),
    ("training", "培训"),
)
PAIR_TYPE = code_list(
    "pair_type",
    "联系类型",
    ("chair", "主席、副主席联系代表"),
    ("member", "组成人员联系代表"),
    ("voters", "代表联系选民户"),
    ("area", "领导包片联系小组"),
)
PUBLICATION_WHAT = code_list(
    "publication_what",
    "公示内容",
    ("deputies", "代表基本信息"),
    ("performance", "履职信息"),
    ("reception", "接待公告"),
    ("handling", "建议办理情况报告"),
    ("evaluation", "测评结果"),
    ("decision", "决议决定"),
)
PUBLICATION_MEANS = code_list(
    "publication_means",
    "公示方式",
    ("board", "公示栏"),
    ("village", "村务栏"),
    ("site", "网站"),
    ("account", "公众号"),
)
EXPENSE_ITEM = code_list(
    "expense_item",
    "科目",
    ("activity", "活动费"),
    ("subsidy", "误工补助"),
    ("training", "培训"),
    ("meeting", "会议"),
    ("station", "站点运行"),
)
MINUTES_STATE = code_list(
    "minutes_state",
    "记录稿状态",
    ("draft", "草稿"),
    ("checked", "已核对"),
    ("signed", "已签字"),
    ("archived", "已归档"),
)
VOTE_MEANS = code_list(
    "vote_means",
    "表决方式",
    ("hands", "举手"),
    ("ballot", "投票", "无记名投票"),
    ("acclaim", "鼓掌通过", "口头"),
)
DECISION_TYPE = code_list(
    "decision_type",
    "类型",
    ("decision", "决定"),
    ("resolution", "决议"),
    ("opinion", "审议意见"),
    ("task", "议定事项"),
)
DECISION_STATE = code_list(
    "decision_state", "落实情况", ("open", "落实中"), ("done", "已落实"), ("dropped", "不再办理")
)
BALLOT_SUBJECT = code_list("ballot_subject", "投票内容", ("election", "选举"), ("project", "民生实事票决"))
