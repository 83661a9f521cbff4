"""Codes of reception days, contacts and visitors."""

from lianxin.domain.codes.lists import code_list

RECURRENCE = code_list(
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
HOLIDAY_RULE = code_list(
    "holiday_rule", "遇法定节假日", ("postpone", "顺延"), ("cancel", "取消"), ("as_usual", "照常")
)
DAY_STATE = code_list(
    "day_state",
    "接待日状态",
    ("planned", "计划"),
    ("announced", "已公告"),
    ("held", "已开展"),
    ("postponed", "顺延"),
    ("cancelled", "取消"),
)
ATTENDANCE = code_list(
    "attendance",
    "到岗情况",
    ("planned", "待到岗"),
    ("present", "到岗"),
    ("leave", "请假"),
    ("absent", "缺席"),
    ("substituted", "替班"),
)
CHANNEL = code_list(
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
    ("report_back", "述职评议会提出", "述职评议"),
)
CONTACT_ROLE = code_list(
    "contact_role", "角色", ("reception", "接待"), ("record", "记录"), ("company", "陪同")
)
AGE_BAND = code_list(
    "age_band", "年龄段", ("under30", "30岁以下"), ("30_44", "30—44岁"), ("45_59", "45—59岁"),
    ("over60", "60岁及以上"),
)  # fmt: skip
VISITOR_STANDING = code_list(
    "visitor_standing",
    "身份",
    ("voter", "选民"),
    ("migrant", "流动人口"),
    ("company", "企业"),
    ("other", "其他"),
)
