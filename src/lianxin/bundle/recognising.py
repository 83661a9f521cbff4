"""What a refused file really is, told to a clerk: a photo, a letter, a table, an archive around the right file.

Verdict and code stay what verification found; only the sentence and the next act speak of what lies there. Nothing
is unpacked: the first bytes and the directory of an archive are looked at.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from lianxin.bundle.codes import Code, Verdict
from lianxin.bundle.paths import hidden
from lianxin.bundle.verdicts import Outcome

_UNTOUCHED = "原文件和本机数据都没有改动，"
_HEAD = 4096
_LOCAL_HEADER, _FLAGS, _NAME_LENGTH = 30, slice(6, 8), slice(26, 28)
_UTF8_NAMES = 0x800
_BACKUP_NAMES = frozenset({"ledger.db", "key.json"})
_MOST_NAMES = 5000
_SHAPE = frozenset({Code.NOT_ZIP, Code.ZIP_FEATURE, Code.CORRUPT, Code.NO_MANIFEST, Code.FORMAT})
CUT_OFF = "没有拷贝完整，或后面多了内容"
"""Detail of an encrypted file that is ours and does not open to its end."""


@dataclass(frozen=True)
class _Words:
    what: str
    next: str


_PAPER = "没有用本程序的乡镇报来的表格，按“代录”收；用本程序的，请他们发 zip 文件。"
_BY_MAGIC: tuple[tuple[bytes, _Words], ...] = (
    (b"\xff\xd8\xff", _Words("这是一张照片，不是报送件", "")),
    (b"\x89PNG", _Words("这是一张图片，不是报送件", "")),
    (b"BM", _Words("这是一张图片，不是报送件", "")),
    (b"%PDF", _Words("这是一份 PDF 文件，不是报送件", "")),
    (b"\xd0\xcf\x11\xe0", _Words("这是旧版的 Word、Excel 或邮件文件，不是报送件", _PAPER)),
    (b"Rar!", _Words("这是 rar 压缩包，不是报送件", "请先把它解开，再选里面的 zip 文件；里面没有 zip 的，请退回重报。")),
    (b"7z\xbc\xaf", _Words("这是 7z 压缩包，不是报送件", "请先把它解开，再选里面的 zip 文件；里面没有 zip 的，请退回重报。")),
    (b"\x1f\x8b", _Words("这是 gz 压缩包，不是报送件", "请先把它解开，再选里面的 zip 文件。")),
)  # fmt: skip
_PHOTO_NEXT = "请报送单位发原来的 zip 文件；盖章件的照片和扫描件另外存放。"
_LETTER = _Words("这是一封邮件，报送件在它的附件里", "请先在邮箱里打开这封邮件，把附件另存出来，再接收附件。")
_LETTER_MARKS = (b"mime-version:", b"received:", b"from:", b"return-path:", b"message-id:", b"x-mailer:")
_OFFICE = _Words("这是一份 Word 或 Excel 文件，不是报送件", _PAPER)
_FOLDER = _Words("这是一个文件夹，不是报送件", "里面有报送件的，请用“选择文件夹”选它。")
_PACKED_AGAIN = _Words(
    "这是报送件解开以后用别的压缩软件重新打包的，不是原来的文件",
    "请报送单位把原来的文件发过来，不要解开再打包；用U盘拷或者当附件发都可以。",
)
_FOOTER = _Words(
    "文件的末尾多了内容，多半是邮件或网盘在后面加了一段",
    "请报送单位重发一次，最好用U盘拷，或者换一个邮箱发。",
)
_BACKUP = _Words(
    "这是本程序的备份，不是报送件",
    "请报送单位发原来的 zip 文件；要用备份恢复的，在设置里办理。",
)
_REQUEST = _Words("这是登记申请，不是报送件", "请在“设置与密钥”里给它签发证书。")
_CUT = _Words(f"报送件是发给本单位的，但{CUT_OFF}", "请重新拷贝一次；仍然这样就请报送单位重发，最好用U盘拷。")


def recognised(path: Path, outcome: Outcome) -> Outcome:
    """The outcome with a better sentence where the file tells what it is; any file at all, never raises."""
    words = _words_for(path, outcome) if outcome.verdict is Verdict.REJECT else None
    if words is None:
        return outcome
    act = words.next or _PHOTO_NEXT
    return replace(outcome, message=f"{words.what}。", next=f"{_UNTOUCHED}{act}")


def _words_for(path: Path, outcome: Outcome) -> _Words | None:
    if outcome.code is Code.CANNOT_DECRYPT and CUT_OFF in outcome.message:
        return _CUT
    if outcome.code is Code.POLICY and "登记申请" in outcome.message:
        return _REQUEST
    if outcome.code not in _SHAPE:
        return None
    if path.is_dir():
        return _FOLDER
    head = _head(path)
    for magic, words in _BY_MAGIC:
        if head.startswith(magic):
            return words
    if _is_letter(path, head):
        return _LETTER
    if not head.startswith(b"PK"):
        return None
    names = list(_names(path))
    if names and head.startswith(b"PK\x03\x04") and _first_name(head) not in names:
        # Cut short: what was found is the directory of a paper inside.
        return None
    if set(names) >= _BACKUP_NAMES:
        return _BACKUP
    if "[Content_Types].xml" in names or (not names and path.suffix.lower() in (".docx", ".xlsx")):
        return _OFFICE
    return _of_archive(names, outcome)


def _of_archive(names: list[str], outcome: Outcome) -> _Words | None:
    inside = [name for name in names if name.lower().endswith((".zip", ".zip.age", ".age"))]
    if inside and outcome.code in (Code.NO_MANIFEST, Code.ZIP_FEATURE):
        told = "、".join(_seen(name) for name in inside[:3]) + (
            f"等{len(inside)}个" if len(inside) > 3 else ""
        )
        return _Words(
            f"报送件在这个压缩包里面：{told}",
            "请先把它解出来（双击压缩包，拖到桌面），再接收解出来的那个文件。",
        )
    ours = any(name.rpartition("/")[2] == "manifest.json" for name in names)
    if ours and outcome.code in (Code.NO_MANIFEST, Code.FORMAT, Code.ZIP_FEATURE):
        if outcome.code is Code.ZIP_FEATURE and "末尾" in outcome.message:
            return _FOOTER
        return _PACKED_AGAIN if "类型标记" in outcome.message or outcome.code is not Code.FORMAT else None
    return None


def _is_letter(path: Path, head: bytes) -> bool:
    first = head[:1500].lower()
    marks = sum(1 for mark in _LETTER_MARKS if first.startswith(mark) or b"\n" + mark in first)
    return marks >= 2 or (path.suffix.lower() in (".eml", ".mht") and marks >= 1)


def _head(path: Path) -> bytes:
    try:
        if not path.is_file():
            return b""
        with path.open("rb") as stream:
            return stream.read(_HEAD)
    except OSError:
        return b""


def _first_name(head: bytes) -> str:
    """The name of the first file in an archive, by its local header."""
    flags, length = (int.from_bytes(head[each], "little") for each in (_FLAGS, _NAME_LENGTH))
    name = head[_LOCAL_HEADER : _LOCAL_HEADER + length]
    return name.decode("utf-8" if flags & _UTF8_NAMES else "cp437", "replace")


def _names(path: Path) -> Iterator[str]:
    """Names in the directory of an archive, with one that has something behind it too; nothing of a broken one."""
    try:
        with zipfile.ZipFile(path) as archive:
            yield from (each.filename for each in archive.infolist()[:_MOST_NAMES])
    except (OSError, ValueError, NotImplementedError, RuntimeError, zipfile.BadZipFile):
        return


def _seen(name: str) -> str:
    shown = name.rpartition("/")[2]
    return "".join(each for each in shown if not hidden(each))[:60]
