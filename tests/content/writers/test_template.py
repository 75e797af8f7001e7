"""The template writer: what it says for every kind of match, and how long that is."""

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.facts import Correction, Field, Form, History, MatchFacts, Scorer, Standing, Tip
from content.render import to_html
from content.storylines import storylines
from content.writers import TemplateWriter
from content.writers.corrected import lines_from
from content.writers.layout import laid_out
from content.writers.phrases import result
from content.writers.protocol import StorylineError
from content.writers.words import a_score
from scoring import rules
from scoring.rules import RULES, Goals, Grade, Split, Tendency
from stats.aggregates import Entry, Totals, rank
from tests.quality.phrases import Listening


def a_tip(model: str, scoreline: Goals, result: Goals, split: Split, timing: str = "in_time") -> Tip:
    grade = rules.grade(scoreline, result)
    if timing in ("late", "void"):
        return Tip(model, (scoreline.home, scoreline.away), timing, False, False, False, 0, 0, 0, None)
    points = RULES["quota-2-6"].points(grade, split, rules.tendency(result))
    return Tip(
        model,
        (scoreline.home, scoreline.away),
        timing,
        grade is not Grade.WRONG,
        grade in (Grade.DIFFERENCE, Grade.EXACT),
        grade is Grade.EXACT,
        points.tendency,
        points.difference,
        points.exact,
        points.total,
    )


def some_facts(
    result: tuple[int, int] = (2, 1), tips: dict[str, tuple[int, int]] | None = None, **other: Any
) -> MatchFacts:
    """Facts of a season's first match, consistent by the rules."""
    goals = Goals(*result)
    lines = {model: Goals(*tip) for model, tip in (tips or {}).items()}
    chosen = [rules.tendency(line) for line in lines.values()]
    split = Split(*(chosen.count(t) for t in Tendency))
    quotas = RULES["quota-2-6"].quotas(split)
    earned = [a_tip(model, line, goals, split) for model, line in lines.items()]
    table = rank(
        [
            Entry(n, t.model, Totals(1, t.points or 0, int(t.tendency_hit), int(t.difference_hit), int(t.exact_hit)))
            for n, t in enumerate(earned)
        ]
    )
    facts = MatchFacts(
        home="Mexico",
        away="Wales",
        competition="World Cup",
        season="World Cup 2026",
        round="Final",
        group="",
        venue="Mexico City",
        date="2026-06-11",
        kickoff="2026-06-11T18:00:00+00:00",
        time_known=True,
        awarded=False,
        half_time=None,
        full_time=result,
        extra_time=None,
        shootout=None,
        basis="regular_time",
        counted=result,
        rule="quota-2-6",
        rule_version=1,
        goals=(),
        field=Field(*(split.home, split.draw, split.away), *(quotas.get(t) for t in Tendency)),
        tips=tuple(sorted(earned, key=lambda t: (-(t.points or 0), t.model))),
        before=(),
        after=tuple(
            Standing(r.rank, r.entry.model, 1, r.entry.totals.points, *_hits(r.entry.totals), 0, 0) for r in table
        ),
        matches_after=1,
        corrections=(),
        form=tuple(Form(model, None, None, None, None, None) for model in lines),
    )
    return replace(facts, **other)


def _hits(totals: Totals) -> tuple[int, int, int]:
    return totals.tendency_hits, totals.goal_difference_hits, totals.exact_hits


def write(facts: MatchFacts) -> str:
    return TemplateWriter().write(facts).text


def words(text: str) -> int:
    """Words of the prose and the data note; tables and headings left out."""
    return len(" ".join(line for line in text.splitlines() if not line.startswith(("|", "#"))).split())


LATER = History(10, (), (0, 3), most_goals=9, most_points=10, longest_streak=9, longest_streak_models=("A",))

EXACT_BEFORE = tuple(Form(model, 3, 6, None, None, None) for model in "ABC")
UNMOVED = tuple(Standing(rank, model, 50, 50 - rank, 9, 1, 1, 0, 0) for rank, model in enumerate("ABC", start=1))

