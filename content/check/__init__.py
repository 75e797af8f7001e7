"""The check: every number, name and claim in a text must be supported by the facts. Pure; see `terms` for the data."""

from collections.abc import Mapping, Sequence

from content.check.comparisons import check_choices, check_comparisons
from content.check.figures import check_figures
from content.check.flags import check_flags
from content.check.formulas import check_formulas
from content.check.goals import check_goals
from content.check.ledger import ledger_of
from content.check.models import check_models
from content.check.problems import Problem, Where
from content.check.reading import Reading, read
from content.check.scorers import check_scorers
from content.check.scores import check_scores
from content.check.sentence import Finding, Sentence, scopes_of
from content.check.setting import check_rounds, check_setting, check_stages
from content.check.teams import check_teams
from content.check.terms import Ledger
from content.check.tokens import Text, Tokeniser
from content.check.words import check_words
from content.facts import MatchFacts

__all__ = ["Ledger", "Problem", "check", "check_against", "ledger_of"]

READERS = (
    check_models, check_scores, check_goals, check_scorers, check_flags, check_teams, check_comparisons, check_choices,
    check_figures, check_formulas, check_setting, check_rounds, check_stages,
)  # fmt: skip


LONGEST_SENTENCE = 200
"""Words, names and signs; longer ones are not read, so that no text takes long."""

TOO_LONG = "this sentence is too long to be checked"


def check(
    text: str, facts: MatchFacts, *, headline: str = "", aliases: Mapping[str, Sequence[str]] = {}
) -> tuple[Problem, ...]:
    """Return what in a text, and in its headline, the facts do not carry: the headline first, by place."""
    return check_against(text, ledger_of(facts, aliases), headline=headline)


def check_against(text: str, ledger: Ledger, *, headline: str = "") -> tuple[Problem, ...]:
    """Return what in a text, and in its headline, a ledger does not carry; the headline is plain text."""
    tokeniser = Tokeniser(ledger)
    told = [*_check(headline, "headline", ledger, tokeniser), *_check(text, "text", ledger, tokeniser)]
    return tuple(told)


def _check(text: str, where: Where, ledger: Ledger, tokeniser: Tokeniser) -> list[Problem]:
    if not text:
        return []
    reading = read(text, where)
    tokens = tokeniser.tokens(reading.plain)
    problems, earlier = set(), None
    for piece in Text(tuple(tokens)).sentences:
        if len(piece) > LONGEST_SENTENCE:
            problems.add(_problem(reading, Finding(piece[0].start, piece[-1].end, "other", TOO_LONG)))
            continue
        sentence = Sentence(piece, ledger.of(scopes_of(piece, ledger, earlier)), earlier)
        check_words(sentence, title_case=where == "headline")
        for reader in READERS:
            reader(sentence)
        problems |= {_problem(reading, finding) for finding in sentence.findings}
        earlier = sentence
    names = [reading.span(token.start, token.end) for token in tokens if token.kind == "name"]
    never = [p for p in reading.found if not _is_within(p, names)]
    places = [(p.start, p.end) for p in never]
    return sorted({*never, *(p for p in problems if not _is_within(p, places))})


def _is_within(problem: Problem, places: Sequence[tuple[int, int]]) -> bool:
    return any(start <= problem.start and problem.end <= end for start, end in places)


def _problem(reading: Reading, finding: Finding) -> Problem:
    start, end = reading.span(finding.start, finding.end)
    says = reading.says(finding.start, finding.end)
    return Problem(start, end, finding.kind, says, finding.facts_say, reading.where)
