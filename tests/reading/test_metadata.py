"""Metadata in the containers of pictures, and the same pictures without it."""

import struct
import time
import zlib
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageSequence, PngImagePlugin

from campaign.reading.metadata import FORMATS, NotWholeError, parse
from campaign.reading.metadata.place import has_place
from tests.photos import BLUE, HIDDEN, RED, TRACES, corner, dot, drawing, photo, revealing, save

GREEN = (30, 160, 30)
WITH_EXIF = ("AVIF", "JPEG", "PNG", "WEBP")
ANIMATED = ("AVIF", "GIF", "PNG", "WEBP")
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def pixels(data: bytes) -> list[tuple[object, bytes]]:
    """Return all frames of a picture: how long each is shown, and its pixels."""
    with Image.open(BytesIO(data)) as image:
        return [
            (frame.info.get("duration"), frame.convert("RGBA").tobytes())
            for frame in ImageSequence.Iterator(image)
        ]


def animation(kind: str, **options: object) -> bytes:
    frames = [corner(colour=colour) for colour in (RED, GREEN, BLUE)]
    return save(kind, *frames, duration=[100, 300, 200], loop=3, **options)


def segment(code: int, payload: bytes) -> bytes:
    return bytes((0xFF, code)) + (len(payload) + 2).to_bytes(2, "big") + payload


def chunk(kind: bytes, payload: bytes) -> bytes:
    checksum = zlib.crc32(kind + payload).to_bytes(4, "big")
    return len(payload).to_bytes(4, "big") + kind + payload + checksum


@pytest.mark.parametrize("kind", FORMATS)
def test_a_picture_that_holds_nothing_else_is_the_same_byte_for_byte(kind: str) -> None:
    options = {} if kind == "GIF" else {"icc_profile": PROFILE}
    data = save(kind, corner(), **options)
    found = parse(data, kind)
    assert found.bare == data
    assert (found.width, found.height, found.pixels) == (96, 64, 96 * 64)
    assert found.is_upright


@pytest.mark.parametrize("kind", ANIMATED)
def test_animation_belongs_to_a_picture(kind: str) -> None:
    data = animation(kind)
    found = parse(data, kind)
    assert found.bare == data
    assert found.pixels == 3 * 96 * 64
    told = animation(kind, comment=HIDDEN) if kind == "GIF" else animation(kind, **revealing())
    assert TRACES[0] in told
    bare = parse(told, kind).bare
    assert TRACES[0] not in bare
    assert pixels(bare) == pixels(data)
    with Image.open(BytesIO(bare)) as image:
        assert kind == "AVIF" or image.info["loop"] == 3


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", WITH_EXIF)
def test_the_same_picture_without_what_a_camera_adds(kind: str, orientation: int) -> None:
    data = save(kind, corner(), icc_profile=PROFILE, **revealing(orientation))
    assert TRACES[0] in data
    assert has_place(data)
    found = parse(data, kind)
    assert found.orientation == orientation
    assert TRACES[0] not in found.bare
    assert not has_place(found.bare)
    assert pixels(found.bare) == pixels(data)
    assert parse(found.bare, kind).bare == found.bare
    with Image.open(BytesIO(found.bare)) as image:
        assert image.info["icc_profile"] == PROFILE
        assert not image.info.keys() & {"xmp", "comment"}
        # HEIF has the turn as a property of its own, which belongs to the picture.
        assert not set(image.getexif()) - ({0x0112} if kind == "AVIF" else set())


def test_a_jpeg_without_thumbnails_notes_and_second_pictures() -> None:
    plain = save("JPEG", corner(), progressive=True)
    thumbnail = b"JFIF\0\1\1\0\0\1\0\1\2\1" + bytes(6)
    begin = b"\xff\xd8" + segment(0xE0, thumbnail[:12] + b"\0\0")
    after = plain[len(begin) :]
    data = b"".join(
        [
            b"\xff\xd8",
            segment(0xE0, thumbnail),
            segment(0xE0, b"JFXX\0\x10" + dot("JPEG")),
            segment(0xE2, b"MPF\0" + bytes(9)),
            segment(0xED, b"Photoshop 3.0\0" + TRACES[0]),
            segment(0xEB, TRACES[0]),
            segment(0xFE, TRACES[0]),
            after,
            photo(60, 40),
        ]
    )
    assert parse(data, "JPEG").bare == begin + after
    assert plain.startswith(begin)


def test_a_jpegs_coding_and_colours_belong_to_it() -> None:
    for image in (corner("L"), corner("CMYK"), corner()):
        for options in ({"progressive": True}, {"restart_marker_rows": 1}, {"subsampling": 1}):
            data = save("JPEG", image, icc_profile=PROFILE * 30, **options)
            assert parse(data, "JPEG").bare == data
            filled = data.replace(b"\xff\xdb", b"\xff\xff\xff\xdb", 1)
            assert parse(filled, "JPEG").bare == filled


