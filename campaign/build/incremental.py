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


class Inputs(NamedTuple):
    """The digests of all that an artifact is made of.

    `whole` is that of its source, None where nothing is known of it; `parts` are, for a collection,
    that of what every page can show, then that of each event.
    """

    whole: bytes | None
    parts: list[bytes]


class CachedResult(NamedTuple):
    """The memory of an artifact: the digests of its inputs, `parts` joined, and the state of each file."""

    whole: bytes
    states: list[State]
    parts: bytes


#: Whether each file of an artifact differs from the old site's, and what to remember; None where all is current.
Outcome = tuple[list[bool], CachedResult | None] | None


def make(
    artifacts: Sequence[Artifact],
    others: Iterable[Artifact],
    stage: Stage,
    cache: Cache[str, CachedResult],
    fingerprints: Fingerprints,
) -> None:
    """Make the artifacts that are not current: whose inputs or whose files differ from what the last build left.

    To find out which `others` there are takes time; meanwhile another process begins.
    """
    maker = _Maker(stage, cache, fingerprints)

    def make_others() -> None:
        found = list(others)
        maker.note(found, maker.make(found))

    maker.note(artifacts, map_parallel(maker.make, artifacts, meanwhile=make_others))


class _Maker:
    """Makes artifacts, and notes what came of them."""

    def __init__(
        self, stage: Stage, cache: Cache[str, CachedResult], fingerprints: Fingerprints
    ) -> None:
        self._stage = stage
        self._cache = cache
        self._fingerprints = fingerprints

    def note(self, artifacts: Iterable[Artifact], outcomes: Iterable[Outcome]) -> None:
        """Note what came of artifacts, which other processes may have made."""
        for artifact, outcome in zip(artifacts, outcomes, strict=True):
            differ, result = outcome or ([False] * len(artifact.names), None)
            self._stage.made.update(zip(artifact.names, differ, strict=True))
            if result:
                self._cache.put(artifact.names[0], result)
            elif outcome is None:
                self._cache.get(artifact.names[0])

    def make(self, artifacts: Sequence[Artifact]) -> list[Outcome]:
        """Make those of some artifacts that are not current."""
        all_inputs = list(map(self._inputs, artifacts))
        are_current = list(map(self._is_current, artifacts, all_inputs))
        known = list(zip(artifacts, all_inputs, are_current, strict=True))
        texts = _some_ahead(
            text
            for artifact, inputs, is_current in known
            if not is_current
            for text in self._texts(artifact, inputs)
        )
        return [
            None if is_current else self._write(artifact, inputs, texts)
            for artifact, inputs, is_current in known
        ]

    def _inputs(self, artifact: Artifact) -> Inputs:
        source = artifact.source
        if not isinstance(source, Collection):
            return Inputs(self._fingerprints.digest(source), [])
        parts = self._fingerprints.of_events(source.events)
        return Inputs(self._fingerprints.digest((source.write, source.join, *parts)), parts)

    def _is_current(self, artifact: Artifact, inputs: Inputs) -> bool:
        """Whether the files of an artifact are as they shall be."""
        last = self._cache.get(artifact.names[0])
        if not last or last.whole != inputs.whole:
            return False
        return all(map(self._stage.keeps, artifact.names, last.states))

    def _texts(self, artifact: Artifact, inputs: Inputs) -> Iterator[bytes]:
        if isinstance(artifact.source, Collection):
            yield self._join(artifact.names[0], artifact.source, inputs)
        else:
            for text in artifact.texts(artifact.source):
                yield text.encode() if isinstance(text, str) else text

    def _join(self, name: str, collection: Collection, inputs: Inputs) -> bytes:
        """Make a collection; of events that have not changed, what is in the old site's stays."""
        shared, *digests = inputs.parts
        old, events = self._old_pieces(name, collection, shared), collection.events
        pieces = (
            old.get(digest) or collection.write(event).encode()
            for digest, event in zip(digests, events, strict=True)
        )
        return collection.join(events, pieces)

    def _old_pieces(self, name: str, collection: Collection, shared: bytes) -> dict[bytes, bytes]:
        """Return the pieces of a collection of the old site, by the digests of what they were made of."""
        last = self._cache.get(name)
        if not last or not last.parts.startswith(shared):
            return {}
        if not self._stage.keeps(name, *last.states):
            return {}
        starts = range(_DIGEST, len(last.parts), _DIGEST)
        digests = (last.parts[start : start + _DIGEST] for start in starts)
        # It may be another program's, of that size and time, or not be readable.
        with suppress(OSError, ValueError):
            return dict(zip(digests, collection.split(self._stage.read(name)), strict=True))
        return {}

    def _write(self, artifact: Artifact, inputs: Inputs, texts: Iterator[bytes]) -> Outcome:
        written = [self._stage.write(name, next(texts)) for name in artifact.names]
        states, differ = [state for state, _ in written], [differs for _, differs in written]
        if inputs.whole is None:
            return differ, None
        return differ, CachedResult(inputs.whole, states, b"".join(inputs.parts))


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
