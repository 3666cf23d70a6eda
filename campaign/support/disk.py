"""Files on the disk: read where they are regular ones, and replaced whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import sys
from pathlib import Path


def is_regular(file: Path) -> bool:
    """Whether something is a file, and neither a link nor a FIFO, a device or a folder."""
    try:
        return stat.S_ISREG(file.lstat().st_mode)
    except OSError:
        return False


def read(file: Path, most: int = sys.maxsize) -> bytes:
    """Return what is in a regular file. Raises `OSError` for anything else, and for more bytes than `most`.

    What is no file is never waited for.
    """

    def opener(path: str, flags: int) -> int:
        return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))

    with open(file, "rb", opener=opener) as opened:
        found = os.fstat(opened.fileno())
        if not stat.S_ISREG(found.st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(file))
        if found.st_size > most:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(file))
        return opened.read()


def replace(file: Path, data: bytes, *, durably: bool = False) -> None:
    """Write a file beside the old one, and put it in the old one's place when it is whole.

    What may lie where it is written first, such as a link, is removed and never written to.
    `durably` waits until it is on the disk. Raises `OSError`.
    """
    new = file.with_name(f".{file.name.lstrip('.')}.new")
    new.unlink(missing_ok=True)
    try:
        with new.open("xb") as stream:
            stream.write(data)
            if durably:
                stream.flush()
                os.fsync(stream.fileno())
        if is_regular(file):
            shutil.copymode(file, new)
        new.replace(file)
    except OSError:
        new.unlink(missing_ok=True)
        raise
