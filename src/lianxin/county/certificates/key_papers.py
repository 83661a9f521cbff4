"""Papers about keys: how the root is kept on two sticks, and what is done about a computer that was lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lianxin.county.certificates.root_key import root_state
from lianxin.domain.dates import show_day
from lianxin.domain.records import Enrolment
from lianxin.office.desk import office_of
from lianxin.office.paperwork.paper import Asked, Paper, PapersProblem
from lianxin.store.reading import Reading

if TYPE_CHECKING:
    from lianxin.documents.word.blocks import GridColumn

KEEPING = (
    "1. 根密钥是本县数字签名的根本：谁有它和口令，谁就能冒充县人大签发证书。只用于签发、续发、作废证书和写证书清单，"
    "平时不插在电脑上。",
    "2. 准备两个新U盘和一个信封。在“设置与密钥—根密钥”里设根密钥的口令（不要和开机口令一样），写在纸上装进信封封好。",
    "3. 插上第一个U盘，按“导出到U盘”；换第二个U盘，再导出一份。两份都写好、读回打开过，本机才删去根密钥。",
    "4. 两个U盘由两个人分别锁存，信封由第三个人锁存。任何一个人手里都不能同时有U盘和口令。",
    "5. 每半年把两个U盘各插一次，按“打开核对”，确认还能打开，在下表记一笔。U盘打不开的，马上用另一份再导出一份。",
    "6. 人员变动时两人在场交接，改换口令的，用“再导出一份”写新的两份，旧的两份当场销毁。",
    "7. 以前做的数据备份里有导出之前的根密钥，备份盘照同样办法保管，或在确认不用以后销毁。",
    "8. 两份都丢了或者泄露了：停止签发，报告领导；重新建立县人大数据文件夹，各乡镇重新登记。已经接收的报送件不受影响。",
)
OF_COUNTY = (
    "在“设置与密钥”里作废这台电脑的证书（插根密钥U盘），作废以后用它签的报送件一律不收。",
    "打电话告诉乡镇已经作废，并问清：电脑什么时候丢的，口令有没有写在电脑上，丢失前最后报送的是第几期。",
    "写回执发给各乡镇，作废名单随回执带下去；急的，把作废时写出的清单文件先发给这个乡镇。",
    "核对丢失以后有没有收到用这台电脑签的报送件；没有给过回执的，撤回那一份，请乡镇重报。",
)
OF_TOWN = (
    "换一台电脑装好程序，用最近的备份恢复；没有备份的，新建数据文件夹，把U盘里以前的报送件接收回来。",
    "在“县人大登记”里按“换新密钥申请”，把申请文件交县人大，电话里念20位核对码。",
    "接收县人大的登记答复，再打电话核对根证书核对码。",
    "已经有回执的各期不用重报；没有回执的，重新报送一次。",
    "电脑里有来访人的电话、住址：按个人信息安全事件报告本单位领导，需要告知当事人的告知。",
)


def _keeping(asked: Asked) -> bytes:
    from lianxin.documents.word.blocks import Block, BlockPaper, Grid, GridColumn, Heading, Text, Title
    from lianxin.documents.word.blocks_docx import blocks_docx

    office, state = office_of(asked.reading), root_state(asked.desk)
    title = "根密钥保管说明"
    copies = state.copies or ("（还没有导出）",)
    facts = (
        ("根证书核对码", state.root_code),
        ("第一份", copies[0]),
        ("第二份", copies[1] if len(copies) > 1 else "（还没有导出）"),
    )
    keepers = tuple((each, "", "", "") for each in ("第一份U盘", "第二份U盘", "口令信封"))
    checks = tuple(("", "", "", "") for _ in range(6))
    blocks: list[Block] = [
        Title(title, f"{office.name}　{show_day(asked.desk.today())}"),
        Grid((GridColumn("", 1), GridColumn("", 4)), facts),
        Heading("办法"),
        *(Text(line) for line in KEEPING),
        Heading("保管人"),
        Grid(_columns("保管什么", "保管人签字", "存放地点", "日期"), keepers),
        Heading("核对和交接"),
        Grid(_columns("日期", "核对或交接的情况", "经手人签字", "在场人签字"), checks),
        Text("本说明一式三份，由三个保管人各存一份，不写口令。", small=True),
    ]
    return blocks_docx(BlockPaper(blocks, title, office.name))


def _lost(asked: Asked) -> bytes:
    from lianxin.documents.word.blocks import Block, BlockPaper, Grid, GridColumn, Heading, Text, Title
    from lianxin.documents.word.blocks_docx import blocks_docx

    office, record = office_of(asked.reading), _enrolment(asked.reading, asked.uid)
    title = "电脑遗失（密钥泄露）处理单"
    facts = _facts(record)
    blocks: list[Block] = [
        Title(title, f"{office.name}　{show_day(asked.desk.today())}"),
        Grid((GridColumn("", 1), GridColumn("", 3.4)), facts),
        Heading("县人大"),
        *(Text(f"□ {line}") for line in OF_COUNTY),
        Heading("乡镇人大"),
        *(Text(f"□ {line}") for line in OF_TOWN),
        Heading("签字"),
        Grid(
            _columns("", "签字", "日期", "备注"),
            (("县人大经办人", "", "", ""), ("乡镇人大经办人", "", "", ""), ("乡镇人大主席", "", "", "")),
        ),
    ]
    return blocks_docx(BlockPaper(blocks, title, office.name))


def _columns(*labels: str) -> tuple[GridColumn, ...]:
    from lianxin.documents.word.blocks import GridColumn as Column

    return tuple(Column(label, 1.2) for label in labels)


def _enrolment(reading: Reading, uid: str | None) -> Enrolment | None:
    if uid is None:
        return None
    found = reading.get(Enrolment, uid)
    if found is None:
        raise PapersProblem(f"登记里没有这张证书（{uid}），没有生成文件")
    return found


def _facts(record: Enrolment | None) -> tuple[tuple[str, str], ...]:
    labels = ("单位", "电脑", "证书编号", "签发日期", "有效期至", "作废时间", "遗失或泄露的经过")
    if record is None:
        return tuple((label, "") for label in labels)
    revoked = record.revoked_at[:10] if record.revoked_at else "（还没有作废）"
    told = (
        f"{record.name}（{record.code}）", record.device or "", record.serial[:16], show_day(record.issued),
        show_day(record.until), revoked, "",
    )  # fmt: skip
    return tuple(zip(labels, told, strict=True))


KEY_PAPERS = (
    Paper("root-keeping", "根密钥保管说明", ".docx", "record or blank", _keeping),
    Paper("lost-computer", "电脑遗失处理单", ".docx", "record or blank", _lost),
)
