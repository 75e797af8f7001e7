"""How a text is read: Markdown, odd letters that hide an error, what no article may hold, texts made to take long."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.check import check, check_against, ledger_of
from content.check.reading import read
from tests.content.check.hostile import HOSTILE
from tests.content.check.scene import facts

LEDGER = ledger_of(facts())


def found(text: str) -> list[tuple[str, str]]:
    return [(problem.kind, problem.says) for problem in check_against(text, LEDGER)]


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Cedar\\_2 \\*won\\*", "Cedar_2 *won*"),
        ("**Alder** and _Birch_", "Alder and Birch"),
        ("a&lt;b&gt; &amp; c", "a<b> & c"),
        ("# Title\n\nText", "Title\nText"),
        ("one\ntwo", "one two"),
        ("２–１ and 1\u00a0000", "2–1 and 1 000"),
        ("Nor\u00advale\u200b", "Norvale"),
        ("A\u0301lvaro", "Álvaro"),
    ],
)
def test_a_text_is_read_as_it_is_seen(written: str, plain: str) -> None:
    assert read(written).plain == plain


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Norvale beat Castria ３–１.", "３–１"),
        ("Norvale beat Castria 3\u00ad–1.", "3\u00ad–1"),
        ("Norvale beat Castria 3\u200b–\u200b1.", "3\u200b–\u200b1"),
        ("Norvale beat Castria **3–1**.", "3–1"),
        ("Norvale beat Castria 3\u20111.", "3\u20111"),
    ],
)
def test_no_odd_letter_hides_a_wrong_score(text: str, says: str) -> None:
    assert found(text) == [("number", says)]


def test_look_alike_letters_make_another_name() -> None:
    assert found("Nоrvale beat Castria.") == [("name", "Nоrvale")]  # with a Cyrillic o


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("Norvale beat <b>Castria</b>.", ["<b>", "</b>"]),
        ("Norvale beat [team].", ["[team]"]),
        ("{{ winner }} won.", ["{{ winner }}"]),
        ("TODO: Norvale won.", ["TODO"]),
        ("Norvale won, see [here](https://example.org).", ["[here](https://example.org)"]),
        ("| Model | Points |\n| --- | --- |", ["| Model | Points |", "| --- | --- |"]),
        ("“Norvale won.”", ["“", "”"]),
        ("‘Norvale won,’ they say.", ["‘", "’"]),
        ("Norvale \u202ewon.", ["'\\u202e'"]),
        ("`Norvale` won.", ["`Norvale`"]),
    ],
)
def test_what_no_article_may_hold(text: str, problems: list[str]) -> None:
    others = [problem.says for problem in check_against(text, LEDGER) if problem.kind == "other"]
    assert others == problems


def test_apostrophes_are_no_quotation_marks() -> None:
    assert found("Norvale's win, Alder's tip: it wasn't a draw.") == []


def test_a_text_of_a_hundred_thousand_words_is_not_read() -> None:
    problems = check("Norvale beat Castria. " * 34_000, facts())
    assert [(p.kind, p.facts_say) for p in problems] == [("other", "this is too long for an article")]


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_text_made_to_take_long_is_read_to_its_end(piece: str) -> None:
    """How long that takes is measured by `python -m tests.bench --only check`."""
    text = piece * (2_000 // len(piece))
    for problem in check_against(text, LEDGER):
        assert 0 <= problem.start < problem.end <= len(text)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_can_be_checked_and_problems_stand_in_it(text: str) -> None:
    for problem in check_against(text, LEDGER, headline=text):
        assert 0 <= problem.start < problem.end <= len(text)


ROW = (
    "Norvale",
    "Castria",
    "Alder",
    "2–1",
    "beat",
    "the",
    "of",
    "seven",
    "models",
    "had",
    "tipped",
    "draw",
    ".",
    ",",
    "3",
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(ROW), max_size=40))
def test_any_row_of_words_can_be_checked(row: list[str]) -> None:
    text = " ".join(row)
    assert check_against(text, LEDGER) == check_against(text, LEDGER)
