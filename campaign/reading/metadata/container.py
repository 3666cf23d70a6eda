"""Parts that all containers of pictures share."""

from __future__ import annotations

from dataclasses import dataclass
from struct import error, unpack_from
from typing import Any

#: The orientation of a picture that is shown as it is stored.
UPRIGHT = 1


class NotWholeError(ValueError):
    """A container that ends too early, or is not built as its specification says."""


@dataclass(frozen=True)
class Picture:
    """A picture as its container describes it.

    `width` and `height` are in pixels, as stored; `frames` counts those of an animation.
    `orientation` is the turn that viewers make, from 1 (none) to 8, as Exif has it. `bare` is the
    same picture without metadata: the very same bytes where there is none.
    """

    width: int
    height: int
    frames: int
    orientation: int
    bare: bytes

    @property
    def is_upright(self) -> bool:
        """Whether viewers show it as it is stored."""
        return self.orientation == UPRIGHT

    @property
    def pixels(self) -> int:
        """The pixels of all frames together, each as large as the picture, as decoders make them."""
        return self.width * self.height * max(1, self.frames)


def unpack(layout: str, data: bytes, start: int) -> tuple[Any, ...]:
    """Return numbers that stand in some bytes, as `struct` does. Raises `NotWholeError` past their end."""
    try:
        return unpack_from(layout, data, start)
    except error:
        raise NotWholeError from None
