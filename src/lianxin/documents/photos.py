"""Pictures as they are kept with a record: proven to be pictures, smaller by choice, without place by choice.

Bytes in, bytes out. A picture that is not made smaller loses its metadata without being written anew, so not one
of its points changes.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from PIL.Image import Exif, Image
    from PIL.ImageFile import ImageFile

Form = Literal["jpg", "png"]

LONG_SIDE = 2400
"""Points of the longer side after shrinking: an A4 sheet at some 200 points an inch, handwriting stays readable."""
_QUALITY = 82
_MOST_POINTS = 128_000_000
_MOST_POINTS_UNPACKED = 64_000_000
_PNG_AS_PHOTO = 1 << 20
_READERS = ("JPEG", "PNG", "BMP", "WEBP", "TIFF")
_ORIENTATION, _EXIF_PART, _PLACE_PART, _TAKEN, _TAKEN_ZONE = 0x0112, 0x8769, 0x8825, 0x9003, 0x9011
_PNG_MARK = b"\x89PNG\r\n\x1a\n"
_WORTH_IT = 0.9
_TOO_MANY = "图片的点数太多，请用手机或画图程序缩小后再添加"
_BROKEN = "图片不完整或已损坏，请重新拍照或重新传一次"
_TALKING_CHUNKS = frozenset([b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"])


class NotAPicture(Exception):
    """The bytes are no picture this program reads, or a damaged or monstrous one; `why` in Chinese."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


@dataclass(frozen=True)
class Photo:
    """A picture ready to be kept: JPEG or PNG, and what was done to it."""

    data: bytes
    form: Form
    smaller: bool = False
    place_removed: bool = False


def prepared(data: bytes, *, shrink: bool, forget_place: bool) -> Photo:
    """The picture as it is to be kept. BMP, WebP and TIFF of one page become JPEG. Raises NotAPicture."""
    image = _opened(data)
    had_place = _has_place(data, image)
    form = _form(image)
    if shrink or form is None:
        written = _written(data, image, keep_place=not forget_place)
        if form is None or len(written.data) < len(data) * _WORTH_IT:
            smaller = len(written.data) < len(data)
            return replace(written, smaller=smaller, place_removed=had_place and forget_place)
    assert form is not None
    if not forget_place:
        return Photo(data, form)
    quiet = _quiet_jpeg(data, image) if form == "jpg" else _quiet_png(data)
    return Photo(quiet, form, place_removed=had_place)


def thumbnail(data: bytes, side: int) -> bytes:
    """A small upright PNG of at most `side` points each way. Raises NotAPicture."""
    image = _upright(_opened(data, about=side))
    image.thumbnail((side, side))
    out = BytesIO()
    image.convert("RGBA" if _see_through(image) else "RGB").save(out, "PNG")
    return out.getvalue()


def _opened(data: bytes, *, about: int = LONG_SIDE) -> ImageFile:
    """The picture decoded whole, so that a cut or false one is found now; large JPEGs at a fraction of their size."""
    from PIL import Image, UnidentifiedImageError

    try:
        image = Image.open(BytesIO(data), formats=_READERS)
        points = image.width * image.height
        if points > (_MOST_POINTS if _form(image) == "jpg" else _MOST_POINTS_UNPACKED):
            raise NotAPicture(_TOO_MANY)
        if _pages(image) > 1:
            raise NotAPicture("图片有好几页，请存成 PDF 后再添加")
        image.draft("RGB", (about, about))
        image.load()
    except Image.DecompressionBombError:
        raise NotAPicture(_TOO_MANY) from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, struct.error, EOFError):
        raise NotAPicture(_BROKEN) from None
    return image


def _form(image: Image) -> Form | None:
    """What it may be kept as without writing it anew. MPO is what phones write when they hide a second picture."""
    return "jpg" if image.format in ("JPEG", "MPO") else "png" if image.format == "PNG" else None


def _pages(image: Image) -> int:
    from PIL.TiffImagePlugin import TiffImageFile
    from PIL.WebPImagePlugin import WebPImageFile

    return image.n_frames if isinstance(image, TiffImageFile | WebPImageFile) else 1


def _has_place(data: bytes, image: Image) -> bool:
    return bool(image.getexif().get_ifd(_PLACE_PART)) or b"GPSLatitude" in data


def _see_through(image: Image) -> bool:
    return "A" in image.getbands() or "transparency" in image.info


def _upright(image: Image) -> Image:
    from PIL.Image import Transpose

    # The library's own way writes the notes again, which damaged ones do not bear.
    ways = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }
    turned = image.getexif().get(_ORIENTATION)
    way = ways.get(turned) if isinstance(turned, int) else None
    return image.copy() if way is None else image.transpose(way)


