"""Whether a sentence of a number kind is true, by reading it again: shares with the planting only where names stand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from content.facts import MatchFacts
from tests.quality.prose import NUMBER, ORDINAL, Prose, value


@dataclass(frozen=True)
class Read:
    """What stands in a sentence: names, whole numbers, scores and decimals, each in order."""

    facts: MatchFacts
    text: str

    @property
    def prose(self) -> Prose:
        return Prose(self.text, self.facts)

    @property
    def models(self) -> list[str]:
        return [named.name for named in self.prose.of("model")]

    @property
    def scorer(self) -> str:
        return self.prose.of("player")[0].name

    @property
    def numbers(self) -> list[int]:
        pattern = rf"(?<![\w.–-])(?:{ORDINAL}|{NUMBER}|once|twice)(?![\w–])"
        words = [match[0].lower() for match in self.prose.found(pattern)]
        return [{"once": 1, "twice": 2}.get(word) or value(word) for word in words]

    @property
    def score(self) -> tuple[int, int]:
        home, away = self.prose.found(r"(\d+)[–-](\d+)")[0].groups()
        return int(home), int(away)

    @property
    def decimal(self) -> Fraction:
        return Fraction(self.prose.found(r"\d+\.\d\d")[0][0])


def _near(value: Fraction, said: Fraction) -> bool:
    return abs(value - said) <= Fraction(1, 200)


def _minute(read: Read) -> bool:
    return read.numbers[0] in {goal.minute for goal in read.facts.goals if goal.name == read.scorer}


def _goals(read: Read) -> bool:
    return sum(goal.name == read.scorer for goal in read.facts.goals) == read.numbers[0]


def _order(read: Read) -> bool:
    goals = sorted(read.facts.goals, key=lambda goal: (goal.minute or 0, goal.stoppage or 0))
    return goals[read.numbers[0] - 1].name == read.scorer


def _margin(read: Read) -> bool:
    home, away = read.facts.last_score
    return abs(home - away) == read.numbers[0]


def _share(hit: str) -> Callable[[Read], bool]:
    def true(read: Read) -> bool:
        tips = read.facts.in_time
        return sorted(read.numbers) == sorted([sum(getattr(tip, hit) for tip in tips), len(tips)])

    return true


def _points(read: Read) -> bool:
    return {tip.model: tip.points for tip in read.facts.tips}[read.models[0]] == read.numbers[0]


def _field_points(read: Read) -> bool:
    return read.numbers == [len(read.facts.in_time), sum(tip.points or 0 for tip in read.facts.in_time)]


def _field_average(read: Read) -> bool:
    points = [tip.points or 0 for tip in read.facts.in_time]
    return _near(Fraction(sum(points), len(points)), read.decimal)


def _line(*names: str) -> Callable[[Read], bool]:
    def true(read: Read) -> bool:
        line = next(line for line in read.facts.after if line.model == read.models[0])
        return [getattr(line, name) for name in names] == read.numbers

    return true


def _average(read: Read) -> bool:
    line = next(line for line in read.facts.after if line.model == read.models[0])
    return _near(Fraction(line.points, line.predictions), read.decimal)


def _moved(read: Read) -> bool:
    tables = (read.facts.before, read.facts.after)
    return [line.rank for table in tables for line in table if line.model == read.models[0]] == read.numbers


def _ended(read: Read) -> bool:
    return [line.current_streak for line in read.facts.before if line.model == read.models[0]] == read.numbers


def _tip(read: Read) -> bool:
    return {tip.model: tip.scoreline for tip in read.facts.tips}[read.models[0]] == read.score


def _running(read: Read) -> bool:
    return read.score in {goal.running for goal in read.facts.goals if goal.name == read.scorer}


IS_TRUE: Mapping[str, Callable[[Read], bool]] = {
    "scoreline": lambda read: read.score == read.facts.last_score,
    "half-time score": lambda read: read.score == read.facts.half_time,
    "running score": _running,
    "tip of a model": _tip,
    "margin": _margin,
    "goals in all": lambda read: read.numbers == [sum(read.facts.last_score)],
    "minute": _minute,
    "goals of a player": _goals,
    "order of a goal": _order,
    "count of the right": _share("tendency_hit"),
    "count of the exact": _share("exact_hit"),
    "points of a model": _points,
    "points of the field": _field_points,
    "average of the field": _field_average,
    "points of the season": _line("points", "predictions"),
    "exact scores of the season": _line("exact_hits"),
    "rank": _line("rank"),
    "streak": _line("current_streak"),
    "average of a model": _average,
    "places moved": _moved,
    "streak that ended": _ended,
    "number of matches": lambda read: read.numbers == [read.facts.matches_after],
}
