"""Markdown to HTML: tables keep their alignment, nothing runs."""

import pytest

from content.render import to_html


def test_tables_keep_their_alignment() -> None:
    html = to_html("| Model | Points |\n| --- | ---: |\n| A | 7 |\n")
    assert '<th align="right">Points</th>' in html
    assert '<td align="right">7</td>' in html


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<script>alert(1)</script>", ""),
        ("*a* <img src=x onerror=alert(1)>", "<p><em>a</em> </p>"),
        ("[a](javascript:alert(1))", '<p><a rel="noopener noreferrer">a</a></p>'),
        ('<p onclick="alert(1)" style="color:red">a</p>', "<p>a</p>"),
        ("## Points", "<h2>Points</h2>"),
    ],
)
def test_nothing_runs(text: str, expected: str) -> None:
    assert to_html(text).strip() == expected