FIVE = {"A": (2, 1), "B": (1, 0), "C": (1, 1), "D": (0, 2), "E": (2, 1)}


def headline(result: tuple[int, int], tips: dict[str, tuple[int, int]], **other: Any) -> str:
    return TemplateWriter().write(some_facts(result, tips, **other)).headline


def test_a_headline_tells_the_score_and_the_rarest_storyline() -> None:
    facts = some_facts((2, 1), {"A": (2, 1), "B": (3, 1), "C": (1, 0)})
    assert next(iter(storylines(facts))).key == "lone_exact"
    assert TemplateWriter().write(facts).headline in {
        "Mexico 2–1 Wales: only A had the score",
        "Mexico 2–1 Wales: A alone had the score",
        "Mexico 2–1 Wales: one of three models had the score",
    }


def test_the_headline_of_a_match_without_a_storyline_tells_how_the_field_did() -> None:
    assert headline(
        (2, 1), {"A": (2, 1), "B": (2, 1), "C": (0, 0)}, history=LATER, before=UNMOVED, after=UNMOVED, form=EXACT_BEFORE
    ) == ("Mexico 2–1 Wales: two of three models had the exact score")
    assert headline((2, 1), {"A": (0, 0)}) == "Mexico 2–1 Wales: the only tip was wrong"
    assert headline((1, 1), {}) == "Mexico 1–1 Wales: no model had a tip"
    assert headline((2, 1), {}, shootout=(4, 4)) == "Mexico 2–1 Wales: no model had a tip"


def test_a_headline_tells_of_extra_time_and_penalties() -> None:
    on_penalties: dict[str, Any] = {"extra_time": (3, 3), "shootout": (2, 4)}
    assert headline((2, 2), {}, **on_penalties) in {
        "Mexico 3–3 Wales after extra time: Wales win 4–2 on penalties",
        "Mexico 3–3 Wales after extra time: Wales win the shoot-out 4–2",
    }
    article = TemplateWriter().write(some_facts((2, 2), {}, **on_penalties), storyline="goal_feast")
    assert article.headline.startswith("Mexico 3–3 Wales after extra time (Wales won 4–2 on penalties): ")
    assert headline((3, 0), FIVE, awarded=True).startswith("Mexico 3–0 Wales (awarded): ")


def test_the_storyline_that_is_asked_for_leads() -> None:
    facts = some_facts((4, 0), FIVE)
    keys = [storyline.key for storyline in storylines(facts)]
    ledes = {key: TemplateWriter().write(facts, storyline=key).prose.partition("\n\n")[0] for key in keys}
    assert {"big_win", "nobody_saw_it"} < set(keys) or len(set(ledes.values())) == len(keys)
    assert "four goals" in TemplateWriter().write(facts, storyline="big_win").headline


def test_a_storyline_that_is_not_true_can_not_be_told() -> None:
    with pytest.raises(StorylineError, match='"goalless" is not true of this match; true are: '):
        TemplateWriter().write(some_facts((2, 1), FIVE), storyline="goalless")


def test_a_shoot_out_is_told_with_its_winner_and_the_score_that_counts() -> None:
    text = write(some_facts((2, 2), FIVE, extra_time=(3, 3), shootout=(4, 2)))
    lede = text.partition("\n\n")[0]
    assert re.search(r"Mexico (beat Wales|won|who won)|Mexico won|shoot-out to Mexico", lede)
    assert ("4–2" in lede, "3–3" in lede, "2–2" in lede) == (True, True, True)
    assert re.search("count on the score after 90 minutes, which was 2–2|2–2, which is what predictions count on", lede)


def test_the_points_table_shows_how_the_points_add_up() -> None:
    lines = write(some_facts((2, 1), FIVE)).splitlines()
    assert "| A | 2–1 | 2 outcome + 1 difference + 3 exact | 6 |" in lines
    assert "| B | 1–0 | 2 outcome + 1 difference | 3 |" in lines
    assert "| C | 1–1 | wrong | 0 |" in lines