def _written(data: bytes, image: Image, *, keep_place: bool) -> Photo:
    """The picture written anew, upright and no larger than LONG_SIDE; a drawing with see-through parts stays PNG."""
    from PIL import Image as Pictures

    told = _kept_exif(image, upright=True, keep_place=keep_place)
    drawn = image.format == "PNG" and (_see_through(image) or len(data) < _PNG_AS_PHOTO)
    small = _upright(image)
    out = BytesIO()
    profile = image.info.get("icc_profile")
    if drawn:
        small.thumbnail((LONG_SIDE, LONG_SIDE), Pictures.Resampling.LANCZOS)
        small.save(out, "PNG", optimize=True, exif=told, icc_profile=profile)
        return Photo(out.getvalue(), "png")
    if image.mode not in ("RGB", "L"):
        # A profile for inks or a palette says nothing of the colours it is turned into.
        profile = None
    small = _on_white(small) if _see_through(small) else small
    small = small if small.mode in ("RGB", "L") else small.convert("RGB")
    small.thumbnail((LONG_SIDE, LONG_SIDE), Pictures.Resampling.LANCZOS)
    small.save(out, "JPEG", quality=_QUALITY, optimize=True, exif=told, icc_profile=profile)
    return Photo(out.getvalue(), "jpg")


def _on_white(image: Image) -> Image:
    from PIL import Image as Pictures

    white = Pictures.new("RGBA", image.size, "white")
    white.alpha_composite(image.convert("RGBA"))
    return white.convert("RGB")


def _kept_exif(image: Image, *, upright: bool, keep_place: bool) -> Exif:
    """What is worth keeping of a photo's own notes: when it was taken, which side is up, where only if asked."""
    from PIL import Image as Pictures

    was, kept = image.getexif(), Pictures.Exif()
    turned = was.get(_ORIENTATION)
    if not upright and isinstance(turned, int) and 1 <= turned <= 8:
        kept[_ORIENTATION] = turned
    for tag in (_TAKEN, _TAKEN_ZONE):
        if tag in was.get_ifd(_EXIF_PART):
            kept.get_ifd(_EXIF_PART)[tag] = was.get_ifd(_EXIF_PART)[tag]
    if keep_place:
        kept.get_ifd(_PLACE_PART).update(was.get_ifd(_PLACE_PART))
    try:
        kept.tobytes()
    except (struct.error, TypeError, ValueError, AttributeError):
        # Damaged notes are not worth a picture.
        return Pictures.Exif()
    return kept


def _quiet_jpeg(data: bytes, image: Image) -> bytes:
    """The same points without what else a JPEG tells: notes, captions, a second picture or film behind it."""
    told = _kept_exif(image, upright=False, keep_place=False)
    out = [data[:2]]
    if len(told) or told.get_ifd(_EXIF_PART):
        notes = told.tobytes()
        out.append(b"\xff\xe1" + struct.pack(">H", len(notes) + 2) + notes)
    out += [part for mark, part in _jpeg_parts(data) if not _talks(mark, part)]
    return b"".join(out)


def _talks(mark: int, part: bytes) -> bool:
    if mark == 0xE2:
        return not part[4:].startswith(b"ICC_PROFILE\0")
    return mark == 0xFE or (0xE1 <= mark <= 0xEF and mark != 0xEE)


def _jpeg_parts(data: bytes) -> Iterator[tuple[int, bytes]]:
    """(mark, bytes) of each part behind the first mark up to the end of the first picture. Raises NotAPicture."""
    at = 2
    try:
        while True:
            if data[at] != 0xFF:
                raise NotAPicture(_BROKEN)
            while data[at + 1] == 0xFF:
                at += 1
            mark = data[at + 1]
            if mark == 0xD9:
                yield mark, data[at : at + 2]
                return
            end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
            if mark == 0xDA:
                end = _end_of_scan(data, end)
            if end > len(data):
                raise NotAPicture(_BROKEN)
            yield mark, data[at:end]
            at = end
    except IndexError:
        raise NotAPicture(_BROKEN) from None


def _end_of_scan(data: bytes, at: int) -> int:
    """Where the next mark stands that is no part of the packed points."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise NotAPicture(_BROKEN)
        if data[at + 1] not in (0x00, *range(0xD0, 0xD8)):
            return at
        at += 2


def _quiet_png(data: bytes) -> bytes:
    """The same points without texts and notes, and nothing behind the end."""
    out, at = [_PNG_MARK], len(_PNG_MARK)
    while at + 12 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        if kind not in _TALKING_CHUNKS:
            out.append(data[at:end])
        at = end
        if kind == b"IEND":
            return b"".join(out)
    raise NotAPicture(_BROKEN)
