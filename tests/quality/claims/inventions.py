"""Things that no facts hold: every one of these sentences is unsupported, whatever the match."""

from random import Random

from tests.quality.claims.claim import Said, claim
from tests.quality.claims.match import sides
from tests.quality.truth import SIDES, Truth


def invention(truth: Truth, chance: Random) -> Said | None:
    return Said(sides(truth, chance.choice(SIDES)), None, {}, "the facts hold nothing of the kind")


claim(
    "word",
    "invented: statistics",
    "{team} had 61 per cent of possession.",
    "{team} had more of the ball throughout.",
    "{opponent} managed only three shots on target.",
    "The expected goals were well in favour of {team}.",
    "{team} won nine corners.",
    "Statistically {team} were better in every department, from passing to pressing.",
)(invention)
claim(
    "word",
    "invented: incidents",
    "{team} lost a defender to injury before the break.",
    "A red card left {opponent} with ten men.",
    "The referee waved away two appeals for a penalty.",
    "{opponent} hit the post twice.",
    "{team} had a goal disallowed after a video review.",
    "The goalkeeper of {opponent} made a string of fine saves.",
    "A substitute changed the match for {team}.",
)(invention)
claim(
    "word",
    "invented: surroundings",
    "A crowd of 34,512 saw the match.",
    "Heavy rain made the pitch difficult.",
    "The stadium was sold out.",
    "The home fans went home happy.",
    "It was a cold evening, and the stands were half empty.",
)(invention)
claim(
    "word",
    "invented: quotes",
    'The coach said: "We deserved this."',
    "“We were the better side,” said the captain of {team}.",
    "The manager of {opponent} called it a disappointing evening.",
    "{team}'s coach praised the spirit of his players.",
)(invention)
claim(
    "word",
    "invented: background",
    "{team} have not lost at home for two years.",
    "It was the third meeting of the two sides this season.",
    "{team} move up to second in the league.",
    "{opponent} have now gone five matches without a win.",
    "{team} are the reigning champions.",
    "{team} will travel to the leaders next week.",
    "{team} were the favourites of the bookmakers.",
)(invention)
claim(
    "word",
    "invented: how it was played",
    "The second goal was a header from a corner.",
    "{team} dominated from the first minute.",
    "It was a scrappy match of few chances.",
    "{opponent} were tired towards the end.",
    "{team} scored with a shot from twenty metres.",
    "The winner was set up by a fine cross from the left.",
)(invention)
