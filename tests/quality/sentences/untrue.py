"""False sentences written by hand about the same matches, in words of their own: group, sentence."""

from collections.abc import Iterator

from content.facts import MatchFacts
from tests.quality.sentences import away, comeback, derby, shootout

COMEBACK = (
    ("number", "Norrvik needed four goals to turn it round."),
    ("number", "Santa Bruna had a two-goal cushion, the second goal dating from the 36th minute."),
    ("number", "Lindgren struck on 51 and again on 79."),
    ("number", "A quarter of the field had Norrvik winning."),
    ("number", "Delta Nine pocketed eight points."),
    ("number", "For Hazel-7 there were three points, for Rook three as well."),
    ("number", "Sextant's average sank from 3.25 to 2.98."),
    ("number", "Five models had the right winner, seven did not."),
    ("name", "Egeland, who had already scored the equaliser, struck again in stoppage time."),
    ("name", "Mats Egeland scored twice for Norrvik."),
    ("name", "Ilario Pohl's brace kept Norrvik in the match."),
    ("name", "Quartz was spot on with 3–2."),
    ("name", "Copperplate and Delta Nine had Norrvik to win."),
    ("name", "Rook goes top."),
    ("word", "Norrvik held a half-time lead and never let go of it."),
    ("word", "Most models had seen this result coming."),
    ("word", "Sextant extends its lead at the top."),
    ("word", "Bluefin's run goes on."),
    ("word", "Not one model had the exact scoreline."),
    ("word", "Santa Bruna went home with the win."),
)
AWAY = (
    ("number", "Aldersea were two down before they came back."),
    ("number", "Riis had put Borgen ahead after nine minutes."),
    ("number", "Eight of the 14 models had sided with Borgen."),
    ("number", "An away win brought five points."),
    ("number", "Rook's run stands at six."),
    ("number", "Marrow finds itself in third."),
    ("name", "Joe Tarrant opened the scoring for Borgen."),
    ("name", "Two goals by Tomas Riis decided the semi-final."),
    ("name", "Hazel-7 mini called it right."),
    ("name", "Lantern had 1–3, the exact score."),
    ("word", "Borgen are in the final."),
    ("word", "The visitors' last goal came before the break."),
    ("word", "Marrow defends first place."),
    ("word", "Everybody but Quartz was wrong about the winner."),
    ("word", "Sextant's tip was right, if not exact."),
)
DERBY = (
    ("number", "Seven of nine models saw Real Olmeda winning."),
    ("number", "Half of the models had the score to the goal."),
    ("number", "The goal fell in stoppage time, in the 92nd minute."),
    ("number", "Almanac's run has reached nine."),
    ("name", "Olmeda took the derby by the only goal."),
    ("name", "Hazel-7 was one of the four with 0–1."),
    ("word", "Ortega-Ríos converted a penalty late on."),
    ("word", "Olmeda's early lead did not last."),
    ("word", "The models could hardly have been more divided."),
    ("word", "Rook climbs a place."),
)
SHOOTOUT = (
    ("number", "Vestrahorn needed five penalties to Castelmar's three: 5–3 it ended."),
    ("number", "Three of five models had seen a draw after 90 minutes."),
    ("number", "Quartz averages 2.91 now."),
    ("number", "Steinsen's equaliser fell in the 88th minute."),
    ("name", "Castelmar lift the cup after penalties."),
    ("name", "Lafargue converted the late penalty in extra time."),
    ("name", "Rook and Sextant shared the points for a draw."),
    ("word", "No extra time was needed."),
    ("word", "Vestrahorn were in front at the interval."),
    ("word", "Marrow stays in front."),
    ("word", "Sextant's streak is over."),
)


def untrue_sentences() -> Iterator[tuple[str, str, MatchFacts]]:
    """Yields group, sentence and the facts of its match."""
    for scene, told in ((comeback, COMEBACK), (away, AWAY), (derby, DERBY), (shootout, SHOOTOUT)):
        facts = scene.SCENE.facts()
        yield from ((group, sentence, facts) for group, sentence in told)
