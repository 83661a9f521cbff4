"""一页纸: keys, the five steps, the monthly sending and whom to ask, on one A4 to hang beside the screen."""

from __future__ import annotations

from lianxin.domain.records import Office
from lianxin.office.desk import office_of
from lianxin.office.paperwork.paper import Asked, Paper
from lianxin.office.trust.trusting import is_county

TITLE = "连心　一页纸"
KEYS = (
    ("F2", "新登记（每页的主要按钮）", "Ctrl+K", "找人、事、编号，可打首字母"),
    ("回车", "下一项", "Ctrl+F", "在这一页里找"),
    ("Ctrl+回车", "保存并登记下一位", "Ctrl+P", "打印，先预览"),
    ("Esc", "返回，草稿还在", "Alt+数字", "换页"),
    ("F1", "这一页怎样做", "撤销", "底下一行，刚做的都能撤"),
)
STEPS = (
    ("1 统一登记", "“来访走访登记”按 F2：日期、渠道、原话、来访人。几个人一起来按 Ctrl+J。"),
    ("2 梳理分流", "“意见建议办理”选中那件，按“梳理分流”：转交、当场答复、告知引导、转报县人大。"),
    ("3 跟踪督办", "交办以后看“近期待办”：到期催办，按“督办”；要函的选“督办函”打印。"),
    ("4 反馈结果", "单位答复按“登记答复”；回访反映人按“反馈评价”。"),
    ("5 持续重办", "不满意的自动转为待重办，按“重新交办”；满意的办结，再“归档”。"),
)
TOWNSHIP_MONTH = (
    (
        "每月",
        "“报送县人大”从上到下：核对 → 定稿 → 送签稿（打印签字盖章）→ 数字签名 → 复制到U盘，看到“可以拔出”再拔。",
    ),
    ("电话", "报送以后，把20位核对码念给县人大听。县里发回的回执拖到这一页。"),
    ("每周", "“设置与备份—备份与恢复”备份到U盘，和电脑分开放。"),
    ("每年", "一月登记年初承诺，年底述职评议、履职档案定稿。还差什么看“年度任务进度”。"),
    ("做错了", "先按“撤销”。程序报错的，记下代号告诉维护人员；登记过的都在本机。"),
    ("忘口令", "不要乱试。找主席拿封存的恢复单。口令和恢复单都没有了，谁也打不开。"),
)
COUNTY_MONTH = (
    ("每月", "把乡镇的文件或文件夹拖到“接收报送”，看结论，按 F2 接收；再到“回执与下发资料”写回执。"),
    ("电话", "没有登记的乡镇、另存待查的，打电话核对20位核对码。"),
    ("每周", "“设置与密钥—备份与恢复”备份到U盘。根密钥的两个U盘由两个人分开保管。"),
    ("做错了", "先按“撤销”。程序报错的，记下代号告诉维护人员；登记过的都在本机。"),
    ("忘口令", "不要乱试。找保管人拿封存的恢复单。口令和恢复单都没有了，谁也打不开。"),
)
ASK = ("县人大联络人", "主席（恢复单在这里）", "以前的经办人", "修电脑的")
ASK_OF_COUNTY = ("保管恢复单的人", "保管根密钥的两个人", "以前的经办人", "修电脑的")


def _card(asked: Asked) -> bytes:
    from lianxin.documents.word.blocks import Block, BlockPaper, Grid, GridColumn, Heading, Text, Title
    from lianxin.documents.word.blocks_docx import blocks_docx

    office = office_of(asked.reading)
    two = (GridColumn("", 1), GridColumn("", 5.6))
    county = is_county(office.office_type)
    blocks: list[Block] = [
        Title(TITLE, f"{office.name}　贴在电脑旁边"),
        Heading("按键"),
        Grid((GridColumn("", 1), GridColumn("", 2.4), GridColumn("", 1), GridColumn("", 3)), KEYS),
        *(() if county else (Heading("一件意见，五步"), Grid(two, STEPS))),
        Heading("要记住的"),
        Grid(two, COUNTY_MONTH if county else TOWNSHIP_MONTH),
        Text("写的内容随时存成草稿，停电、关机以后还在。左下角“● 已保存到本机”就是存好了。", small=True),
        Heading("问谁"),
        Grid((GridColumn("", 2.4), GridColumn("姓名", 2), GridColumn("电话", 2.2)), _people(office)),
    ]
    return blocks_docx(BlockPaper(blocks, TITLE, office.name))


def _people(office: Office) -> tuple[tuple[str, str, str], ...]:
    who = ASK_OF_COUNTY if is_county(office.office_type) else ASK
    return tuple((each, "", "") for each in who)


QUICK_CARD_PAPERS = (Paper("quick-card", "一页纸", ".docx", "record or blank", _card),)
