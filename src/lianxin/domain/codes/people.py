"""Codes of people, offices and places."""

from lianxin.domain.codes.lists import code_list

SEX = code_list("sex", "性别", ("male", "男", "男性"), ("female", "女", "女性"))
OFFICE_TYPE = code_list(
    "office_type",
    "机构类型",
    ("township", "乡镇人大"),
    ("subdistrict", "街道人大工委"),
    ("county", "县人大常委会"),
    ("county_committee", "县人大委室"),
)
LEVEL = code_list(
    "level",
    "代表层级",
    ("nation", "全国", "全国人大代表", "国"),
    ("province", "省", "省级", "省代表"),
    ("city", "市（州）", "市", "州", "市级", "州级", "市(州)", "市州"),
    ("county", "县", "县级", "县代表", "区", "县（区）"),
    ("township", "乡", "乡级", "乡镇", "镇", "乡代表", "镇代表"),
)
REGION_LEVEL = code_list(
    "region_level", "区划级别", ("province", "省"), ("city", "市"), ("county", "县"), ("township", "乡"),
    ("village", "村"),
)  # fmt: skip
TERM_LEVEL = code_list("term_level", "届的级别", ("county", "县"), ("township", "乡"))
STATION_TYPE = code_list(
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
STATION_STATE = code_list(
    "station_state",
    "站点状态",
    ("building", "在建"),
    ("running", "运行"),
    ("merged", "合并"),
    ("closed", "撤销"),
)
STATION_GRADE = code_list(
    "station_grade",
    "站点等级",
    ("ordinary", "普通"),
    ("standard", "规范化"),
    ("model", "示范"),
    ("star", "明星", "五星"),
)
PARTY = code_list(
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
MANDATE_STATE = code_list(
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
    ("expired", "届满"),
)
ELECTED_HOW = code_list("elected_how", "当选方式", ("general", "换届"), ("by_election", "补选"))
GROUP_TYPE = code_list(
    "group_type",
    "小组类型",
    ("group", "代表小组"),
    ("joint", "代表联组"),
    ("centre", "代表中心组"),
    ("professional", "专业小组"),
)
GROUP_ROLE = code_list(
    "group_role", "组内职务", ("leader", "组长", "召集人"), ("deputy_leader", "副组长"), ("member", "成员")
)
UNIT_TYPE = code_list(
    "unit_type",
    "单位类型",
    ("township", "乡镇内设机构"),
    ("station", "七站八所/事业"),
    ("county", "县直部门"),
    ("village", "村（社区）"),
    ("above", "上级国家机关"),
    ("company", "企业"),
)