def test_the_arithmetic_of_the_quota_is_shown() -> None:
    rows = [line for line in write(some_facts((2, 1), FIVE)).splitlines() if " of 5 |" in line]
    assert rows == [
        "| Win for Mexico (came true) | 3 of 5 | 6 / (10 × 3/5) − 0.6 + 2 = 2.40, rounded to 2 | 2 |",
        "| Draw | 1 of 5 | 6 / (10 × 1/5) − 0.6 + 2 = 4.40, rounded to 4 | 4 |",
        "| Win for Wales | 1 of 5 | 6 / (10 × 1/5) − 0.6 + 2 = 4.40, rounded to 4 | 4 |",
    ]
    two = write(some_facts((2, 1), {"A": (2, 1), "B": (0, 2)}))
    assert "| Draw | 0 of 2 | tipped by nobody: the most there is, 6 | 6 |" in two.splitlines()


def test_a_rule_with_fixed_points_has_no_arithmetic() -> None:
    assert "What the outcomes were worth" not in write(some_facts((2, 1), FIVE, rule="fixed-2-3-4"))


def test_goals_are_told_only_if_they_are_all_there() -> None:
    goals = (
        Scorer("home", "Ruiz", 9, None, True, False),
        Scorer("home", "Ruiz", 90, 3, False, False),
        Scorer("away", "Jones", 44, None, False, True),
    )
    text = write(some_facts((2, 1), FIVE, goals=goals, half_time=(1, 1)))
    prose = text.partition("## ")[0]
    assert re.search(r"ninth minute.*44th minute", prose, re.DOTALL)
    assert [part in prose for part in ("penalty", "own goal", "Jones", "90+3")] == [True] * 4
    assert "Ruiz" not in write(some_facts((3, 1), FIVE, goals=goals))


def test_goals_that_contradict_a_phase_are_not_told_and_neither_is_the_phase() -> None:
    goals = (Scorer("home", "Ruiz", 48, None, False, False), Scorer("home", "Ruiz", 50, None, False, False))
    text = write(some_facts((2, 0), FIVE, goals=goals, half_time=(1, 0)))
    assert "Ruiz" not in text
    assert "half-time" not in text


def test_after_extra_time_the_headline_says_which_score_the_field_had() -> None:
    facts = some_facts((1, 1), {"A": (1, 1), "B": (2, 1)}, extra_time=(2, 1))
    article = TemplateWriter().write(facts, storyline="lone_exact")
    assert article.headline.startswith("Mexico 2–1 Wales after extra time: ")
    assert article.headline.endswith(" had the score (1–1 counted)")
    assert re.search("90 minutes.* 1–1", article.prose)
    assert not re.search("had Mexico 2–1 Wales|Mexico 2–1 Wales exactly", article.prose)


def test_an_awarded_match_was_not_played() -> None:
    text = write(some_facts((3, 0), FIVE, awarded=True))
    prose = text.partition("## ")[0]
    assert re.search("awarded as 3–0|3–0 is the score as which", prose)
    assert "score as it was awarded" in prose
    assert not re.search("played|beat|won|lost|ended|met on", prose)
    assert "90 minutes" not in text


def test_a_level_shoot_out_has_no_winner() -> None:
    article = TemplateWriter().write(some_facts((2, 1), {}, shootout=(4, 4)))
    assert "The shoot-out is recorded as 4–4." in article.prose
    assert "won the shoot-out" not in article.prose


def test_nothing_is_said_of_an_order_that_is_not_known() -> None:
    goals = (Scorer("home", "Ruiz", 9, None, False, False), Scorer("away", "Jones", 9, None, False, False))
    assert "first" not in write(some_facts((1, 1), {}, goals=goals)).split("## Table")[0]


def test_late_and_unverified_predictions_are_marked_and_noted() -> None:
    facts = some_facts((2, 1), {"A": (2, 1), "B": (1, 0)})
    late = a_tip("L", Goals(2, 1), Goals(2, 1), Split(2, 0, 0), "late")
    facts = replace(facts, tips=(replace(facts.tips[0], timing="unverified"), *facts.tips[1:], late))
    text = write(facts)
    assert "| L | 2–1 | late | – |" in text
    assert "2–1 (unverified)" in text
    assert "Predictions that came too late were left out: 1." in text
    assert "Predictions that came without a time count, and are marked unverified: 1." in text


