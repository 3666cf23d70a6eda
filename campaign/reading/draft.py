"""A site's content as it was read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from campaign.content.model import KINDS, Campaign, Content, K, Kind
from campaign.content.problems import Problem, has_errors
from campaign.reading.parsing import TextBlock


@dataclass
class Draft:
    """A site's content, as far as it could be read.

    `objects` are those of each kind that could be. `files` are the files that are not made of
    texts, by their paths within the site; `pictures` are the digests of what is published of those
    that are not copied as they are. `addresses` are the paths of these and of all pages, those with
    problems among them, by their files below `content/`. `text_blocks` are all texts, whether or not
    the fields beside them are in order; `unread` are the kinds of content that hold something whose
    address is not known, because its file or row has problems.
    """

    root: str
    objects: dict[type[Kind], list[Any]] = field(default_factory=lambda: defaultdict(list))
    addresses: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)
    text_blocks: list[TextBlock] = field(default_factory=list)
    unread: set[type[Kind]] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def of(self, kind: type[K]) -> list[K]:
        """Return the objects of a kind that could be read."""
        return self.objects[kind]

    @property
    def all(self) -> Iterator[Kind]:
        """The objects of every kind that could be read."""
        return chain.from_iterable(map(self.of, KINDS))

    @property
    def campaign(self) -> Campaign | None:
        """The campaign itself, where it could be read."""
        return next(iter(self.of(Campaign)), None)

    def content(self) -> Content:
        """Return the whole content, in order. Raises `ValueError` where an error is left."""
        if has_errors(self.problems) or not all(self.of(kind) for kind in KINDS if kind.FILE):
            message = "content with problems cannot be built"
            raise ValueError(message)
        return Content(
            {kind: kind.in_order(self.of(kind)) for kind in KINDS},
            frozenset(self.files),
            self.addresses,
            self.pictures,
        )
