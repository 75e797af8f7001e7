"""Whom the harness kills, in which order and how long it waits before: pure, and the same for the same seed."""

from dataclasses import dataclass
from itertools import islice
from random import Random

ESSENTIAL = ("worker", "monitor", "sentinel", "group")
OTHERS = (*["worker"] * 5, *["monitor"] * 2, *["sentinel"] * 2, *["pusher"] * 2, "cluster", "supervisor", "group")
OTHERS_TOO = (*OTHERS, "feeder", "feeder")
"""With the four above, the targets of twenty kills; a supervisor or a whole group takes longest to come back."""

DATABASE = ("fast stop", "immediate stop", "postmaster", "backend")
KILLS_PER_DATABASE_STRIKE = 25


@dataclass(frozen=True)
class Strike:
    """One blow. `wait`: seconds before it; `whole`: whether the machine has to be complete again before that.

    `pick` from 0 to 1 chooses among several processes of one kind; `down` is how many seconds a database stays away.
    """

    target: str
    machine: int
    wait: float
    whole: bool
    pick: float
    down: float

    @property
    def is_database(self) -> bool:
        return self.target in DATABASE


def strikes(seed: int, kills: int, *, machines: int, database: bool) -> list[Strike]:
    """Return `kills` strikes at processes, and with `database` about one at PostgreSQL for every 25 of them."""
    random = Random(f"strikes {seed}")
    every = min(KILLS_PER_DATABASE_STRIKE, kills)
    planned = []
    for number, target in enumerate(_targets(random, kills)):
        planned.append(_strike(random, target, machines))
        if database and number % every == every // 2:
            kind = DATABASE[number // every % len(DATABASE)]
            planned.append(_strike(random, kind, machines))
    return planned


def _targets(random: Random, kills: int) -> list[str]:
    """Return targets from shuffled decks of twenty, so that even a short run has all of the essential ones."""
    targets: list[str] = []
    while len(targets) < kills:
        deck = [*ESSENTIAL, *random.sample(OTHERS_TOO, len(OTHERS_TOO))]
        cards = list(islice(deck, kills - len(targets)))
        random.shuffle(cards)
        targets += cards
    return targets


def _strike(random: Random, target: str, machines: int) -> Strike:
    return Strike(
        target=target,
        machine=random.randrange(machines),
        wait=random.uniform(0.02, 0.5) if random.random() < 0.75 else random.uniform(0.05, 2),
        whole=random.random() < 0.8,
        pick=random.random(),
        down=random.uniform(0.5, 3),
    )