def test_void_predictions_are_marked_and_told_apart_from_late_ones() -> None:
    facts = some_facts((2, 1), {"A": (2, 1), "B": (1, 0)})
    late, void = (a_tip(t, Goals(2, 1), Goals(2, 1), Split(2, 0, 0), t) for t in ("late", "void"))
    with_void = write(replace(facts, tips=(*facts.tips, void)))
    assert "| void | 2–1 | void | – |" in with_void
    assert "Predictions that were withdrawn or declared void were left out: 1." in with_void
    assert "too late" not in with_void
    alone = write(replace(some_facts((2, 1), {}), tips=(late, void)))
    assert re.search(r"One prediction came [a-z, ]*too late[a-z ]*\. One prediction was void\.", alone)


def test_a_correction_is_told_above_the_text_and_not_in_it() -> None:
    facts = some_facts((2, 1), FIVE, corrections=(Correction("2026-06-11T20:04:00+00:00", (3, 1)),))
    assert lines_from(facts.as_json()) == [
        "Corrected on 11 June 2026 at 20:04 UTC: this match had been scored as 3–1; everything below follows from 2–1."
    ]
    assert write(facts).count("Corrected") == 0


@pytest.mark.parametrize("tips", [FIVE, {}])
def test_the_line_about_the_score_is_never_the_one_that_is_left_out(tips: dict[str, tuple[int, int]]) -> None:
    corrections = (
        Correction("2026-06-11T20:04:00+00:00", (3, 1)),
        Correction("2026-06-11T20:05:00+00:00", None, "status", ("abandoned",)),
        Correction("2026-06-11T20:06:00+00:00", None, "field", ("4",)),
        Correction("2026-06-11T20:07:00+00:00", None, "field", ("3",)),
    )
    facts = some_facts((2, 1), tips, corrections=corrections).as_json()
    told = [line.partition(" UTC: ")[2] for line in lines_from(facts)]
    score = "this match had been scored as 3–1; everything below follows from 2–1."
    field = "points had been given for three predictions; five predictions count now (corrected twice)."
    assert told == ([score, field] if tips else [score])


@pytest.mark.parametrize(("goals", "said"), [(8, "an 8–8"), (11, "an 11–11"), (18, "an 18–18"), (80, "an 80–80")])
def test_a_draw_has_the_article_that_it_is_spoken_with(goals: int, said: str) -> None:
    facts = some_facts((goals, goals), {})
    phrase = "{home} and {away} shared {a_draw}."
    told = result.drawn.tell(Listening(facts, wish=("drawn", phrase)))
    assert told == f"Mexico and Wales shared {said} draw."
    assert (a_score((2, 2)), a_score((7, 8)), a_score((10, 1))) == ("a 2–2", "a 7–8", "a 10–1")


def test_the_hour_of_another_day_is_not_printed() -> None:
    assert "kickoff" not in write(some_facts((2, 1), FIVE, kickoff="2026-06-12T02:00:00+00:00"))


@pytest.mark.parametrize(
    "name", ["*x*", "[a](javascript:x)", "<script>x</script>", "a|b", "1. FC Köln", "# x", "a\nb", "`x`"]
)
def test_names_stay_literal(name: str) -> None:
    html = to_html(write(some_facts((2, 1), {name: (2, 1), "B": (0, 0)}, home=name, venue=name)))
    shown = " ".join(name.split())
    text = re.sub(r"<[^>]+>", "", html).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert text.count(shown) >= 4
    assert {"script", "a", "em", "code", "ol"} & set(
        re.findall(r"<(\w+)", html.replace("<em>Points follow", ""))
    ) == set()


scorelines = st.tuples(st.integers(0, 5), st.integers(0, 5))
fields = st.lists(scorelines, max_size=50).map(lambda tips: {f"Model {n}": tip for n, tip in enumerate(tips)})


