"""Pictures decoded whole, turned and coded again: the only module that loads Pillow, which takes long to load."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from itertools import count
from typing import Any

from PIL import Image, JpegImagePlugin, PngImagePlugin

from campaign.reading.metadata import png
from campaign.reading.metadata.container import UPRIGHT

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_QUARTER_TURNS = frozenset({5, 6, 7, 8})
_QUALITY = 90
_UNKNOWN_SAMPLING, _FULL_SAMPLING = -1, 0


class DecodingError(ValueError):
    """A picture that cannot be decoded whole."""


class TooLargeError(ValueError):
    """A picture of more pixels than may be decoded: `args` is their number."""


def decode(data: bytes, kind: str) -> None:
    """Decode every frame of a picture. Raises `DecodingError`."""
    with _opened(data, kind) as image:
        for _ in _frames(image):
            pass


def encode(data: bytes, kind: str, orientation: int | None, most: int) -> bytes:
    """Return a picture coded again, upright, with its frames and colours, at a high quality.

    `orientation` is as Exif has it; None where only Pillow may find it. Raises `DecodingError`, and
    `TooLargeError` for more than so many pixels.
    """
    with _opened(data, kind) as image:
        frames = getattr(image, "n_frames", 1) if kind != "JPEG" else 1
        if (pixels := image.width * image.height * frames) > most:
            raise TooLargeError(pixels)
        turn = orientation or image.getexif().get(0x0112, UPRIGHT)
        first, *others = [_turned(frame, turn) for frame in _frames(image)]
        options = _options(image, data, kind, turn)
        if others:
            options |= _animation(image, kind, [first, *others])
        file = BytesIO()
        first.save(file, kind, **options)
    return file.getvalue()


@contextmanager
def _opened(data: bytes, kind: str) -> Iterator[Image.Image]:
    with warnings.catch_warnings():
        # How large a picture may be is decided here, and what is wrong with its metadata does not matter.
        warnings.simplefilter("ignore")
        try:
            with Image.open(BytesIO(data), formats=[kind]) as image:
                yield image
        except TooLargeError:
            raise
        except Image.DecompressionBombError:
            raise TooLargeError(2 * (Image.MAX_IMAGE_PIXELS or 0)) from None
        except Exception as error:  # Each of its decoders has exceptions of its own.
            raise DecodingError from error


def _frames(image: Image.Image) -> Iterator[Image.Image]:
    """Yield a picture once for each of its frames, decoded; of a JPEG the first, which alone is shown."""
    for number in count():
        try:
            image.seek(number)
        except EOFError:
            return
        image.load()
        yield image
        if image.format in {"JPEG", "MPO"}:
            return


def _turned(frame: Image.Image, orientation: int) -> Image.Image:
    return frame.transpose(_TURNS[orientation]) if orientation in _TURNS else frame.copy()


def _options(image: Image.Image, data: bytes, kind: str, orientation: int) -> dict[str, Any]:
    """Return how a picture is to be coded, so that it looks as it did."""
    options: dict[str, Any] = {"icc_profile": image.info.get("icc_profile")}
    if isinstance(image, JpegImagePlugin.JpegImageFile):
        sampling = JpegImagePlugin.get_sampling(image)
        options |= {
            "qtables": _tables(image.quantization, orientation),
            "subsampling": _FULL_SAMPLING if sampling == _UNKNOWN_SAMPLING else sampling,
            "progressive": bool(image.info.get("progressive")),
            "optimize": True,
        }
    elif kind == "PNG":
        options |= {"pnginfo": _colours(data), "optimize": True}
    elif kind == "WEBP":
        options |= {"lossless": b"VP8L" in data, "quality": _QUALITY, "exact": True}
    elif kind == "AVIF":
        # How a picture is cut into tiles would depend on the computer's processors.
        options |= {"quality": _QUALITY, "subsampling": "4:4:4", "autotiling": False}
    return options


def _tables(tables: dict[int, list[int]], orientation: int) -> list[list[int]]:
    """Return the tables of quantization of a JPEG, with rows and columns exchanged where the picture's are."""
    found = [list(tables[number]) for number in sorted(tables)]
    if orientation not in _QUARTER_TURNS:
        return found
    return [[table[8 * (at % 8) + at // 8] for at in range(64)] for table in found]


def _colours(data: bytes) -> PngImagePlugin.PngInfo:
    """Return the chunks of a PNG that say how its colours are meant, but for what Pillow writes by itself."""
    info = PngImagePlugin.PngInfo()
    for kind, payload in png.colours(data):
        if kind not in {b"iCCP", b"sBIT"}:
            info.add(kind, payload)
    return info


def _animation(image: Image.Image, kind: str, frames: list[Image.Image]) -> dict[str, Any]:
    """Return how an animation goes on: its frames after the first, how long each is shown, and how often all are."""
    has_still = bool(getattr(image, "default_image", False))
    durations = [frame.info.get("duration", 0) for frame in frames[has_still:]]
    options = {"save_all": True, "append_images": frames[1:], "duration": durations}
    if "loop" in image.info:
        options["loop"] = image.info["loop"]
    if kind == "PNG":
        options["default_image"] = has_still
    if kind == "WEBP":
        options["background"] = image.info.get("background", (0, 0, 0, 0))
    return options
