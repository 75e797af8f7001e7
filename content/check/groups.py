"""Who a sentence speaks of: names, lists of names, and how many of the models."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from content.check.quants import ADJECTIVES, ALL, COMPARE, MODEL_NOUNS, NOBODY, SKIPPED, SOME, UNITS, Quant
from content.check.terms import Ledger
from content.check.tokens import Token
from content.check.wordlist import words


@dataclass(frozen=True)
class Group:
    """Entities, or a number of models, from token `first` up to `end`; `before` is the preposition it hangs on."""

    first: int
    end: int
    kind: str
    names: tuple[str, ...] = ()
    quant: Quant | None = None
    others: int = 0
    before: str = ""
    bare: bool = False
    noun: str = ""


TIMES = ("once", "twice", "thrice")
SUBJECT_VERBS = words("is for had have has went were was did got of saw named said tipped earned took each")
PREPOSITIONS = words(
    "by from to of for with against over than between behind above below ahead past at in on versus v vs into after "
    "before among"
)


PRONOUNS = words("nobody none everybody everyone one both all neither most")
MODEST = words("one all most")
"""Pronouns that often stand for something else than models."""

OPENERS = words(", ; : and but while ( only just – which with were was as")
"""What stands before a number that begins a clause, or goes on with a list."""

SEASONAL_NOUNS = words("them predictions tips those")
MADE = words("from after its over across per with made has a each in on make needed took")
"""Before `predictions`: they are counted as what a model made, not as the field."""

NEGATED = {
    "one": Quant(Fraction(0)),
    "a": Quant(Fraction(0)),
    "all": Quant(Fraction(1), True, compare="<"),
    "every": Quant(Fraction(1), True, compare="<"),
    "everybody": Quant(Fraction(1), True, compare="<"),
    "everyone": Quant(Fraction(1), True, compare="<"),
}
"""What `not one`, `not all`, … mean."""

IN_WORDS = {
    "not a single": Quant(Fraction(0)),
    "both": Quant(Fraction(2)),
    "most": Quant(Fraction(1, 2), True, compare=">"),
    "majority": Quant(Fraction(1, 2), True, compare=">"),
    "mostly": Quant(Fraction(1, 2), True, compare=">"),
    "minority": Quant(Fraction(1, 2), True, compare="<"),
    **dict.fromkeys(ALL, Quant(Fraction(1), True)),
    **dict.fromkeys(NOBODY, Quant(Fraction(0))),
    **{word: Quant(Fraction(least), compare=">=", vague=True) for word, (_, least) in SOME.items()},
}


class Finder:
    """Finds the groups of a sentence."""

    def __init__(self, tokens: Sequence[Token], ledger: Ledger) -> None:
        self.tokens, self.ledger = tokens, ledger

    def groups(self) -> list[Group]:
        """Return the groups in the order of the sentence."""
        found: list[Group] = []
        place = 0
        while place < len(self.tokens):
            group = self._named(place) if self.tokens[place].kind == "name" else self._counted(place)
            if group is None:
                place += 1
            else:
                found.append(group)
                place = max(group.end, place + 1)
        return found

    def text(self, place: int) -> str:
        return self.tokens[place].text if 0 <= place < len(self.tokens) else ""

    def kind_at(self, place: int) -> str:
        """Return the kind of the entity that is named at a place; an empty string if none is."""
        if not 0 <= place < len(self.tokens) or self.tokens[place].kind != "name":
            return ""
        return self.ledger.kinds[self.tokens[place].names[0]]

    def whole_number(self, place: int) -> int | None:
        """Return the number that stands at a place, if it is one that counts."""
        token = self.tokens[place] if 0 <= place < len(self.tokens) else None
        if token is None or token.kind != "number" or token.places or token.text in TIMES:
            return None
        return int(token.value) if isinstance(token.value, Fraction) else None

    def preposition(self, place: int) -> str:
        """Return the preposition that stands before a place, articles left out."""
        at = place - 1
        while self.text(at) in ("the", "a", "an", "both", "only", "just", "all"):
            at -= 1
        if at >= 0 and " " in self.text(at) and self.tokens[at].has("above", "below", "level with"):
            return self.text(at)
        return self.text(at) if self.text(at) in PREPOSITIONS else ""

    def _named(self, place: int) -> Group:
        kind, names, at = self.kind_at(place), list(self.tokens[place].names[:1]), place + 1
        while (step := self._next_in_list(at, kind)) is not None:
            names.append(self.tokens[step].names[0])
            at = step + 1
        others, at = self._others(at)
        is_floating = self.text(at) in ("both", "all", "each") and self.text(at + 1) not in ("of", "the", "models")
        at += len(names) > 1 and is_floating
        return Group(place, at, kind, tuple(dict.fromkeys(names)), None, others, self.preposition(place))

    def _next_in_list(self, at: int, kind: str) -> int | None:
        """Return the place of the next name of a list that goes on here."""
        skip = at + (self.text(at) == ",")
        skip += self.text(skip) in ("and", "&", "plus", "or", "nor")
        is_list = skip > at and self.kind_at(skip) == kind
        return skip if is_list and not (kind == "team" and self.text(at) == ",") else None

    def _others(self, at: int) -> tuple[int, int]:
        """Return how many others a list counts at its end, and where it ends."""
        skip = at + (self.text(at) in (",", "and", "plus"))
        skip += self.text(skip) == "and"
        number = self.whole_number(skip)
        if skip == at or number is None:
            return 0, at
        last = self.text(skip + 1)
        if last in ("others", "more"):
            return number, skip + 2
        if last in ("other", "further") and self.text(skip + 2) in MODEL_NOUNS:
            return number, skip + 3
        return 0, at

    def _counted(self, place: int) -> Group | None:
        word, before = self.text(place), self.text(place - 1)
        if word in ("models", "predictions", "tips") and before in ("the", "these"):
            is_subject = not self.preposition(place) and self.text(place - 2) not in ("all", "of")
            return Group(place, place + 1, "model", (), Quant(Fraction(1), True)) if is_subject else None
        if word in ("all", "both", "each") and before in MODEL_NOUNS | {"leaders"}:
            return None
        compare, at = self._compare(place)
        quant, at = self._quantity(at, compare)
        return None if quant is None else self._with_noun(place, at, quant)

    def _compare(self, place: int) -> tuple[str, int]:
        """Return how a number compares, by the words that stand here, and where it stands itself."""
        for length in (3, 2, 1) if self.text(place) in COMPARING else ():
            words = " ".join(self.text(n) for n in range(place, place + length))
            if words in COMPARE and place + length < len(self.tokens):
                following = self.tokens[place + length]
                if following.kind in ("number", "fraction", "percent") or following.text in ("a", "one", "half"):
                    return COMPARE[words], place + length
        return "=", place

    def _quantity(self, place: int, compare: str) -> tuple[Quant | None, int]:
        token = self.tokens[place] if place < len(self.tokens) else None
        number = self.whole_number(place)
        if number is not None:
            return Quant(Fraction(number), compare=compare), place + 1
        if token is not None and token.kind == "fraction" and "/" in token.text:
            over, under = (int(part) for part in token.text.split("/"))
            return Quant(Fraction(over), of=under, compare=compare), place + 1
        if token is not None and isinstance(token.value, Fraction) and token.kind == "fraction":
            return Quant(token.value, True, compare=compare), place + 1
        if token is not None and isinstance(token.value, Fraction) and token.kind == "percent":
            return Quant(token.value / 100, True, compare=compare, rounded=token.places), place + 1
        return self._in_words(place)

    def _in_words(self, place: int) -> tuple[Quant | None, int]:
        word, following = self.text(place), self.text(place + 1)
        if word == "not" and following in NEGATED:
            return NEGATED[following], place + 2 + (self.text(place + 2) == "single")
        if word == "no" and following == "one":
            return IN_WORDS["none"], place + 2
        return (IN_WORDS[word], place + 1) if word in IN_WORDS else (None, place)

    def _with_noun(self, first: int, at: int, quant: Quant) -> Group | None:
        """Return the group that a quantity makes with what follows; None if it counts something else."""
        pronoun = self.text(at - 1) in PRONOUNS
        quant, at, had_of = self._size(quant, at)
        noun_at = at
        while self.text(noun_at) in ADJECTIVES and noun_at < at + 3:
            noun_at += 1
        noun = self.text(noun_at)
        is_models = noun in MODEL_NOUNS
        if noun in SEASONAL_NOUNS and self._is_seasonal():
            return None
        if self.text(first) == "both" and not is_models and not had_of:
            return None  # a pronoun for two that were named
        if is_models and (quant.is_share or quant.of is not None or not self._is_object(first, noun)):
            quant, end = self._out_of(quant, noun_at + 1)
            end += self.text(end) == "all" and self.text(end + 1) not in ("the", "of")
            return Group(first, end, "model", (), quant, 0, self.preposition(first), False, noun)
        return self._without_noun(first, at, noun_at, quant, pronoun=pronoun)

    def _size(self, quant: Quant, at: int) -> tuple[Quant, int, bool]:
        """Return a quantity with the size that `of the 21` tells, where it ends, and whether there was an `of`."""
        had_of = self.text(at) == "of"
        at += had_of
        at += self.text(at) in ("the", "all", "its", "those", "these", "our")
        number = self.whole_number(at)
        if number is not None and (had_of or quant.is_share):
            return replace(quant, of=number), at + 1, had_of
        return quant, at + (self.text(at) == "both" and had_of), had_of

    def _without_noun(self, first: int, at: int, noun_at: int, quant: Quant, *, pronoun: bool) -> Group | None:
        """Return the group of a number that stands for models without saying so."""
        before = self.preposition(first)
        if quant.of is None and self.text(at) in ("right", "wrong", "correct"):
            sized, end = self._out_of(quant, at + 1)
            if sized.of is not None:
                return Group(first, end, "model", (), sized, 0, before)
        elif quant.of is None:
            quant, at = self._out_of(quant, at)
        is_unit = self._is_unit(noun_at)
        if quant.of is not None:
            counts = is_unit and self.text(noun_at) not in ("right", "correct", "wrong")
            return None if counts else Group(first, at, "model", (), quant, 0, before)
        if is_unit or self.text(first) in ("whole", "entire", "each", "every"):
            return None
        if quant.is_share or (pronoun and self.text(first) not in MODEST):
            return Group(first, at, "model", (), quant, 0, before)
        is_number = self.tokens[at - 1].kind == "number" or self.text(first) in ("all", "one", *SOME)
        is_bare = is_number and self._is_subject(first, at)
        return Group(first, at, "model", (), quant, 0, before, bare=True) if is_bare else None

    def _out_of(self, quant: Quant, at: int) -> tuple[Quant, int]:
        """Return a quantity with the size after it: `out of twelve`, `of fourteen`, `in ten`; and where it ends."""
        skip = at + (self.text(at) == "out")
        if quant.of is not None or self.text(skip) not in ("of", "in"):
            return quant, at
        skip += 1 + (self.text(skip + 1) == "the")
        number = self.whole_number(skip)
        if number is None or self._is_unit(skip + 1):
            return quant, at
        return replace(quant, of=number), skip + 1

    def _is_seasonal(self) -> bool:
        words = {token.text for token in self.tokens}
        return "season" in words or {"so", "far"} <= words

    def _is_subject(self, first: int, at: int) -> bool:
        """Whether a number without a noun begins a clause, or a list goes on with it, and does something models do."""
        if self.text(first - 1) == "for" and first > 1 and self.tokens[first - 2].has("wrong", "outcome"):
            return True
        if self.text(at) == "for" and self.text(at + 1) == "the":
            return False  # points for the outcome, or the score
        chooses = self.text(at) in ("a", "an") and self.text(at + 1) in ("draw", "win", "home", "away", "goalless")
        tags = self.tokens[at].tags if at < len(self.tokens) else frozenset[str]()
        does = chooses or self.text(at) in SUBJECT_VERBS or bool(tags & DEEDS)
        return does and (first == 0 or self.text(first - 1) in OPENERS)

    def _is_object(self, first: int, noun: str) -> bool:
        """Whether predictions are counted as what a model made, not as the field: `from 41 predictions`."""
        if noun not in ("predictions", "prediction", "tips", "tip", "forecasts", "forecast"):
            return False
        return self.text(first - 1) in MADE or any(token.has("drought") for token in self.tokens)

    def _is_unit(self, place: int) -> bool:
        if self.text(place) in UNITS:
            return True
        if (
            self.text(place) in SKIPPED
            and self.text(place) not in ("a", "an")
            and (self.text(place + 1) in UNITS or self.text(place + 2) in UNITS)
        ):
            return True
        is_sign = place < len(self.tokens) and self.tokens[place].kind == "punct"
        return is_sign and self.text(place) in ("-", "–", "/", "×", "+", "=")


COMPARING = frozenset(start for words in COMPARE for start in (words, words.split(" ")[0]))
DEEDS = words("tip outcome exact wrong nothing rose fell alone")
