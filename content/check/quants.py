"""How many models a sentence speaks of, and the words that counts are made with."""

import operator
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from content.check.wordlist import words

MODEL_NOUNS = words(
    "models model predictions prediction tips tip forecasts forecast entrants them field others participants "
    "entries competitors forecasters tipsters predictors those they rest us"
)
ALL = words("all every each everybody everyone whole entire")
NOBODY = words("none nobody no neither noone no-one nil zero")
SOME = {
    "several": (Fraction(0), 3), "some": (Fraction(0), 1), "many": (Fraction(1, 4), 2), "few": (Fraction(0), 1),
    "others": (Fraction(0), 1), "handful": (Fraction(0), 2),
}  # fmt: skip
COMPARE = {
    "more than": ">", "over": ">", "above": ">", "fewer than": "<", "less than": "<", "under": "<", "below": "<",
    "at least": ">=", "no fewer than": ">=", "no less than": ">=", "at most": "<=", "up to": "<=", "no more than": "<=",
    "about": "~", "around": "~", "roughly": "~", "nearly": "~", "almost": "~", "some": "~", "just": "=", "only": "=",
    "exactly": "=", "a mere": "=", "mere": "=", "precisely": "=", "just over": ">", "just under": "<",
}  # fmt: skip
ADJECTIVES = words(
    "other remaining counted counting participating competing different whole entire valid such further more single "
    "lone sole settled in-time timely the of its exact right correct wrong"
)


def _is_about(real: Fraction, said: Fraction) -> bool:
    return abs(real - said) <= max(Fraction(1, 25), said / 10) if said < 1 else abs(real - said) <= 1


TESTS: dict[str, Callable[[Fraction, Fraction], object]] = {
    "=": operator.eq,
    ">": operator.gt,
    "<": operator.lt,
    ">=": operator.ge,
    "<=": operator.le,
    "~": _is_about,
}
"""Whether a real number is what was said, by how that compares: `~` is `about`."""


@dataclass(frozen=True)
class Quant:
    """How many: `value` models (or a share of them, `is_share`), of `of` if that is said; `rounded` for per cents."""

    value: Fraction
    is_share: bool = False
    of: int | None = None
    compare: str = "="
    rounded: int | None = None
    vague: bool = False

    def fits(self, k: int, n: int) -> bool:
        """Whether it is true of k out of n."""
        if not self.is_share:
            return bool(TESTS[self.compare](Fraction(k), self.value))
        if n == 0:
            return False
        share = Fraction(k, n)
        if self.rounded is not None and self.compare == "=":
            scale = 100 * 10**self.rounded
            return bool(abs(share * scale - self.value * scale) <= Fraction(1, 2))
        return bool(TESTS[self.compare](share, self.value))


NOUNS = {
    "point": "point|points",
    "goal": "goal|goals|goals'|strikes|equaliser|winner",
    "leader": "leaders",
    "minute": "minute|minutes",
    "place": "place|places|position|positions|ranks|spots|spot|rungs",
    "rank": "rank",
    "match": "match|matches|game|games|fixture|fixtures",
    "prediction": "prediction|predictions|tip|tips|forecasts|forecast|predictions without|prediction without|"
    "tips without",
    "outcome": "outcome|outcomes|tendencies|tendency|hits|outcome right|right|correct|successive|consecutive|"
    "in a row|running",
    "scoreline": "scoreline|scorelines|score|scores|exact",
    "times": "time|times",
    "model": "model|models",
    "round": "round|rounds|matchday|matchdays",
    "player": "player|players|men|scorer|scorers",
    "half": "half|half-time",
    "side": "sides|teams|side|team|halves",
    "season": "season",
    "difference": "differences|difference|goal difference|goal differences",
    "penalty": "penalties|penalty",
    "own goal": "own goal|own goals",
    "win": "wins|win",
    "draw": "draw|draws",
    "name": "names|name",
    "miss": "misses",
    "streak": "runs|streak|run",
    "correction": "corrections",
    "more": "more",
    "day": "days",
    "shootout": "shoot-out",
    "share": "thirds",
    "apart": "apart",
    "hundredth": "hundredths",
    "average": "averages",
    "decimal": "decimals",
}  # fmt: skip
UNITS = {noun: unit for unit, nouns in NOUNS.items() for noun in nouns.split("|")}
"""Noun (or adjective) after a number → what it counts."""

SKIPPED = words(
    "right exact correct more other settled counted such straight consecutive different whole full of the its their "
    "further extra penalty late early clear single winning losing correctly called successive right-outcome good "
    "new finished played recorded earlier previous additional own last first second home away drawn exactly - wrong "
    "first-half second-half first-placed a an"
)
