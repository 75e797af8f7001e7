"""What the check says to single sentences about one match: nothing to true ones, and what is wrong in the others."""

import pytest

from content.check import check
from tests.content.check.scene import drawn, facts

TRUE = [
    "Norvale came from behind to beat Castria 2–1 at Harbour Park.",
    "Norvale beat Castria 2-1, having trailed 1–0 at half-time.",
    "Castria led 1–0 at the break through Aldo Reyn, who scored in the 12th minute.",
    "Aldo Reyn gave Castria the lead after 12 minutes.",
    "Ivo Marsh equalised in the 55th minute and won it from the penalty spot in the 88th.",
    "A late penalty by Ivo Marsh, in the 88th minute, decided the match.",
    "Ivo Marsh scored twice for Norvale.",
    "Castria lost 2–1.",
    "Castria lost 1–2 to Norvale.",
    "It was two-one to Norvale in the end.",
    "The match was played on 3 May 2031 at Harbour Park, with kickoff at 18:30 UTC.",
    "The match on Saturday, 3 May, ended in a home win.",
    "Three of the seven models had the right outcome.",
    "Only Alder had the exact score.",
    "Alder alone had 2–1 exactly and earned seven points.",
    "Three models tipped a win for Norvale, two a draw and two a win for Castria.",
    "Of the seven models in the field, three went for Norvale, two for a draw and two for Castria.",
    "More models tipped a win for Norvale than a draw.",
    "Less than half of the field saw it coming.",
    "43 per cent of the models had the outcome.",
    "A win for Norvale was worth three points.",
    "A draw would have been worth four points, as would a win for Castria.",
    "Birch took four points for its 1–0, Elm three for 2–0.",
    "Four models went home empty-handed.",
    "Cedar 2, Dogwood, Fern-7 and Gorse took nothing from the match.",
    "Together the seven models took 14 points, two each on average.",
    "Alder takes over the lead from Gorse, which falls to third.",
    "Alder rose from third to first.",
    "Gorse fell from first to third.",
    "Alder and Birch are level on 14 points, but Alder leads on exact scores.",
    "Alder leads the table with 4.67 points a prediction, level with Birch.",
    "Birch has now had the right outcome in three matches in a row.",
    "The run of Gorse, two right outcomes, ended here.",
    "Dogwood and Fern-7 share last place.",
    "Dogwood and Fern-7 are still without a point after three predictions.",
    "Elm was right for the second time running.",
    "After three matches Alder has two exact scores, as many as Gorse.",
    "Nobody tipped 3–1.",
    "Castria did not score after the break.",
    "Neither side kept a clean sheet.",
    "There was no goal between the 12th and the 55th minute.",
    "Alder is the new leader.",
    "Gorse, the leader before this match, drops to third.",
    "Not one of the seven models tipped a goalless draw.",
    "Both goals of Norvale were scored by Ivo Marsh.",
    "Two of the three goals came after the break.",
    "Norvale won by a single goal.",
    "Alder takes first place from Gorse.",
    "Until this match Gorse led.",
    "The hosts won 2–1.",
    "The visitors' last goal came before the break.",
    "Ivo Marsh (55, 88 penalty) scored for Norvale, Aldo Reyn (12) for Castria.",
    "Norvale 2, Castria 1.",
    "Norvale 2–1 Castria (0–1).",
    "Alder earned seven points, Birch four and Elm three.",
    "Three models out of seven had the outcome.",
    "Birch extends its run to three right outcomes.",
    "Dogwood has no exact scores.",
    "An away win was tipped by two of the seven models.",
    "Alder, on 14 points, is ahead of Gorse, on 13.",
]

