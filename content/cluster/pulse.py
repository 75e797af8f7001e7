"""What the processes of one cluster tell each other through shared memory.

Each value has one writer and no lock, which could be taken along by a process that is killed.
"""

from dataclasses import dataclass, field
from multiprocessing.sharedctypes import RawValue
from time import monotonic
from typing import Any


def _moment() -> Any:
    return RawValue("d", monotonic())


def _number() -> Any:
    return RawValue("q", 0)


def _never() -> Any:
    return RawValue("d", float("-inf"))


@dataclass(frozen=True)
class Pulse:
    """Moments are seconds of `time.monotonic`, the same in every process.

    `proof`: the last moment at which the cluster was seen to do its work, or could not be blamed for not doing it
    (written by the heart). `guard`: the sentinel's last round. `timed_out`: the workers it has ended for the time they
    took. `stop`: set by the supervisor: end in order.
    """

    proof: Any = field(default_factory=_moment)
    guard: Any = field(default_factory=_never)
    timed_out: Any = field(default_factory=_number)
    stop: Any = field(default_factory=_number)

    @property
    def silence(self) -> float:
        """Seconds since the last proof."""
        return monotonic() - float(self.proof.value)

    @property
    def rest(self) -> float:
        """Seconds since the sentinel's last round; infinite before the first."""
        return monotonic() - float(self.guard.value)
