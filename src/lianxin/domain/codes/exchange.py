"""Codes of files that travel between offices, and of what is attached."""

from lianxin.domain.codes.lists import code_list

SENDING_STATE = code_list(
    "sending_state",
    "状态",
    ("final", "已定稿"),
    ("sent", "已报送"),
    ("received", "县人大已接收"),
    ("void", "作废"),
)
COUNTY_USES = code_list(
    "county_uses",
    "县人大是否使用本程序",
    ("yes", "使用"),
    ("no", "不使用，只收 Excel 和 Word"),
    ("unknown", "还不清楚"),
)
ATTACHMENT_FORM = code_list(
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
ENROLMENT_ROLE = code_list("enrolment_role", "用途", ("desk", "报送"), ("county", "县人大回执"))
REPORTING_WAY = code_list(
    "reporting_way",
    "报送方式",
    ("signed", "报送件"),
    ("plain", "普通报送"),
    ("behalf", "代录"),
)
RECEIVED_VERDICT = code_list(
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
RECEPTION_RESULT = code_list(
    "reception_result",
    "审核结果",
    ("passed", "通过"),
    ("returned", "退回修改"),
    ("partial", "部分接收"),
)
HANDED_SUBJECT = code_list(
    "handed_subject",
    "下发资料种类",
    ("rules", "规则库"),
    ("categories", "意见小类"),
    ("units", "承办单位"),
    ("holidays", "放假安排"),
    ("template", "文书模板"),
    ("theme", "年度主题"),
    ("roster", "上级代表名册"),
    ("certificate", "续发的证书"),
    ("revocations", "作废名单"),
)
CODE_CHANGE = code_list(
    "code_change",
    "变更种类",
    ("renamed", "更名", "撤乡设镇"),
    ("merged", "合并", "撤并"),
    ("split", "拆分", "划转"),
)
SAME_PERSON = code_list("same_person", "认定", ("same", "同一人"), ("different", "不是同一人"))
BEHALF_SOURCE = code_list("behalf_source", "来源", ("file", "代录（未签名）", "代录"), ("plain", "普通报送"))
BULLETIN_SORT = code_list(
    "bulletin_sort", "通报简报种类", ("notice", "工作通报", "通报"), ("brief", "工作简报", "简报")
)
