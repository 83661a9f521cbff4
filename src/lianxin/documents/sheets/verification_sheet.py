"""核验单 of a sent file: what went out, its check code, who signed, each file with its hash, how anybody checks it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lianxin.documents.pdf.blocks_pdf import blocks_pdf
from lianxin.documents.word.blocks import Block, BlockPaper, Grid, GridColumn, Heading, Text, Title

TITLE = "报送件核验单"
_FACTS = (GridColumn("", 1), GridColumn("", 4))
_FILES = (
    GridColumn("序号", 0.5, "center"),
    GridColumn("文件", 2.4),
    GridColumn("字节", 0.9, "right"),
    GridColumn("SHA-256", 4.2),
)
_CHECKED = (
    GridColumn("报送单位经办人", 1.2),
    GridColumn("县人大核对人", 1.2),
    GridColumn("核对结果", 1, "center"),
    GridColumn("核对日期", 1),
)
NOT_PAPER = "数字签名不能代替签字盖章，纸质件仍按原来的规定报送。"


@dataclass(frozen=True)
class SheetFile:
    """One file the signature vouches for; `digest` has 64 hex digits."""

    path: str
    size: int
    digest: str


@dataclass(frozen=True)
class VerificationSheet:
    """What the sheet says. `files` is None where the content is sealed for the county, or the file not `here`."""

    office: str
    facts: tuple[tuple[str, str], ...]
    files: tuple[SheetFile, ...] | None
    plain: bool
    here: bool = True


def verification_sheet_pdf(sheet: VerificationSheet) -> bytes:
    """The sheet as PDF."""
    return blocks_pdf(BlockPaper(tuple(_blocks(sheet)), TITLE, sheet.office))


def _blocks(sheet: VerificationSheet) -> Iterator[Block]:
    yield Title(TITLE, sheet.office)
    yield Grid(_FACTS, sheet.facts)
    yield Text(NOT_PAPER, small=True)
    if sheet.files is not None:
        yield Heading("报送的文件", f"{len(sheet.files)}个")
        rows = [
            (str(at), each.path, f"{each.size:,}", grouped(each.digest))
            for at, each in enumerate(sheet.files, 1)
        ]
        yield Grid(_FILES, tuple(rows))
    elif not sheet.here:
        yield Text("报送件已不在原来的位置，本单只有核对码，不列文件。")
    else:
        yield Text("内容已加密给县人大，本单不列文件；县人大接收时逐个核对。")
    yield Heading("不用本程序也可以核对")
    for line in _how(sheet):
        yield Text(line)
    yield Text("　", small=True)
    yield Grid(_CHECKED, (("\n\n", "", "□相符　□不符", ""),))


def _how(sheet: VerificationSheet) -> Sequence[str]:
    telephone = "一、打电话给报送单位，对一对20位核对码。电话号码用自己通讯录里的，不要用文件里写的。"
    if not sheet.plain:
        return (
            telephone,
            "二、算文件本身的 SHA-256，与上面“文件指纹”对照：Windows 用 certutil -hashfile 文件名 SHA256，"
            "统信、麒麟等用 sha256sum 文件名。",
        )
    return (
        telephone,
        "二、解开压缩包，进“数字签名”文件夹。Windows：地址栏输入 cmd 回车，再输入 "
        "certutil -hashfile manifest.json SHA256，前32位应与上面的32位核对码相同。",
        "三、统信、麒麟等装有 openssl 的电脑：openssl x509 -in p256.crt -pubkey -noout > /tmp/pub.pem；"
        "openssl dgst -sha256 -verify /tmp/pub.pem -signature p256.sig manifest.json，显示 Verified OK；"
        "sha256sum 逐个算出文件，与上表对照。",
    )


def grouped(digest: str) -> str:
    """64 digits in groups of eight, so that they can be followed with a finger."""
    return " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))