FALSE = [
    ("Castria beat Norvale 2–1.", [("word", "beat")]),
    ("Norvale won 3–1.", [("number", "3–1")]),
    ("Norvale 1–2 Castria.", [("number", "1–2")]),
    ("Norvale led 1–0 at half-time.", [("word", "led")]),
    ("Castria came from behind to win.", [("word", "came from behind"), ("word", "win")]),
    ("Aldo Reyn scored for Norvale.", [("name", "Aldo Reyn")]),
    ("Ivo Marsh scored in the 58th minute.", [("number", "58th")]),
    ("Ivo Marsh scored a hat-trick.", [("word", "hat-trick")]),
    ("Aldo Reyn scored twice.", [("number", "twice")]),
    ("The match ended in a draw.", [("word", "draw")]),
    ("Norvale won on penalties.", [("word", "won"), ("word", "on penalties")]),
    ("Four of the seven models had the right outcome.", [("number", "Four of the seven models")]),
    ("Three of eight models had the right outcome.", [("number", "Three of eight models")]),
    ("Only Birch had the exact score.", [("word", "exact")]),
    ("Only Alder had the right outcome.", [("word", "Alder")]),
    ("Every model had the right outcome.", [("number", "Every model")]),
    ("Nobody had the exact score.", [("number", "Nobody")]),
    ("Alder tipped 3–1.", [("number", "3–1")]),
    ("Birch took five points.", [("number", "five")]),
    ("A win for Norvale was worth four points.", [("number", "four")]),
    ("Gorse still leads the table.", [("word", "still leads")]),
    ("Birch leads the table.", [("word", "leads the table")]),
    ("Alder fell from third to first.", [("word", "fell")]),
    ("Alder rose from fourth to first.", [("number", "fourth")]),
    ("Birch has been right four times in a row.", [("number", "four")]),
    ("Zelkova tipped 2–1.", [("name", "Zelkova")]),
    ("The match was played on 4 May 2031.", [("number", "4 May 2031")]),
    ("Kickoff was at 19:30 UTC.", [("number", "19:30")]),
    ("It was played at Riverside Arena.", [("name", "Riverside"), ("name", "Arena")]),
    ("Half of the models had the outcome.", [("number", "Half of the models")]),
    ("Two thirds of the field had the outcome.", [("number", "Two thirds of the field")]),
    ("57 per cent of the models had the outcome.", [("number", "57 per cent of the models")]),
    (
        "The crowd of 20,000 went home happy.",
        [("not checkable", "crowd"), ("not checkable", "20,000"), ("not checkable", "happy")],
    ),
    ("Norvale dominated possession.", [("not checkable", "dominated"), ("not checkable", "possession")]),
    ("Norvale deserved the win.", [("not checkable", "deserved")]),
    ("The coach was delighted.", [("not checkable", "coach"), ("not checkable", "delighted")]),
    ('"We were lucky," he said.', [("other", '"'), ("not checkable", "lucky"), ("other", '"')]),
    (
        "The referee showed a red card.",
        [("not checkable", "referee"), ("not checkable", "red"), ("not checkable", "card")],
    ),
    ("It was a stunning comeback.", [("not checkable", "stunning")]),
    (
        "Next week Norvale travel to Tarnby.",
        [("not checkable", "week"), ("not checkable", "travel"), ("name", "Tarnby")],
    ),
    ("Norvale are now third in the league.", [("not checkable", "third")]),
    ("It was the third win in a row for Norvale.", [("not checkable", "third"), ("not checkable", "in a row")]),
    ("Alder had the outcome, but not the exact score.", [("word", "exact")]),
    ("Gorse is ahead of Alder in the table.", [("word", "ahead of")]),
    ("Elm has had the exact score once this season.", [("number", "once")]),
    ("Castria kept a clean sheet.", [("word", "clean sheet")]),
    ("Norvale scored first.", [("word", "scored first")]),
    ("The first goal fell in the 15th minute.", [("number", "15th")]),
    ("The decisive goal fell in the 55th minute.", [("number", "55th")]),
    ("Dogwood is last alone.", [("word", "Dogwood")]),
    ("Fern-7 tipped a win for Norvale.", [("word", "win")]),
    ("Gorse had its run of three right outcomes broken.", [("number", "three")]),
    ("The match went to extra time.", [("word", "extra time")]),
    ("It was a derby.", [("word", "derby")]),
    ("Together the models took 15 points.", [("number", "15")]),
    ("Alder has 13 points from three predictions.", [("number", "13")]),
    ("Alder has 14 points from four predictions.", [("number", "four")]),
    ("After four matches Alder leads.", [("number", "four")]),
    ("Mia Torres scored the winner.", [("name", "Mia"), ("name", "Torres")]),
    ("Most models tipped Castria.", [("number", "Most models")]),
    ("The favourites won.", [("not checkable", "favourites")]),
    ("Both teams hit the post.", [("not checkable", "post")]),
    ("Alder, the best model in the world, was right.", [("not checkable", "world")]),
    ("Norvale won 2–1 thanks to a header.", [("not checkable", "thanks"), ("not checkable", "header")]),
    ("Castria were reduced to ten men.", [("not checkable", "reduced"), ("number", "ten")]),
    ("Three models had the exact score.", [("number", "Three models")]),
    ("All seven models were wrong.", [("number", "All seven models")]),
    ("Cedar 2 was right.", [("word", "right")]),
    ("The unanimous field was wrong.", [("word", "unanimous")]),
    ("Marsh scored an own goal.", [("word", "Marsh")]),
    ("Marsh equalised in the 88th minute.", [("number", "88th")]),
    ("Marsh's penalty came before half-time.", [("word", "Marsh's")]),
    ("Reyn's goal came after half-time.", [("word", "Reyn's")]),
    ("Norvale have won again.", [("not checkable", "again")]),
    ("Alder takes first place from Birch.", [("name", "Birch")]),
    ("Until this match Birch led.", [("word", "led")]),
    ("The hosts lost 2–1.", [("word", "lost")]),
    ("The visitors' last goal came after the break.", [("word", "last goal")]),
    ("Ivo Marsh (56, 88 penalty) scored for Norvale.", [("number", "56")]),
    ("Ivo Marsh (55 penalty) scored for Norvale.", [("number", "55")]),
    ("Norvale 2, Castria 2.", [("number", "2")]),
    ("Norvale 2–1 Castria (1–0).", [("number", "1–0")]),
    ("Alder earned seven points, Birch three and Elm three.", [("number", "three")]),
    ("Three models out of nine had the outcome.", [("number", "Three models out of nine")]),
    ("Gorse's run goes on.", [("word", "run")]),
    ("Alder has no exact scores.", [("number", "no")]),
    ("An away win was tipped by three of the seven models.", [("number", "three of the seven models")]),
    ("Alder, on 13 points, is ahead of Gorse, on 14.", [("number", "13"), ("number", "14")]),
    ("The final ended 2–1.", [("name", "final")]),
    ("One of the eight models hit the score exactly.", [("number", "One of the eight models")]),
    ("A quarter of the field had Norvale winning.", [("number", "A quarter of the field")]),
    ("Most models had seen this result coming.", [("number", "Most models")]),
    ("Alder ranks 10th.", [("number", "10th")]),
    ("Norvale scored all three goals.", [("number", "three")]),
    ("Ivo Marsh's brace won it for Castria.", [("name", "Ivo Marsh's"), ("word", "won")]),
    ("The match ended 2–1 after extra time.", [("word", "extra time")]),
    ("Norvale beat Castria by two goals.", [("number", "two")]),
    ("Five models had nothing.", [("number", "Five models")]),
    ("Elm had the exact score, 2–0.", [("word", "exact")]),
    ("Everybody was wrong.", [("number", "Everybody")]),
    ("Alder and Birch tipped 2–1.", [("number", "2–1")]),
    ("Alder and Elm had the exact score.", [("name", "exact")]),
    ("Birch is level with Gorse.", [("word", "level with")]),
    ("The average of the field was 2.10 points.", [("number", "2.10")]),
]


