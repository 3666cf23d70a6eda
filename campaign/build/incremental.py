"""An incremental build: what is made of the same things as last time, and is still there, stays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from hashlib import sha256
from typing import Any, NamedTuple

from campaign.build.fingerprint import Fingerprints
from campaign.build.output import Stage, State
from campaign.routes import Collection
from campaign.support.cache import Cache
from campaign.support.parallel import map_parallel

# So many bytes are made, and then written: to turn from one to the other for each file takes a sixth
# longer, as processors then have neither at hand.
_AHEAD = 1_000_000
_DIGEST = sha256().digest_size


class Artifact(NamedTuple):
    """Files of one source: their names below the output folder, and what makes their texts of it.

    A text may be bytes, as those of a picture. A collection is the source of one file, and knows
    how that is made.
    """

    names: tuple[str, ...]
    source: Any
    texts: Callable[[Any], Iterable[str | bytes]] = tuple


class Digests(NamedTuple):
    """The digest of an artifact's source, and for a collection that of what all pages share, then of each event."""

    whole: bytes | None
    each: list[bytes]


#: What a build remembers of an artifact: the digest of its source, the state of each file, and the other digests.
Built = tuple[bytes, list[State], bytes]

#: Whether each file of an artifact differs from the old site's, and what to remember; None where all is current.
Outcome = tuple[list[bool], Built | None] | None


def make(
    artifacts: Sequence[Artifact],
    others: Iterable[Artifact],
    stage: Stage,
    cache: Cache[str, Built],
    prints: Fingerprints,
) -> None:
    """Make the artifacts that are not current: whose source or whose files differ from what the last build left.

    To find out which `others` there are takes time; meanwhile another process begins.
    """
    maker = _Maker(stage, cache, prints)

    def make_others() -> None:
        found = list(others)
        maker.note(found, maker.make(found))

    maker.note(artifacts, map_parallel(maker.make, artifacts, meanwhile=make_others))


class _Maker:
    """Makes artifacts, and notes what came of them."""

    def __init__(self, stage: Stage, cache: Cache[str, Built], prints: Fingerprints) -> None:
        self._stage = stage
        self._cache = cache
        self._prints = prints

    def note(self, artifacts: Iterable[Artifact], outcomes: Iterable[Outcome]) -> None:
        """Note what came of artifacts, which other processes may have made."""
        for artifact, outcome in zip(artifacts, outcomes, strict=True):
            differ, built = outcome or ([False] * len(artifact.names), None)
            self._stage.made.update(zip(artifact.names, differ, strict=True))
            if built:
                self._cache.put(artifact.names[0], built)
            elif outcome is None:
                self._cache.get(artifact.names[0])

    def make(self, artifacts: Sequence[Artifact]) -> list[Outcome]:
        """Make those of some artifacts that are not current."""
        digests = list(map(self._digests, artifacts))
        current = list(map(self._is_current, artifacts, digests))
        known = list(zip(artifacts, digests, current, strict=True))
        texts = _some_ahead(
            text for it, its, is_current in known if not is_current for text in self._texts(it, its)
        )
        return [
            None if is_current else self._write(it, its, texts) for it, its, is_current in known
        ]

    def _digests(self, artifact: Artifact) -> Digests:
        source = artifact.source
        if not isinstance(source, Collection):
            return Digests(self._prints.digest(source), [])
        each = self._prints.of_events(source.events)
        return Digests(self._prints.digest((source.write, source.join, *each)), each)

    def _is_current(self, artifact: Artifact, its: Digests) -> bool:
        """Whether the files of an artifact are as they shall be."""
        last, names = self._cache.get(artifact.names[0]), artifact.names
        return bool(last and last[0] == its.whole and all(map(self._stage.keeps, names, last[1])))

    def _texts(self, artifact: Artifact, its: Digests) -> Iterator[bytes]:
        if isinstance(artifact.source, Collection):
            yield self._joined(artifact.names[0], artifact.source, its)
        else:
            for text in artifact.texts(artifact.source):
                yield text.encode() if isinstance(text, str) else text

    def _joined(self, name: str, collection: Collection, its: Digests) -> bytes:
        """Make a collection; of events that have not changed, what is in the old site's stays."""
        shared, *digests = its.each
        old, events = self._old_pieces(name, collection, shared), collection.events
        pieces = (
            old.get(digest) or collection.write(event).encode()
            for digest, event in zip(digests, events, strict=True)
        )
        return collection.join(events, pieces)

    def _old_pieces(self, name: str, collection: Collection, shared: bytes) -> dict[bytes, bytes]:
        """Return the pieces of a collection of the old site, by the digests of what they were made of."""
        last = self._cache.get(name)
        if not last or not last[2].startswith(shared) or not self._stage.keeps(name, *last[1]):
            return {}
        digests = (last[2][at : at + _DIGEST] for at in range(_DIGEST, len(last[2]), _DIGEST))
        # It may be another program's, of that size and time, or not be readable.
        with suppress(OSError, ValueError):
            return dict(zip(digests, collection.split(self._stage.read(name)), strict=True))
        return {}

    def _write(self, artifact: Artifact, its: Digests, texts: Iterator[bytes]) -> Outcome:
        written = [self._stage.write(name, next(texts)) for name in artifact.names]
        states, differ = [state for state, _ in written], [differs for _, differs in written]
        return differ, (its.whole, states, b"".join(its.each)) if its.whole else None


def _some_ahead(texts: Iterable[bytes]) -> Iterator[bytes]:
    """Yield texts, of which some are made before the first of them is asked for."""
    ahead, size = [], 0
    for text in texts:
        ahead.append(text)
        size += len(text)
        if size > _AHEAD:
            yield from ahead
            ahead, size = [], 0
    yield from ahead
