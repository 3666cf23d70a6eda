"""Pictures as they are published: upright, without metadata, and otherwise as they are."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageSequence, PngImagePlugin

from campaign.reading.metadata import FORMATS, parse
from campaign.reading.pictures import PictureError, Pictures
from tests.photos import BLUE, RED, TRACES, corner, dot, photo, revealing, save
from tests.projects import ROOT, write

GREEN = (30, 160, 30)
TURNED = ("AVIF", "JPEG", "PNG", "WEBP")
SUFFIXES = {kind: f".{kind.lower()}" for kind in FORMATS}
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
# Where the corner at the top left of the stored picture comes to be, by the orientation (Exif, 4.6.5.A).
CORNERS = {1: (0, 0), 2: (1, 0), 3: (1, 1), 4: (0, 1), 5: (0, 0), 6: (1, 0), 7: (1, 1), 8: (0, 1)}
DAMAGED = (
    "content/images/a{}:1: this picture is damaged or cut off, and cannot be shown whole;"
    " export it anew from the original"
)

Publish = Callable[[str, bytes], bytes]


@pytest.fixture
def publish(tmp_path: Path) -> Publish:
    """Judge a picture that is in order, and give what is published of it."""

    def run(kind: str, data: bytes) -> bytes:
        file = write(tmp_path / f"a{SUFFIXES[kind]}", data)
        pictures = Pictures(tmp_path / "kept")
        judged = pictures.inspect(file, "a")
        assert judged.problems == []
        published = pictures.publish(file)
        assert judged.digest == (None if published == data else sha256(published).digest())
        return published

    return run


def told(tmp_path: Path, kind: str, data: bytes) -> list[str]:
    path = f"images/a{SUFFIXES[kind]}"
    judged = Pictures(None).inspect(write(tmp_path / path, data), f"content/{path}")
    return [str(problem) for problem in judged.problems]


def is_near(colour: object, wanted: tuple[int, ...]) -> bool:
    assert isinstance(colour, tuple)
    return all(abs(one - other) < 40 for one, other in zip(colour[:3], wanted, strict=True))


def assert_turned(frame: Image.Image, orientation: int, colour: tuple[int, ...] = RED) -> None:
    """The corner is where viewers of the original showed it, and nowhere else."""
    assert frame.size == ((96, 64) if orientation < 5 else (64, 96))
    for x in (0, 1):
        for y in (0, 1):
            at = (8 + x * (frame.width - 16), 8 + y * (frame.height - 16))
            wanted = colour if (x, y) == CORNERS[orientation] else BLUE
            assert is_near(frame.convert("RGB").getpixel(at), wanted), (x, y)


@pytest.mark.parametrize("kind", FORMATS)
def test_a_picture_without_metadata_is_published_byte_for_byte(publish: Publish, kind: str) -> None:
    for data in (dot(kind), save(kind, corner(), corner(colour=GREEN), duration=100)):
        assert publish(kind, data) == data


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", TURNED)
def test_a_picture_is_published_upright_and_without_metadata(
    publish: Publish, kind: str, orientation: int
) -> None:
    data = save(kind, corner(), icc_profile=PROFILE, **revealing(orientation))
    published = publish(kind, data)
    with Image.open(BytesIO(published)) as image:
        image.load()
        assert_turned(image, orientation)
        assert not image.getexif()
        assert not image.info.keys() & {"exif", "xmp", "comment"}
        assert image.info["icc_profile"] == PROFILE
    assert TRACES[0] not in published
    found = parse(published, kind)
    assert found.bare == published
    assert found.is_upright
    assert publish(kind, published) == published


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_an_animation_that_is_turned_goes_on_as_it_did(publish: Publish, kind: str) -> None:
    frames = [corner(colour=colour) for colour in (RED, GREEN, (200, 200, 30))]
    data = save(kind, *frames, duration=[100, 300, 200], loop=3, **revealing(6))
    with Image.open(BytesIO(publish(kind, data))) as image:
        assert image.info["loop"] == 3
        shown = [(it.convert("RGB"), it.info["duration"]) for it in ImageSequence.Iterator(image)]
    assert [duration for _, duration in shown] == [100, 300, 200]
    for (frame, _), colour in zip(shown, (RED, GREEN, (200, 200, 30)), strict=True):
        assert_turned(frame, 6, colour)


def test_an_avif_that_moves_is_coded_again_the_same_each_time() -> None:
    from campaign.reading import metadata, pillow  # noqa: PLC0415 (all others need it only through pictures)

    data = save("AVIF", corner(), corner(colour=GREEN), duration=[100, 300])
    made = [metadata.without_times(pillow.encode(data, "AVIF", 6, 10**8)) for _ in range(2)]
    assert made[0] == made[1]
    with Image.open(BytesIO(made[0])) as image:
        shown = [(it.convert("RGB"), it.info["duration"]) for it in ImageSequence.Iterator(image)]
    assert [duration for _, duration in shown] == [100, 300]
    for (frame, _), colour in zip(shown, (RED, GREEN), strict=True):
        assert_turned(frame, 6, colour)


def test_a_jpeg_is_coded_again_as_finely_as_it_was(publish: Publish) -> None:
    tables = [[2 + number for number in range(64)], [3 + number for number in range(64)]]
    for mode in ("RGB", "L", "CMYK"):
        image, count = corner(mode), 1 if mode == "L" else 2
        options = {"qtables": tables[:count], "subsampling": 0, "progressive": True}
        with Image.open(
            BytesIO(publish("JPEG", save("JPEG", image, exif=revealing(6)["exif"], **options)))
        ) as published:
            quantization = published.quantization  # type: ignore[attr-defined]
            assert sorted(quantization[0]) == tables[0]
            assert quantization[0][1] == tables[0][8]  # what was a row is a column
            assert published.mode == mode
            assert published.info["progressive"]
            assert [layer[1:3] for layer in published.layer][:1] == [(1, 1)]  # type: ignore[attr-defined]


def test_a_png_that_is_turned_keeps_what_its_colours_mean(publish: Publish) -> None:
    info = PngImagePlugin.PngInfo()
    info.add(b"gAMA", b"\0\0\xb1\x8f")
    info.add(b"cICP", b"\x09\x10\0\1")
    for mode, options in (("P", {"transparency": 0}), ("LA", {}), ("1", {}), ("I;16", {})):
        image = corner("I").convert(mode) if mode == "I;16" else corner(mode)
        data = save("PNG", image, exif=revealing(6)["exif"], pnginfo=info, **options)
        published = publish("PNG", data)
        assert b"gAMA\0\0\xb1\x8f" in published
        assert b"cICP\x09\x10\0\1" in published
        with Image.open(BytesIO(published)) as it, Image.open(BytesIO(data)) as before:
            assert it.mode == before.mode
            assert it.info.get("transparency") == before.info.get("transparency")
            turned = before.transpose(Image.Transpose.ROTATE_270)
            assert it.convert("RGBA").tobytes() == turned.convert("RGBA").tobytes()


def test_a_webp_without_loss_is_turned_without_loss(publish: Publish) -> None:
    image = Image.effect_noise((60, 40), 80).convert("RGB")
    published = publish("WEBP", save("WEBP", image, lossless=True, **revealing(8)))
    with Image.open(BytesIO(published)) as it:
        assert it.tobytes() == image.transpose(Image.Transpose.ROTATE_90).tobytes()


def test_a_photo_is_published_at_a_size_like_its_own(publish: Publish) -> None:
    noise = Image.effect_noise((800, 600), 40).convert("RGB")
    data = save("JPEG", noise, quality=80, **revealing(6))
    assert abs(len(publish("JPEG", data)) / len(data) - 1) < 0.1


# What cannot be published


@pytest.mark.parametrize("kind", FORMATS)
def test_a_picture_that_is_cut_off_is_told(tmp_path: Path, kind: str) -> None:
    noise = Image.effect_noise((90, 60), 80).convert("RGB")
    for data in (save(kind, noise), save(kind, noise, noise.rotate(180), duration=100)):
        assert told(tmp_path, kind, data[: len(data) // 2]) == [DAMAGED.format(SUFFIXES[kind])]


@pytest.mark.parametrize("kind", FORMATS)
def test_a_picture_that_is_damaged_within_is_told_or_made(tmp_path: Path, kind: str) -> None:
    noise = Image.effect_noise((90, 60), 80).convert("RGB")
    options = {"comment": b"a"} if kind == "GIF" else revealing()
    data = save(kind, noise, **options)
    file = tmp_path / f"a{SUFFIXES[kind]}"
    for at in range(40, len(data), len(data) // 20):
        write(file, data[:at] + bytes(9) + data[at + 9 :])
        judged = Pictures(None).inspect(file, f"content/images/{file.name}")
        for problem in judged.problems:
            assert str(problem) == DAMAGED.format(SUFFIXES[kind])


@pytest.mark.parametrize("options", [{}, revealing(), revealing(6)])
def test_a_picture_has_a_hundred_megapixels_at_most(
    tmp_path: Path, options: dict[str, object]
) -> None:
    data = save("PNG", Image.new("1", (10_000, 10_001)), **options)
    (message,) = told(tmp_path, "PNG", data)
    assert message == (
        "content/images/a.png:1: this picture has 101 megapixels, all frames together,"
        " and 100 are the most; make it smaller"
    )


def test_a_picture_of_a_hundred_megapixels_is_published(publish: Publish) -> None:
    data = save("PNG", Image.new("1", (10_000, 10_000)), **revealing())
    assert len(publish("PNG", data)) < len(data)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_the_frames_of_an_animation_count_together(tmp_path: Path, kind: str) -> None:
    frames = [Image.new("L", (1_000, 1_000), 255 * (number % 2)) for number in range(101)]
    (message,) = told(tmp_path, kind, save(kind, *frames, duration=100))
    assert "this picture has 101 megapixels, all frames together" in message


def test_a_jpeg_that_viewers_show_though_it_is_not_in_order_is_made(publish: Publish) -> None:
    data = save("JPEG", corner(), **revealing(6))
    at = data.index(b"\xff\xdb")
    published = publish("JPEG", data[:at] + b"junk" + data[at:])
    assert parse(published, "JPEG").bare == published
    with Image.open(BytesIO(published)) as image:
        assert_turned(image, 6)


def test_a_jpeg_of_more_pixels_than_pillow_opens_is_told(tmp_path: Path) -> None:
    data = save("JPEG", corner())
    at = data.index(b"\xff\xc0")
    vast = data[: at + 5] + b"\xff\xff\xff\xff" + data[at + 9 :]
    for broken in (vast, vast.replace(b"\xff\xdb", b"a\xff\xdb", 1)):
        (message,) = told(tmp_path, "JPEG", broken)
        assert "megapixels, all frames together" in message


def test_a_jpeg_of_very_many_scans_is_told(tmp_path: Path) -> None:
    """Each is decoded over the whole picture, which takes a minute where there are thousands."""
    data = save("JPEG", corner(), progressive=True)
    at = data.rindex(b"\xff\xda")
    end = len(data) - len(b"\xff\xd9")
    many = data[:end] + data[at:end] * 100 + data[end:]
    for broken in (many, many.replace(b"\xff\xdb", b"a\xff\xdb", 1)):
        (message,) = told(tmp_path, "JPEG", broken)
        assert "passes (scans), and 100 are the most; export it anew" in message


@given(
    st.sampled_from(FORMATS),
    st.lists(st.tuples(st.integers(0, 900), st.binary(max_size=6), st.integers(0, 6)), max_size=6),
)
def test_whatever_the_bytes_are_a_picture_is_published_or_told(
    tmp_path_factory: pytest.TempPathFactory, kind: str, changes: list[tuple[int, bytes, int]]
) -> None:
    options = {"comment": b"a"} if kind == "GIF" else revealing(6)
    data = save(kind, corner(), **options)
    for at, new, length in changes:
        data = data[:at] + new + data[at + length :]
    file = write(tmp_path_factory.getbasetemp() / f"any{SUFFIXES[kind]}", data)
    begin = time.process_time()
    judged = Pictures(None).inspect(file, "content/images/a")
    assert time.process_time() - begin < 5
    for problem in judged.problems:
        assert "; " in problem.message
    if judged.digest:
        published = Pictures(None).publish(file)
        assert parse(published, kind).bare == published


# What is loaded, and what is kept


def loads_pillow(folder: Path) -> bool:
    """Whether Pillow is loaded where the pictures in a folder are judged."""
    code = (
        "import sys; from pathlib import Path; from campaign.reading.pictures import Pictures\n"
        "pictures = Pictures(Path(sys.argv[1]) / 'kept')\n"
        "for file in Path(sys.argv[1]).glob('*.*'):\n"
        "    assert not pictures.inspect(file, '').problems\n"
        "sys.exit('PIL' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code, folder], cwd=ROOT, check=False)
    assert run.returncode in {0, 1}
    return bool(run.returncode)


def test_pillow_is_loaded_only_for_a_picture_that_is_to_be_made(tmp_path: Path) -> None:
    for kind in FORMATS:
        write(tmp_path / f"a{SUFFIXES[kind]}", dot(kind))
    write(tmp_path / "a.svg", "<svg/>")
    assert not loads_pillow(tmp_path)
    write(tmp_path / "b.jpg", photo(60, 40))
    assert loads_pillow(tmp_path)
    assert not loads_pillow(tmp_path)


def test_a_picture_is_made_once_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, kept = write(tmp_path / "a.jpg", photo(60, 40)), tmp_path / "kept"
    first = Pictures(kept)
    digest = first.inspect(file, "a").digest
    made = first.publish(file)
    monkeypatch.setattr(Image, "open", None)
    second = Pictures(kept)
    assert second.inspect(file, "a").digest == digest
    assert second.publish(file) == made
    assert Pictures(None).inspect(file, "a").problems


def test_what_is_kept_and_damaged_counts_as_none(tmp_path: Path) -> None:
    file, kept = write(tmp_path / "a.jpg", photo(60, 40)), tmp_path / "kept"
    made = Pictures(kept).publish(file)
    (found,) = kept.iterdir()
    whole = found.read_bytes()
    for data in (b"", whole[:-1], whole[:40] + b"x" + whole[41:], b"foreign" * 100):
        found.write_bytes(data)
        assert Pictures(kept).publish(file) == made
        assert found.read_bytes() == whole


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="POSIX alone has these")
def test_what_is_kept_and_no_file_counts_as_none(tmp_path: Path) -> None:
    file, kept = write(tmp_path / "a.jpg", photo(60, 40)), tmp_path / "kept"
    made = Pictures(kept).publish(file)
    (found,) = kept.iterdir()
    elsewhere = found.rename(tmp_path / "elsewhere")
    makers: list[Callable[[], None]] = [
        lambda: os.mkfifo(found),
        lambda: found.symlink_to(elsewhere),
        lambda: found.symlink_to("/dev/zero"),
        found.mkdir,
    ]
    for make in makers:
        make()
        assert Pictures(kept).publish(file) == made
        found.rmdir() if found.is_dir() else found.unlink()
    kept.rmdir()
    kept.write_text("no folder", encoding="utf-8")
    assert Pictures(kept).publish(file) == made


def test_what_is_kept_of_other_pictures_goes_when_it_is_old(tmp_path: Path) -> None:
    file, kept = tmp_path / "a.jpg", tmp_path / "kept"
    for width in (60, 62, 64):
        pictures = Pictures(kept)
        pictures.inspect(write(file, photo(width, 40)), "a")
        pictures.save()
    assert len(list(kept.iterdir())) == 3
    other = write(kept / "other", "an editor's")
    old = time.time() - 100_000
    for item in kept.iterdir():
        os.utime(item, (old, old))
    pictures.save()
    assert len(list(kept.iterdir())) == 2
    assert other.exists()
    assert not loads_pillow(tmp_path)


def test_a_picture_that_is_not_in_order_is_not_published(tmp_path: Path) -> None:
    with pytest.raises(PictureError, match="damaged or cut off"):
        Pictures(None).publish(write(tmp_path / "a.png", dot("PNG")[:-9]))