def test_a_png_keeps_what_is_drawn_and_how_its_colours_are_meant() -> None:
    info = PngImagePlugin.PngInfo()
    colours = {b"gAMA": b"\0\0\xb1\x8f", b"cICP": b"\x09\x10\0\1", b"cHRM": bytes(32)}
    for kind, payload in colours.items():
        info.add(kind, payload)
    data = save("PNG", corner("P"), transparency=0, pnginfo=info, dpi=(144, 144))
    assert parse(data, "PNG").bare == data
    told = b"".join(
        [
            data[:33],
            chunk(b"tIME", bytes(7)),
            chunk(b"tEXt", b"Author\0" + TRACES[0]),
            chunk(b"zTXt", b"a\0\0" + zlib.compress(TRACES[0])),
            chunk(b"caBX", TRACES[0]),
            chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + TRACES[0]),
            data[33:],
            TRACES[0],
        ]
    )
    assert parse(told, "PNG").bare == data
    assert TRACES[0] not in parse(drawing(see_through=True), "PNG").bare


def test_a_webp_says_no_longer_that_it_holds_metadata() -> None:
    data = save("WEBP", corner("RGBA"), **revealing())
    bare = parse(data, "WEBP").bare
    assert data[20] & 0x0C
    assert not bare[20] & 0x0C
    assert int.from_bytes(bare[4:8], "little") == len(bare) - 8
    assert parse(data + TRACES[0], "WEBP").bare == bare


def test_a_gif_without_notes_and_texts() -> None:
    data = animation("GIF")
    notes = b"".join(
        [
            b"!\xfe\x04note\0",
            b"!\xff\x0bXMP DataXMP\x04note\x00",
            b"!\xf9\x04\0\0\0\0\0!\x01\x0c" + bytes(12) + b"\x04text\0",
        ]
    )
    at = data.index(b"!\xf9")
    assert parse(data[:at] + notes + data[at:], "GIF").bare == data
    profile = b"!\xff\x0bICCRGBG1012\x04note\0"
    with_profile = data[:at] + profile + data[at:]
    assert parse(with_profile, "GIF").bare == with_profile


def test_an_avifs_smaller_copies_are_not_kept() -> None:
    data = save("AVIF", Image.new("RGBA", (60, 40), (*RED, 120)))
    # The item beside the picture is how far it can be seen through: said to be its smaller copy, it goes.
    copy = data.replace(b"auxl", b"thmb", 1)
    assert parse(data, "AVIF").bare == data
    bare = parse(copy, "AVIF").bare
    assert bare.count(b"av01") == data.count(b"av01") - 1
    assert bare.count(b"\0") > copy.count(b"\0") + 20


@pytest.mark.parametrize("kind", FORMATS)
def test_a_picture_that_is_cut_off_is_not_whole(kind: str) -> None:
    data = save(kind, corner())
    # A GIF whose last byte alone is missing is shown everywhere.
    for length in range(len(data) - (kind == "GIF")):
        with pytest.raises(NotWholeError):
            parse(data[:length], kind)


def test_what_a_container_cannot_hold_is_not_whole() -> None:
    png, webp = save("PNG", corner()), save("WEBP", corner())
    for kind, data in (
        ("PNG", png.replace(b"IDAT", b"IDAX", 1)),
        ("PNG", png[:33] + chunk(b"NEWS", b"") + png[33:]),
        ("PNG", png[:41] + bytes((png[41] ^ 1,)) + png[42:]),
        ("PNG", png[:33] + chunk(b"IEND", b"")),
        ("PNG", png.replace(struct.pack(">I", 96), bytes(4), 1)),
        ("JPEG", save("JPEG", corner()).replace(b"\xff\xdb", b"\0\xdb", 1)),
        ("JPEG", b"\xff\xd8\xff\xd9"),
        ("WEBP", webp.replace(b"VP8 ", b"VP9 ", 1)),
        ("GIF", b"GIF89a\1\0\1\0\0\0\0;"),
        ("AVIF", save("AVIF", corner()).replace(b"meta", b"atem", 1)),
    ):
        with pytest.raises(NotWholeError):
            parse(data, kind)


def nested(kinds: list[bytes], count: int) -> bytes:
    data = b""
    for number in range(count):
        data = (len(data) + 8).to_bytes(4, "big") + kinds[number % len(kinds)] + data
    return data


