"""Everything a roundup may say about a match, as frozen values that JSON can hold."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from cattrs import Converter

from content.course import Course, Score, Scorer
from content.season import NOTHING_BEFORE, Form, History, SeasonFacts, Standing, Takings
from content.tips import Field, FieldFacts, Quota, Tip

__all__ = [
    "Correction",
    "Field",
    "Form",
    "History",
    "MatchFacts",
    "Quota",
    "Score",
    "Scorer",
    "Standing",
    "Takings",
    "Tip",
]

FACTS_VERSION = 2


def _exactly(kind: type) -> Callable[[Any, Any], Any]:
    """Return a hook that takes a value of this type as it is, and no other: "2" is no number, and 1 is not true."""

    def taken(value: Any, _: Any) -> Any:
        if type(value) is not kind:
            raise TypeError(f"{value!r} is not of the type {kind.__name__}")
        return value

    return taken


CONVERTER = Converter()
for simple in (int, str, bool):
    CONVERTER.register_structure_hook(simple, _exactly(simple))


@dataclass(frozen=True)
class Correction:
    """That something was another before; `at` is ISO 8601, UTC.

    `phase` says what: the score that counts (`counted`), that of `extra_time` or the `shootout`, each with the score it
    was; or, with what it was in `detail`, the `status`, the `kickoff` (ISO 8601), the `rule` and basis, or the `field`
    (its size).
    """

    at: str
    was: Score | None
    phase: str = "counted"
    detail: tuple[str, ...] = ()


@dataclass(frozen=True)
class MatchFacts(Course, FieldFacts, SeasonFacts):
    """All a roundup may say. Goals that are not known are None; `tips` stand best first, tables by rank.

    `before` and `after` are the season's table over the settled matches that kicked off before this one, without and
    with it; `matches_after` is how many matches the second is made of. `rivalry` is what this fixture is called (a
    derby), `form` holds a line for each model of the field in the order of `tips`.
    """

    home: str
    away: str
    competition: str
    season: str
    round: str
    group: str
    venue: str
    date: str
    kickoff: str
    time_known: bool
    awarded: bool
    half_time: Score | None
    full_time: Score | None
    extra_time: Score | None
    shootout: Score | None
    basis: str
    counted: Score
    rule: str
    rule_version: int
    goals: tuple[Scorer, ...]
    field: Field
    tips: tuple[Tip, ...]
    before: tuple[Standing, ...]
    after: tuple[Standing, ...]
    matches_after: int
    corrections: tuple[Correction, ...]
    rivalry: str = ""
    form: tuple[Form, ...] = ()
    history: History = NOTHING_BEFORE
    version: int = FACTS_VERSION

    def as_json(self) -> dict[str, Any]:
        """Return the facts as plain values."""
        plain: dict[str, Any] = json.loads(json.dumps(asdict(self)))
        return plain

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> "MatchFacts":
        """Return the facts that `as_json` gave; those of an earlier version with what they lack left at its default.

        Raises `cattrs.BaseValidationError` if a value is missing or of another type.
        """
        return CONVERTER.structure(plain, cls)

    def hash(self) -> str:
        """Return the SHA-256 of the facts in canonical JSON, in hexadecimal."""
        text = json.dumps(asdict(self), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def team(self, side: str) -> str:
        return self.home if side == "home" else self.away