@pytest.mark.parametrize("text", TRUE)
def test_a_true_sentence_is_let_through(text: str) -> None:
    assert check(text, facts()) == ()


@pytest.mark.parametrize(("text", "found"), FALSE)
def test_what_is_wrong_is_found_where_it_stands(text: str, found: list[tuple[str, str]]) -> None:
    problems = check(text, facts())
    assert [(problem.kind, problem.says) for problem in problems] == found
    assert all(text[problem.start : problem.end] == problem.says for problem in problems)


@pytest.mark.parametrize(
    ("text", "facts_say"),
    [
        ("Castria won 3–0.", "Norvale 2–1 Castria"),
        ("At half-time it was 2–0.", "Norvale 0–1 Castria at half-time"),
        ("Five of the seven models had the outcome.", "3 of 7 did"),
        ("Only Alder had the right outcome.", "3 did: Alder, Birch, Elm"),
        ("Ivo Marsh scored in the 57th minute.", "Ivo Marsh scored for Norvale in minute 55, and in minute 88"),
        ("The match was played on 4 May 2031.", "the match was on 2031-05-03"),
    ],
)
def test_it_says_what_the_facts_say(text: str, facts_say: str) -> None:
    assert facts_say in [problem.facts_say for problem in check(text, facts())]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Tarnby and Castria drew 1–1.", []),
        ("It was goalless at half-time.", []),
        ("Tarnby led at half-time.", ["led"]),
        ("Castria came from behind.", ["came from behind"]),
        ("Castria never trailed.", ["trailed"]),
        ("Tarnby scored first.", ["scored first"]),
    ],
)
def test_what_is_not_known_of_the_course_may_not_be_said(text: str, found: list[str]) -> None:
    assert [problem.says for problem in check(text, drawn())] == found


def test_a_pronoun_stands_for_who_was_named_before() -> None:
    assert check("Alder had 2–1 exactly. It took seven points.", facts()) == ()
    problems = check("Alder had 2–1 exactly. It took six points.", facts())
    assert [problem.says for problem in problems] == ["six"]


def test_an_alias_is_a_name() -> None:
    assert [p.says for p in check("The Harbourmen beat Castria.", facts())] == ["Harbourmen"]
    assert check("The Harbourmen beat Castria.", facts(), aliases={"Norvale": ["The Harbourmen"]}) == ()


def test_the_headline_is_checked_as_plain_text() -> None:
    problems = check("Norvale beat Castria.", facts(), headline="Castria Beat Norvale 2–1")
    assert [(p.where, p.kind, p.says, p.start) for p in problems] == [("headline", "word", "Beat", 8)]
