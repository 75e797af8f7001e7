"""A sentence with its groups and clauses, and the places where it contradicts the facts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from content.check.groups import Finder, Group
from content.check.problems import Kind
from content.check.terms import Ledger, Names, Score
from content.check.tokens import Token
from content.check.wordlist import words

JOINTS = words(", ; : — ( ) and but while whereas which who whose although though because so yet nor where")
WITH = frozenset(("with", "on", "at", "has", "("))
RELATIVE = ("who", "which", "whose")
REACH = 4
"""Sentences, the one itself included, in which it is looked for whom a pronoun stands for."""

PRONOUNS = words("it they he them its their his him she her both")


@dataclass(frozen=True)
class Finding:
    """What is wrong, from character to character of the plain text."""

    start: int
    end: int
    kind: Kind
    facts_say: str


@dataclass
class Sentence:
    """The tokens of a sentence; `earlier` is the sentence before it in the paragraph."""

    tokens: Sequence[Token]
    ledger: Ledger
    earlier: "Sentence | None" = None
    findings: list[Finding] = field(default_factory=list)
    read: set[int] = field(default_factory=set)
    """The tokens of numbers that some reader has understood."""
    sets: list[tuple[Group, Names]] = field(default_factory=list)
    """Who did what is said of a number of models, as far as it has been read."""
    _tags: dict[range, frozenset[str]] = field(default_factory=dict)
    _groups: dict[range, list[Group]] = field(default_factory=dict)
    units: list[str] = field(default_factory=list)
    """What the numbers so far have counted."""

    @cached_property
    def groups(self) -> list[Group]:
        return Finder(self.tokens, self.ledger).groups()

    @cached_property
    def clause_of(self) -> list[int]:
        """The number of the clause of each token."""
        inside = {n for group in self.groups for n in range(group.first, group.end)}
        numbers, clause = [], 0
        for n, token in enumerate(self.tokens):
            is_joint = token.text in JOINTS or (token.text == "–" and token.kind == "punct")
            if is_joint and n not in inside and not self._joins_alike(n):
                clause += 1
            numbers.append(clause)
        return numbers

    def _joins_alike(self, n: int) -> bool:
        """Whether a comma or an `and` stands in a list of scorelines or of ordinals."""
        if not 0 < n < len(self.tokens) - 1 or self.tokens[n].text not in (",", "and"):
            return False
        kinds = {self.tokens[n - 1].kind, self.tokens[n + 1].kind}
        return kinds in ({"score"}, {"ordinal"})

    @cached_property
    def clauses(self) -> list[range]:
        told: dict[int, list[int]] = {}
        for n, clause in enumerate(self.clause_of):
            told.setdefault(clause, []).append(n)
        return [range(places[0], places[-1] + 1) for places in told.values()]

    @cached_property
    def tags(self) -> frozenset[str]:
        return frozenset(tag for token in self.tokens for tag in token.tags)

    @cached_property
    def is_seasonal(self) -> bool:
        """Whether it speaks of what the season has brought so far."""
        words = [token.text for token in self.tokens]
        if "never" in words:
            return False
        season = "season" in words or ("so" in words and "far" in words)
        return season and not self.tags & {"first exact", "first time", "debut", "record", "first"}

    @cached_property
    def all_words(self) -> frozenset[str]:
        return frozenset(token.text for token in self.tokens)

    def score_at(self, n: int) -> Score | None:
        """Return the scoreline that stands at a place."""
        value = self.tokens[n].value if self.tokens[n].kind == "score" else None
        return value if isinstance(value, tuple) else None

    def understood(self, group: Group) -> None:
        """Remembers that the numbers of a group have been read."""
        self.read |= set(range(group.first, group.end))

    def tags_in(self, clause: range) -> frozenset[str]:
        if clause not in self._tags:
            self._tags[clause] = frozenset(tag for n in clause for tag in self.tokens[n].tags)
        return self._tags[clause]

    def clause_at(self, place: int) -> range:
        return self.clauses[self.clause_of[place] - self.clause_of[0]]

    def words_in(self, places: Iterable[int]) -> list[str]:
        return [self.tokens[n].text for n in places]

    def groups_in(self, clause: range, *kinds: str) -> list[Group]:
        if clause not in self._groups:
            self._groups[clause] = [g for g in self.groups if clause.start <= g.first < clause.stop]
        found = self._groups[clause]
        return [g for g in found if g.kind in kinds] if kinds else found

    def text(self, place: int) -> str:
        return self.tokens[place].text if 0 <= place < len(self.tokens) else ""

    def kind(self, place: int) -> str:
        """Return the kind of the token at a place; an empty string if there is none."""
        return self.tokens[place].kind if 0 <= place < len(self.tokens) else ""

    def says(self, first: int, end: int) -> tuple[int, int]:
        return self.tokens[first].start, self.tokens[end - 1].end

    def wrong(self, kind: Kind, first: int, end: int, facts_say: str) -> None:
        start, stop = self.says(first, end)
        self.findings.append(Finding(start, stop, kind, facts_say))

    def subject_of(self, place: int, *kinds: str) -> Group | None:
        """Return who a word at this place speaks of.

        That is the nearest before it in its clause that is not oblique, else `by …` or `for …` after it, else anybody
        of the clause, else the subject of another clause, else of a sentence before if a pronoun stands for it.
        """
        clause = self.clause_at(place)
        mine = self.groups_in(clause, *kinds)
        before = [g for g in mine if g.first < place]
        after = [g for g in mine if g.first > place]
        heads = [g for g in before if not is_oblique(g)]
        agents = [g for g in after[:1] if g.before in ("by", "for", "of", "from")]
        if len(heads) > 1 and place > heads[-1].end and self.text(heads[-1].end) not in WITH:
            heads = heads[:1]  # the last is an object: `A overtakes B for third place`
        return next(iter([*heads[-1:], *agents, *before[-1:], *after[:1]]), None) or self.from_earlier(clause, *kinds)

    def from_earlier(self, clause: range, *kinds: str) -> Group | None:
        """Return who an earlier clause, else a later one, else a sentence before speaks of."""
        fitting = [g for g in self.groups if not kinds or g.kind in kinds]
        earlier = [g for g in fitting if g.first < clause[0]]
        heads = [g for g in earlier if not is_oblique(g)]
        if earlier and (self._belongs_to(clause, earlier[-1]) or not heads):
            return earlier[-1]
        if heads:
            last = self.clause_of[heads[-1].first]
            return next(g for g in heads if self.clause_of[g.first] == last)
        later = [g for g in fitting if g.first > clause[-1]]
        if later:
            return later[0]
        has_pronoun = any(self.text(n) in PRONOUNS for n in clause)
        return self.earlier.topic(*kinds) if self.earlier is not None and has_pronoun else None

    def _belongs_to(self, clause: range, group: Group) -> bool:
        """Whether a clause speaks of the group right before it: `…, who …`, `… (2.89)`, `…, on 1.52 points`."""
        opens = self.text(clause[0])
        if opens in RELATIVE:
            return group.end >= clause[0] - 1
        if opens == "(" and group.end == clause[0]:
            return True
        return opens in (",", "(") and group.before != "from" and self.text(clause[0] + 1) in ("on", "at", *RELATIVE)

    def topic(self, *kinds: str) -> Group | None:
        """Return who this sentence, or else one of those before it, is about, for a pronoun in the next one."""
        sentence: Sentence | None = self
        for _ in range(REACH):
            if sentence is None:
                return None
            named = [g for g in sentence.groups if not kinds or g.kind in kinds]
            heads = [g for g in named if not is_oblique(g)]
            if named:
                return (heads or named)[0]
            sentence = sentence.earlier
        return None

    def is_negated(self, place: int) -> bool:
        """Whether a `not` stands shortly before a place, in the same clause."""
        clause = self.clause_at(place)
        near = range(max(clause[0], place - 4), place)
        return sum(self.tokens[n].has("not") for n in near) % 2 == 1


def is_oblique(group: Group) -> bool:
    """Whether a group is what something is compared with, done to or done by, and not who does it."""
    return group.before in OBLIQUE or " " in group.before


OBLIQUE = words("against to of over than behind above below past versus v vs by from ahead alongside with")


def scopes_of(tokens: Sequence[Token], ledger: Ledger, earlier: Sentence | None) -> frozenset[str]:
    """Return the scopes that a sentence speaks of: those whose names it mentions, else those of the one before."""
    if len(ledger.scopes) == 1:
        return frozenset()
    names = {name for token in tokens for name in token.names}
    told = {scope.key: len(names & {scope.home, scope.away, *scope.names}) for scope in ledger.scopes}
    most = max(told.values())
    if most:
        return frozenset(key for key, n in told.items() if n)
    return frozenset(scope.key for scope in earlier.ledger.scopes) if earlier is not None else frozenset()
