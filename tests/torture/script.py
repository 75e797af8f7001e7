"""The season that is played while everything is killed: what is recorded, in which order, and what it must come to.

Pure, and the same for the same seed.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

Scoreline = tuple[int, int]

FIRST_DAY = datetime(2025, 8, 1, 15, tzinfo=UTC)
TEAMS = (
    "Amberwick",
    "Brackley Vale",
    "Corrin Athletic",
    "Dunmarsh",
    "Eastholt",
    "Fennick Rovers",
    "Garrowby",
    "Hexley Town",
    "Inverlea",
    "Jessop United",
    "Kelderwick",
    "Lanmoor",
)
MODELS = (
    "Alder",
    "Bramble 2",
    "Clover",
    "Damson",
    "Elder 3",
    "Fern",
    "Gorse",
    "Hazel mini",
    "Ivy",
    "Juniper",
    "Larch 4",
    "Maple",
    "Nettle",
    "Oak large",
    "Poplar",
    "Rowan",
)
PREDICTED_AT_FIRST = 12
"""So many of the models predict each match before it begins; the others may join afterwards."""

EARLY, LATE = timedelta(hours=30), timedelta(hours=1)
MATCHES_PER_SEASON = 40
RULES = ("quota-2-6", "kicktipp", "fixed-2-3-4")
RULE_CHANGE_EVERY = 400


@dataclass(frozen=True)
class Tip:
    """A prediction; `submitted_at` None: at an unknown time."""

    scoreline: Scoreline
    submitted_at: datetime | None


@dataclass
class Fixture:
    """A match and what must be true of it in the end; `tips` and `excluded` go by the place of the model."""

    place: int
    season: int
    home: int
    away: int
    kickoff: datetime
    tips: dict[int, Tip] = field(default_factory=dict)
    status: str = "scheduled"
    full_time: Scoreline | None = None
    excluded: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class Action:
    """One recording: `kind` names the function of the feeder that does it, `match` is the place of a fixture."""

    kind: str
    match: int
    values: dict[str, Any] = field(default_factory=dict)


@dataclass
class Script:
    """Everything that is recorded, and the state that it must leave behind; `rules`: season → its rule in the end."""

    fixtures: list[Fixture]
    actions: list[Action]
    rules: dict[int, str]

    def count(self, *kinds: str) -> int:
        return sum(action.kind in kinds for action in self.actions)


def fixtures(seed: int, matches: int) -> list[Fixture]:
    """Return the fixtures before anything is played, two of a season at the same moment, with their first tips."""
    random = Random(f"fixtures {seed}")
    planned = []
    for place in range(matches):
        season, day = divmod(place, MATCHES_PER_SEASON)
        home, away = random.sample(range(len(TEAMS)), 2)
        kickoff = FIRST_DAY + timedelta(days=day // 2)
        models = random.sample(range(len(MODELS)), PREDICTED_AT_FIRST)
        tips = {model: Tip(_goals(random), random.choice((None, kickoff - EARLY, kickoff - EARLY))) for model in models}
        planned.append(Fixture(place, season, home, away, kickoff, tips))
    return planned


def script(seed: int, matches: int, recordings: int) -> Script:
    """Return so many recordings in which each match is played, at a steady pace, and what became of it goes on."""
    random = Random(f"script {seed}")
    written = Script(fixtures(seed, matches), [], dict.fromkeys(range(-(-matches // MATCHES_PER_SEASON)), RULES[0]))
    unplayed = list(range(matches))
    while len(written.actions) < recordings:
        left = recordings - len(written.actions)
        if unplayed and random.random() < len(unplayed) / left:
            written.actions.append(_play(random, written.fixtures[unplayed.pop(0)]))
        elif len(unplayed) < matches:
            _follow_up(random, written, played=matches - len(unplayed))
    return written


def _goals(random: Random) -> Scoreline:
    return min(random.randrange(6), random.randrange(6)), min(random.randrange(6), random.randrange(6))


def _play(random: Random, fixture: Fixture) -> Action:
    fixture.status, fixture.full_time = "finished", _goals(random)
    return Action("result", fixture.place, {"full_time": fixture.full_time, "scorers": random.random() < 0.5})


def _follow_up(random: Random, written: Script, played: int) -> None:
    """Adds something that happens to a match already played, one of the last ten in every second case."""
    first = max(played - 10, 0) if random.random() < 0.5 else 0
    fixture = written.fixtures[random.randrange(first, played)]
    if fixture.status != "finished":
        action = _reinstate(random, fixture)
    elif len(written.actions) % RULE_CHANGE_EVERY == RULE_CHANGE_EVERY // 2:
        action = _change_rule(random, written, fixture)
    else:
        change = random.choices(CHANGES, weights=WEIGHTS)[0]
        action = change(random, fixture)
    written.actions.append(action)


def _correct(random: Random, fixture: Fixture) -> Action:
    before = fixture.full_time
    while fixture.full_time == before:
        fixture.full_time = _goals(random)
    return Action("correction", fixture.place, {"full_time": fixture.full_time, "scorers": random.random() < 0.5})


def _void(random: Random, fixture: Fixture) -> Action:
    fixture.status = random.choice(("abandoned", "cancelled"))
    return Action("void", fixture.place, {"status": fixture.status})


def _reinstate(random: Random, fixture: Fixture) -> Action:
    fixture.status = "finished"
    if random.random() < 0.5:
        fixture.full_time = _goals(random)
    return Action("reinstatement", fixture.place, {"full_time": fixture.full_time, "scorers": False})


def _move(random: Random, fixture: Fixture) -> Action:
    fixture.kickoff += timedelta(hours=random.choice((-49, -25, 23, 47, 71)))
    return Action("move", fixture.place, {"kickoff": fixture.kickoff})


def _join(random: Random, fixture: Fixture) -> Action:
    absent = [place for place in range(len(MODELS)) if place not in fixture.tips]
    if not absent:
        return _correct(random, fixture)
    model = random.choice(absent)
    submitted_at = random.choice((None, fixture.kickoff - EARLY, fixture.kickoff + LATE))
    fixture.tips[model] = Tip(_goals(random), submitted_at)
    return Action("prediction", fixture.place, {"model": model, "tip": fixture.tips[model]})


def _exclude(random: Random, fixture: Fixture) -> Action:
    if fixture.excluded and random.random() < 0.6:
        model = random.choice(sorted(fixture.excluded))
        fixture.excluded.remove(model)
        return Action("return", fixture.place, {"model": model})
    model = random.choice(sorted(fixture.tips.keys() - fixture.excluded))
    fixture.excluded.add(model)
    because = random.choice(("withdrawn", "voided"))
    return Action("exclusion", fixture.place, {"model": model, "because": because})


def _repeat(random: Random, fixture: Fixture) -> Action:
    """Somebody records once more what is known: nothing may come of it."""
    return Action("repetition", fixture.place, {"full_time": fixture.full_time, "scorers": None})


def _change_rule(random: Random, written: Script, fixture: Fixture) -> Action:
    before = written.rules[fixture.season]
    written.rules[fixture.season] = random.choice([rule for rule in RULES if rule != before])
    return Action("rule", fixture.place, {"season": fixture.season, "rule": written.rules[fixture.season]})


CHANGES = (_correct, _void, _move, _join, _exclude, _repeat)
WEIGHTS = (45, 20, 10, 10, 10, 5)