def hostile() -> Iterator[tuple[str, bytes]]:
    """Files of about a megabyte that are made to take long, each in its own way."""
    million = 1_000_000
    yield "JPEG", b"\xff\xd8" + b"\xff" * million
    yield "JPEG", b"\xff\xd8" + b"\xff" * million + b"\0"
    yield "JPEG", b"\xff\xd8" + segment(0xFE, b"") * (million // 4)
    yield "JPEG", b"\xff\xd8" + segment(0xDA, b"") + b"\xff\0" * (million // 2)
    yield "PNG", dot("PNG")[:33] + chunk(b"teXt", b"") * (million // 12)
    yield "PNG", dot("PNG")[:33] + b"\xff\xff\xff\xffIDAT" * (million // 8)
    yield "GIF", b"GIF89a\1\0\1\0\0\0\0" + b"!\xfe" + b"\1a" * (million // 2)
    yield "GIF", b"GIF89a\1\0\1\0\0\0\0" + b"!\xfe\0" * (million // 3)
    size = million.to_bytes(4, "little")
    yield "WEBP", b"RIFF" + size + b"WEBP" + b"JUNK\0\0\0\0" * (million // 8)
    head = b"\0\0\0\x10ftypavif" + bytes(4)
    yield "AVIF", head + nested([b"moov", b"trak", b"mdia"], 2_000)
    yield "AVIF", head + b"\0\0\0\x08free" * (million // 8)
    yield "AVIF", head + many_extents(million // 8)


def many_extents(count: int) -> bytes:
    """Return a box of items, each of which has very many parts of no length."""
    iloc = b"\1\0\0\0" + b"\0\0" + b"\xff\xff" + b"\0\1\0\0\0\0\xff\xff" * count
    inside = bytes(4) + (len(iloc) + 8).to_bytes(4, "big") + b"iloc" + iloc
    return (len(inside) + 8).to_bytes(4, "big") + b"meta" + inside


@pytest.mark.slow
def test_nothing_takes_long_to_walk_through() -> None:
    for kind, data in hostile():
        begin = time.process_time()
        with suppress(NotWholeError):
            parse(data, kind)
        has_place(data)
        assert time.process_time() - begin < 2, (kind, data[:40])


SEEDS = {kind: save(kind, corner()) for kind in FORMATS} | {
    "AVIF": animation("AVIF", **revealing()),
    "WEBP": animation("WEBP", **revealing(6)),
}


@given(
    st.sampled_from(FORMATS),
    st.lists(
        st.tuples(st.integers(0, 5_000), st.binary(max_size=8), st.integers(0, 8)), max_size=8
    ),
)
@example("AVIF", [])
def test_whatever_the_bytes_are_a_picture_is_whole_or_not(
    kind: str, changes: list[tuple[int, bytes, int]]
) -> None:
    data = SEEDS[kind]
    for at, new, length in changes:
        at %= len(data)  # noqa: PLW2901 (a place in it)
        data = data[:at] + new + data[at + length :]
    begin = time.process_time()
    try:
        found = parse(data, kind)
    except NotWholeError:
        return
    assert len(found.bare) <= len(data)
    assert parse(found.bare, kind).bare == found.bare
    assert time.process_time() - begin < 1


# Places


def test_a_place_is_found_in_whatever_holds_it() -> None:
    exif, xmp = revealing()["exif"], b"<x exif:GPSLatitude='48,12.5N'/>"
    tiff = save("TIFF", corner(), exif=exif.tobytes())
    heic = b"\0\0\0\x18ftypheic" + bytes(300) + exif.tobytes()
    profile = exif.tobytes().hex().encode()
    text = b"\nexif\n     300\n" + b"\n".join(
        profile[begin:end] for begin, end in pairwise([*range(0, len(profile), 72), len(profile)])
    )
    begin, end = dot("PNG")[:33], dot("PNG")[33:]
    in_text = begin + chunk(b"zTXt", b"Raw profile type exif\0\0" + zlib.compress(text)) + end
    in_xmp = begin + chunk(b"iTXt", b"x\0\1\0\0\0" + zlib.compress(xmp)) + end
    for data in (tiff, heic, in_text, in_xmp, dot("GIF") + xmp, photo(60, 40)):
        assert has_place(data)


def test_what_names_no_place_is_none() -> None:
    exif = Image.Exif()
    exif[0x010F] = HIDDEN
    exif[0x8825] = {0: b"\2\3\0\0", 29: "2024:06-15"}
    unknown = Image.Exif()
    unknown[0x8825] = {1: "N", 2: (0.0, 0.0, 0.0)}
    told = b"GPSLatitude is a field; GPSLatitude='' is empty; <exif:GPSLatitude></exif:GPSLatitude>"
    for data in (save("JPEG", corner(), exif=exif), b"II*\0" * 1_000, told, dot("PNG"), b""):
        assert not has_place(data)


def test_what_a_camera_writes_while_it_knows_no_place_is_none() -> None:
    # A field of three fractions, all 0/0.
    gps = b"\1\0" + struct.pack("<HHII", 2, 5, 3, 44) + bytes(4)
    data = b"II*\0\x08\0\0\0" + b"\1\0" + struct.pack("<HHII", 0x8825, 4, 1, 26) + bytes(4) + gps
    assert not has_place(data + bytes(40))
    assert has_place(data + b"\1\0\0\0" * 10)
