"""Problems marked in a text: the text stays what it was, whatever stands in it, and nothing in it runs."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.check import Problem
from content.marking import WHY_TYPED, as_published, as_typed, label
from content.render import to_html


def problem(text: str, words: str, says: str = "it ended 2–1") -> Problem:
    start = text.index(words)
    return Problem(start, start + len(words), "number", words, says)


def without_marks(html: str) -> str:
    """Return the HTML without marks, their numbers, and what links get from being cleaned twice."""
    html = html.removeprefix(f'<p class="ft-note">{WHY_TYPED}</p>')
    html = re.sub(r'^<div class="ft-source">(.*)</div>$', r"\1", html, flags=re.DOTALL)
    return re.sub(r'<mark class="ft-problem">|</mark>|<a [^>]*class="ft-number"[^>]*>\d+</a>', "", html)


def test_a_problem_is_marked_and_its_number_leads_to_the_list_and_says_what_is_wrong() -> None:
    text = "Mexico won **3–1** at home."
    html = as_published(text, [problem(text, "3–1")], name="text")
    assert html == (
        '<p>Mexico won <strong><mark class="ft-problem">3–1</mark>'
        '<a class="ft-number" id="text-mark-1" href="#text-problem-1" '
        'aria-label="Problem 1, number: “3–1”; it ended 2–1" rel="noopener noreferrer">1</a></strong> at home.</p>'
    )


def test_numbers_go_on_from_the_first() -> None:
    text = "One 3–1 and two 4–1."
    html = as_published(text, [problem(text, "3–1"), problem(text, "4–1")], name="text", first=3)
    assert re.findall(r'id="text-mark-(\d+)"', html) == ["3", "4"]


def test_a_mark_goes_on_through_other_tags_and_paragraphs() -> None:
    text = "It was **a 3–1** win.\n\nFor them."
    words = "3–1** win.\n\nFor"
    html = as_published(text, [problem(text, words)], name="text")
    assert re.findall(r"<mark[^>]*>([^<]*)</mark>", html) == ["3–1", " win.", "For"]
    assert without_marks(html) == to_html(text)


def test_overlapping_problems_are_all_numbered() -> None:
    text = "Mexico led 3–1 at half-time."
    both = [problem(text, "led 3–1"), problem(text, "3–1 at half-time"), problem(text, "3–1")]
    html = as_published(text, both, name="text")
    assert sorted(re.findall(r'id="text-mark-(\d+)"', html)) == ["1", "2", "3"]
    assert without_marks(html) == to_html(text)


def test_the_number_of_a_problem_in_a_link_stands_behind_it() -> None:
    text = "See [the 3–1 win](https://example.org/) there."
    html = as_published(text, [problem(text, "3–1")], name="text")
    assert html.count('<mark class="ft-problem">3–1</mark> win</a><a class="ft-number"') == 1


def test_a_row_of_a_table_keeps_its_place() -> None:
    text = "| Model | Points |\n| --- | ---: |\n| A | 7 |\n"
    html = as_published(text, [problem(text, "A | 7")], name="text")
    assert without_marks(html) == to_html(text)
    assert re.findall(r'<td[^>]*><mark class="ft-problem">(\w)</mark>', html) == ["A", "7"]


@pytest.mark.parametrize("words", ["https://exa", "# Head", "<b", "&am"])
def test_a_mark_that_would_change_the_text_is_shown_in_the_source(words: str) -> None:
    text = "# Headed\n\n[here](https://example.org) <b>bold</b> &amp; so on"
    html = as_published(text, [problem(text, words)], name="text")
    assert re.findall(r'id="text-mark-(\d+)"', html) == ["1"]
    shown = without_marks(html)
    assert shown in (to_html(text), "# Headed\n\n[here](https://example.org) &lt;b&gt;bold&lt;/b&gt; &amp;amp; so on")


def test_what_is_escaped_is_not_cut_in_two() -> None:
    text = r"The model a\_b won &lt;3–1&gt; there."
    html = as_published(text, [problem(text, "_b won &l"), problem(text, "t;3–1&g")], name="text")
    assert without_marks(html) == to_html(text)
    assert re.findall(r"<mark[^>]*>([^<]*)</mark>", html) != []


def test_a_place_outside_the_text_is_shown_at_its_end() -> None:
    html = as_published("Short.", [Problem(90, 99, "other", "gone", "")], name="text")
    assert re.findall(r'id="text-mark-(\d+)"', html) == ["1"]


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "[x](javascript:alert(1))",
    "<mark onclick=alert(1) id=text-problem-1>x</mark>",
    '<a href="#" class="ft-number" onmouseover="alert(1)">1</a>',
    "\U000f0000\U000f0001\U000f0002",
    "<a title='a>b' href='x'>y</a>",
    "<scr\U000f0000ipt>alert(1)</script>",
]


@pytest.mark.parametrize("payload", HOSTILE)
def test_nothing_runs_wherever_the_payload_stands(payload: str) -> None:
    text = f"Before {payload} 3–1 after."
    found = [
        Problem(3, 12, "number", payload, payload),
        problem(text, "3–1", payload),
        Problem(0, len(text), "other", payload, payload),
    ]
    for html in (as_published(text, found, name="text"), as_typed(text, found, name="text")):
        tags = re.findall(r"<[^>]*>", re.sub(r'"[^"]*"', '""', html))
        assert {tag.split()[0].strip("<>/") for tag in tags} <= {"p", "a", "mark", "div"}
        assert not re.search(r"\son\w+=", " ".join(tags))
        assert not re.search(r'href="(?!#|x)', html)
        assert len(re.findall('id="text-mark-', html)) == 3


@given(st.text(max_size=80), st.lists(st.tuples(st.integers(0, 90), st.integers(0, 90)), max_size=4))
def test_any_text_stays_what_it_was(text: str, places: list[tuple[int, int]]) -> None:
    found = [Problem(start, end, "other", "says", "facts") for start, end in places]
    html = as_published(text, found, name="text")
    assert sorted(re.findall(r'id="text-mark-(\d+)"', html)) == sorted(str(n + 1) for n in range(len(found)))
    assert len(re.findall("<script|<img|<svg", html)) == 0


def test_what_is_read_out() -> None:
    assert label(2, Problem(0, 1, "name", "Wales", "")) == "Problem 2, name: “Wales”"
