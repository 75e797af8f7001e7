"""Clean sentences as different people write them, each true of a hand-made match: they measure false alarms."""

from collections.abc import Iterator

from content.facts import MatchFacts
from tests.quality.sentences import away, comeback, derby, feast, goalless, nobody, rout, shootout

SCENES = (comeback, goalless, shootout, rout, derby, feast, away, nobody)


def sentences() -> Iterator[tuple[str, MatchFacts]]:
    """Yields every sentence with the facts of its match."""
    for scene in SCENES:
        facts = scene.SCENE.facts()
        yield from ((sentence, facts) for sentence in scene.SENTENCES)