@settings(max_examples=150, deadline=None)
@given(scorelines, fields, st.booleans(), st.booleans(), st.booleans())
def test_every_match_reads_within_its_length(
    result: tuple[int, int], tips: dict[str, tuple[int, int]], venue: bool, half_time: bool, known: bool
) -> None:
    facts = some_facts(
        result,
        tips,
        venue="Mexico City" if venue else "",
        half_time=(0, 0) if half_time else None,
        time_known=known,
    )
    text = write(facts)
    least, most = (40, 120) if not tips else (60, 450)
    assert least <= words(text) <= most, text
    assert not re.search(r"\bone (points|models|predictions|matches)\b|  |\.\.|None(?! of)|\bin no\b", text)
    assert text == write(facts)


def test_averages_are_rounded_half_up_as_in_every_other_table() -> None:
    facts = some_facts((2, 1), {"A": (2, 1)})
    line = replace(facts.after[0], predictions=64, points=72)
    assert "| 64 | 72 | 1.13 |" in write(replace(facts, after=(line,)))


@pytest.mark.parametrize(
    ("second", "told"),
    [
        (Standing(2, "B", 52, 103, 1, 1, 1, 0, 0), "1.9811 points a prediction.*1.9808|1.9808 points.*1.9811"),
        (Standing(2, "B", 53, 104, 1, 1, 1, 0, 0), "1.98 points a prediction.*1.96|1.96 points.*1.98"),
        (
            Standing(2, "B", 53, 105, 9, 1, 0, 0, 0),
            "A has one exact score and B (has )?no exact scores",
        ),
    ],
)
def test_a_lead_is_told_by_what_it_rests_on(second: Standing, told: str) -> None:
    table = (Standing(1, "A", 53, 105, 9, 1, 1, 0, 0), second)
    tips = {"A": (2, 1), "B": (2, 1)}
    prose = write(some_facts((2, 1), tips, before=table, after=table)).partition("## ")[0]
    assert re.search(told, prose), prose


def test_matches_of_the_same_first_moment_do_not_both_claim_to_be_first() -> None:
    text = write(some_facts((2, 1), FIVE | {"E": (0, 0)}))
    assert re.search(
        "No match before this one had tips that count: A leads|first match with tips .*, and A leads", text
    )
    assert "7.00 points a prediction" in text


def test_a_match_without_tips_stays_short_whatever_is_known_of_it() -> None:
    text = write(
        some_facts(
            (4, 4),
            {},
            home="Bosnia & Herzegovina",
            away="New Zealand",
            venue="New York/New Jersey (East Rutherford)",
            group="Group A",
            round="Round of 32",
            time_known=False,
            half_time=(4, 0),
            extra_time=(4, 4),
            shootout=(5, 4),
            goals=tuple(Scorer("home", f"Jean Luc Picard {n}", n, None, True, False) for n in range(1, 5)),
            corrections=(Correction("2026-06-11T20:04:00+00:00", (3, 1)),) * 3,
            after=some_facts((2, 1), FIVE).after,
        )
    )
    assert 60 <= words(text) <= 120
    assert "Picard" not in text


def test_a_long_story_leaves_out_what_matters_least() -> None:
    tips = {f"{'very ' * 9}long {n}": (9 - n, n) for n in range(9)}
    goals = tuple(Scorer("home", f"Jean Luc Picard {n}", n, None, False, False) for n in range(1, 11))
    text = write(some_facts((10, 0), tips, goals=goals))
    assert words(text) <= 450
    assert "this season" not in text.partition("## ")[0]


def test_the_article_is_its_prose_laid_out_with_tables_and_note() -> None:
    facts = some_facts((2, 1), FIVE)
    article = TemplateWriter().write(facts)
    assert article.text == laid_out(article.prose, facts)
    assert laid_out("\nOther words.\n\n", facts) == article.text.replace(article.prose, "Other words.")
    assert [line for line in article.text.splitlines() if line.startswith("#")] == [
        "## Points",
        "## What the outcomes were worth",
        "## Table after 1 match",
    ]
