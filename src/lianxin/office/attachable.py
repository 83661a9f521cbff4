"""Which files may be attached: judged by what they are, not by what they are called, and refused in plain words.

What is accepted here is what a receiving county accepts: the same checks as of a bundle's files.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath

from lianxin.domain.checks import clean_text

MOST_BYTES = 50 << 20
"""Largest file that is attached; a county's limit for one file is higher, its mailbox is not."""
_NAME_LENGTH = 100

_IMAGES = frozenset({"jpg", "jpeg", "jpe", "jfif", "png", "bmp", "webp", "tif", "tiff"})
_TEXTS = frozenset({"txt", "csv", "log", "md"})
_IN_WORDS = {"photo": "图片", "pdf": "PDF", "docx": "Word 文件", "xlsx": "Excel 文件", "txt": "文本"}
_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "photo"),
    (b"\x89PNG\r\n\x1a\n", "photo"),
    (b"BM", "photo"),
    (b"II*\0", "photo"),
    (b"MM\0*", "photo"),
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
)
_REFUSED_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0", "是旧版 Word、Excel 或 WPS 格式，请在 WPS 中另存为 .docx 或 .xlsx 后再添加"),
    (b"MZ", "是程序，不能作附件"),
    (b"\x7fELF", "是程序，不能作附件"),
    (b"#!", "是脚本，不能作附件"),
    (b"GIF8", "是 GIF 图片，请另存为 JPG 或 PNG 后再添加"),
    (b"{\\rtf", "是 RTF 格式，请在 WPS 中另存为 .docx 后再添加"),
    (b"Rar!", "是压缩包，请解压后添加里面的文件"),
    (b"7z\xbc\xaf", "是压缩包，请解压后添加里面的文件"),
    (b"\x1f\x8b", "是压缩包，请解压后添加里面的文件"),
    (b"PK\x05\x06", "是压缩包，请解压后添加里面的文件"),
    (b"ID3", "是音频，不能作附件"),
    (b"OggS", "是音频，不能作附件"),
)
_ONLY = "可以添加的有：照片（JPG、PNG）、PDF、Word（docx）、Excel（xlsx）、文本（txt、csv）"
_MARKUP = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:[!?]|[a-z])", re.IGNORECASE)
_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')


class NotAttachable(Exception):
    """A file that is not taken; `name` is what it is called, `why` a Chinese clause with what to do."""

    def __init__(self, name: str, why: str) -> None:
        self.name, self.why = name, why
        self.message = f"“{name}”没有添加：{why}。"
        super().__init__(self.message)


@dataclass(frozen=True)
class PhotoChoices:
    """What is done to photos before they are kept."""

    shrink: bool = True
    forget_place: bool = True


@dataclass(frozen=True)
class Judged:
    """A file as it will be kept: its name with the ending that fits, its form (a code), its bytes."""

    name: str
    form: str
    data: bytes
    smaller: bool = False
    place_removed: bool = False


def judged(name: str, data: bytes, choices: PhotoChoices) -> Judged:
    """Judge one file and make a photo ready. `name` is its file name. Raises NotAttachable."""
    shown = tidy_name(name)
    if not data:
        raise NotAttachable(shown, "是空文件，请重新选择")
    if len(data) > MOST_BYTES:
        raise NotAttachable(shown, f"超过 {MOST_BYTES >> 20} MB，请缩小或拆开后再添加")
    family = _family(shown, data)
    _require_fitting_name(shown, family)
    if family == "photo":
        return _photo(shown, data, choices)
    if family == "txt" and _ending(shown) == "csv":
        family = "csv"
    _check_harmless(shown, family, data)
    return Judged(_named(shown, family), family, data)


def tidy_name(name: str) -> str:
    """A file name without path, invisible characters and what no disk takes; never empty, never too long."""
    cleaned = _UNFIT.sub("_", clean_text(PurePath(name.replace("\\", "/")).name)).strip(". ")
    stem, dot, ending = cleaned.rpartition(".")
    if dot and len(ending) <= 8:
        return f"{stem[:_NAME_LENGTH].rstrip('. ') or '附件'}.{ending}"
    return cleaned[:_NAME_LENGTH] or "附件"


