"""Pictures of visitors' sheets: smaller by choice, without place by choice, and otherwise the same points."""

from __future__ import annotations

import random
from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageOps

from lianxin.documents.photos import LONG_SIDE, NotAPicture, prepared, thumbnail

TAKEN = "2026:11:20 09:31:05"


def picture(width: int = 400, height: int = 300, *, noise: bool = False) -> Image.Image:
    if noise:
        small = Image.frombytes("RGB", (80, 60), random.Random(5).randbytes(80 * 60 * 3))
        return small.resize((width, height))
    made = Image.new("RGB", (width, height), "white")
    ImageDraw.Draw(made).line((0, 0, width, height), "navy", 5)
    return made


def photo(made: Image.Image, *, turned: int = 1, film: bytes = b"", quality: int = 95) -> bytes:
    """A JPEG as a phone writes it: turned, with time, place and maker, a place in its XMP, a film behind it."""
    exif = Image.Exif()
    exif[0x0112] = turned
    exif[0x010F] = "Maker of the phone"
    exif.get_ifd(0x8769)[0x9003] = TAKEN
    exif.get_ifd(0x8825).update({1: "N", 2: (28.0, 31.0, 2.0), 3: "E", 4: (109.0, 42.0, 1.0)})
    out = BytesIO()
    xmp = b'<x:xmpmeta exif:GPSLatitude="28,31.03N"/>'
    made.save(out, "JPEG", exif=exif, quality=quality, xmp=xmp, comment=b"kept by the maker")
    return out.getvalue() + film


def opened(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


def has_place(data: bytes) -> bool:
    return bool(opened(data).getexif().get_ifd(0x8825)) or b"GPSLatitude" in data


def test_place_and_all_else_a_photo_tells_goes_without_one_point_changing() -> None:
    data = photo(picture(), turned=6, film=b"....ftypmp42 a film with its own place GPSLatitude")
    assert has_place(data)
    done = prepared(data, shrink=False, forget_place=True)
    assert done.form == "jpg" and done.place_removed and not done.smaller
    assert opened(done.data).tobytes() == opened(data).tobytes()
    told = opened(done.data).getexif()
    assert told[0x0112] == 6 and told.get_ifd(0x8769) == {0x9003: TAKEN}
    assert not has_place(done.data)
    for word in (b"GPS", b"Maker", b"maker", b"ftyp", b"xmpmeta"):
        assert word not in done.data


def test_without_the_choice_a_photo_stays_as_it_is() -> None:
    data = photo(picture(), film=b"film")
    assert prepared(data, shrink=False, forget_place=False).data == data


@pytest.mark.parametrize("forget", [True, False])
def test_a_large_photo_becomes_smaller_and_stands_upright(forget: bool) -> None:
    data = photo(picture(4000, 3000, noise=True), turned=6)
    done = prepared(data, shrink=True, forget_place=forget)
    assert done.smaller and len(done.data) < len(data) / 2
    image = opened(done.data)
    assert image.size == (LONG_SIDE * 3 // 4, LONG_SIDE)
    assert 0x0112 not in image.getexif() and image.getexif().get_ifd(0x8769)[0x9003] == TAKEN
    assert has_place(done.data) is not forget


def test_a_small_photo_is_not_written_again_for_nothing() -> None:
    data = photo(picture(), quality=60)
    done = prepared(data, shrink=True, forget_place=False)
    assert done.data == data and not done.smaller


def test_a_drawing_stays_a_drawing_without_its_texts() -> None:
    from PIL.PngImagePlugin import PngInfo

    told = PngInfo()
    told.add_text("Author", "田金玉")
    told.add_itxt("XML:com.adobe.xmp", "GPSLatitude")
    out = BytesIO()
    picture().save(out, "PNG", pnginfo=told)
    done = prepared(out.getvalue() + b"more", shrink=False, forget_place=True)
    assert done.form == "png" and opened(done.data).tobytes() == picture().tobytes()
    assert b"tEXt" not in done.data and b"iTXt" not in done.data and done.data.endswith(b"IEND\xaeB\x60\x82")


@pytest.mark.parametrize("form", ["BMP", "WEBP", "TIFF"])
def test_other_pictures_become_photos(form: str) -> None:
    out = BytesIO()
    picture().save(out, form)
    done = prepared(out.getvalue(), shrink=False, forget_place=False)
    assert done.form == "jpg" and opened(done.data).size == (400, 300)


def test_see_through_parts_become_white() -> None:
    out = BytesIO()
    Image.new("RGBA", (1200, 900), (0, 0, 0, 0)).save(out, "WEBP", lossless=True)
    done = prepared(out.getvalue(), shrink=True, forget_place=True)
    assert opened(done.data).getpixel((5, 5)) == (255, 255, 255)


def test_pages_of_a_scan_are_not_lost_in_silence() -> None:
    out = BytesIO()
    picture().save(out, "TIFF", save_all=True, append_images=[picture()])
    with pytest.raises(NotAPicture, match="好几页"):
        prepared(out.getvalue(), shrink=True, forget_place=True)


@pytest.mark.parametrize("turned", range(1, 9))
def test_every_way_a_phone_was_held_comes_out_upright(turned: int) -> None:
    data = photo(picture(64, 48), turned=turned, quality=100)
    expected = ImageOps.exif_transpose(opened(data))
    shown = opened(thumbnail(data, 64))
    assert shown.size == expected.size
    assert ImageChops.difference(shown.convert("RGB"), expected).getbbox() is None


@pytest.mark.parametrize("part", [0.02, 0.3, 0.7, 0.98])
def test_a_cut_photo_is_no_photo(part: float) -> None:
    data = photo(picture(1200, 900, noise=True))
    with pytest.raises(NotAPicture, match="不完整或已损坏"):
        prepared(data[: int(len(data) * part)], shrink=True, forget_place=True)


def test_a_bomb_is_not_unpacked() -> None:
    out = BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    with pytest.raises(NotAPicture, match="点数太多"):
        prepared(out.getvalue(), shrink=True, forget_place=True)


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_bytes_turned_at_random_never_end_in_a_crash() -> None:
    chance = random.Random(11)
    for made in (photo(picture(64, 48)), _png()):
        for _ in range(150):
            turned = bytearray(made)
            for _ in range(chance.randint(1, 6)):
                turned[chance.randrange(len(turned))] = chance.randrange(256)
            try:
                done = prepared(bytes(turned), shrink=chance.random() < 0.5, forget_place=True)
            except NotAPicture:
                continue
            opened(done.data)


def _png() -> bytes:
    out = BytesIO()
    picture(64, 48).save(out, "PNG")
    return out.getvalue()


def test_a_thumbnail_is_small_and_upright() -> None:
    image = opened(thumbnail(photo(picture(4000, 3000), turned=6), 96))
    assert image.size == (72, 96) and image.format == "PNG"