def _ending(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    return ending.lower() if stem and dot else ""


def _named(name: str, form: str) -> str:
    """The name with the ending of its form."""
    ending = _ending(name)
    if ending == form or (form == "jpg" and ending == "jpeg"):
        return name
    known = ending in _IMAGES or ending in _TEXTS
    return f"{name.rpartition('.')[0] if known else name}.{form}"


def _family(name: str, data: bytes) -> str:
    """photo, pdf, docx, xlsx or txt. Raises NotAttachable for everything else."""
    for beginning, why in _REFUSED_BEGINNINGS:
        if data.startswith(beginning):
            raise NotAttachable(name, why)
    if data[:4] == b"RIFF":
        if data[8:12] == b"WEBP":
            return "photo"
        raise NotAttachable(name, "是音频或视频，不能作附件")
    if data[4:8] == b"ftyp":
        raise NotAttachable(name, _film_or_heic(data[8:12]))
    for beginning, family in _BEGINNINGS:
        if data.startswith(beginning):
            return _zip_family(name, data) if family == "zip" else family
    return _text_family(name, data)


def _film_or_heic(brand: bytes) -> str:
    if brand in (b"heic", b"heix", b"mif1", b"msf1", b"hevc", b"avif"):
        return "是 HEIC 照片，请在手机上改存为 JPG，或用微信发送后再添加"
    return "是视频，不能作附件"


def _zip_family(name: str, data: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            parts = frozenset(package.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        raise NotAttachable(name, "已损坏，打不开，请重新传一次") from None
    if "word/document.xml" in parts:
        return "docx"
    if "xl/workbook.xml" in parts:
        return "xlsx"
    if "ppt/presentation.xml" in parts or "OFD.xml" in parts:
        raise NotAttachable(name, "这种格式不能作附件，请另存为 PDF 后再添加")
    raise NotAttachable(name, "是压缩包，请解压后添加里面的文件")


def _text_family(name: str, data: bytes) -> str:
    from lianxin.bundle.filetypes import looks_like_text

    if not looks_like_text(BytesIO(data)):
        raise NotAttachable(name, f"不是可以添加的文件。{_ONLY}")
    if _MARKUP.match(data[:4096]) or _ending(name) not in (*_TEXTS, ""):
        raise NotAttachable(name, f"是网页、脚本或别的程序文件，不能作附件。{_ONLY}")
    return "txt"


def _require_fitting_name(name: str, family: str) -> None:
    endings = {"photo": _IMAGES, "txt": _TEXTS}.get(family, frozenset({family}))
    ending = _ending(name)
    if ending and ending not in endings:
        raise NotAttachable(
            name, f"名字的后缀是“.{ending}”，内容却是{_IN_WORDS[family]}，请核对来源，改正名字后再添加"
        )


def _photo(name: str, data: bytes, choices: PhotoChoices) -> Judged:
    from lianxin.documents.photos import NotAPicture, prepared

    try:
        photo = prepared(data, shrink=choices.shrink, forget_place=choices.forget_place)
    except NotAPicture as wrong:
        raise NotAttachable(name, wrong.why) from None
    return Judged(_named(name, photo.form), photo.form, photo.data, photo.smaller, photo.place_removed)


def _check_harmless(name: str, form: str, data: bytes) -> None:
    from lianxin.bundle.codes import Code
    from lianxin.bundle.filetypes import Content
    from lianxin.bundle.limits import Limits
    from lianxin.bundle.officefiles import check_office_file
    from lianxin.bundle.pdffiles import check_pdf_file
    from lianxin.bundle.verdicts import Refused

    limits = Limits()
    checks: dict[str, Callable[[], None]] = {
        "docx": lambda: check_office_file(BytesIO(data), Content.WORD, name, limits),
        "xlsx": lambda: check_office_file(BytesIO(data), Content.EXCEL, name, limits),
        "pdf": lambda: check_pdf_file(BytesIO(data), name),
    }
    try:
        checks.get(form, _nothing)()
    except Refused as refused:
        detail = refused.detail.removeprefix(name).lstrip("：，")
        more = f"（{detail}）" if detail else ""
        whys = {
            Code.ACTIVE_CONTENT: f"带有宏、脚本、外部链接或嵌入的文件{more}，请在 WPS 中打开后另存为 PDF 再添加",
            Code.OFFICE_BOMB: "展开后大得不正常，可能有害，请核对来源",
        }
        raise NotAttachable(
            name, whys.get(refused.code, f"不完整、加了密或内容有误{more}，请核对后再添加")
        ) from None


def _nothing() -> None:
    """Plain text needs no further look."""
