"""What a page says above a roundup of what was corrected: told from its facts, so that no edit of the text loses it."""

from collections.abc import Mapping, Sequence
from typing import Any

from content.facts import Correction, Score
from content.writers.note import BASIS
from content.writers.words import count, day, score, times

MOST, MOST_WITHOUT_TIPS = 2, 1
"""Lines; the newest correction of the score that counts is always one of them."""


def lines_from(stored: Mapping[str, Any]) -> list[str]:
    """Return the lines for facts as a roundup keeps them (`MatchFacts.as_json`), oldest first; plain text."""
    corrections = [
        Correction(told["at"], told["was"] and (told["was"][0], told["was"][1]), told["phase"], tuple(told["detail"]))
        for told in stored.get("corrections", ())
    ]
    if not corrections:
        return []
    field = stored["field"]
    home, away = stored["counted"]
    return lines(corrections, (home, away), field["home"] + field["draw"] + field["away"])


def lines(corrections: Sequence[Correction], counted: Score, size: int) -> list[str]:
    """Return a line for each correction that is told, oldest first; `size` is that of the field that counts now."""
    told = _told(corrections, MOST if size else MOST_WITHOUT_TIPS)
    fields = sum(correction.phase == "field" for correction in corrections)
    return [
        f"Corrected on {_moment(correction.at)}: {_was(correction, counted, size)}{_how_often(correction, fields)}."
        for correction in told
    ]


def _told(corrections: Sequence[Correction], most: int) -> list[Correction]:
    """Return those that are told: of the field only the newest, and the newest of the score whatever came after it."""
    score_at, field_at = (_newest(corrections, phase) for phase in ("counted", "field"))
    places = [n for n, correction in enumerate(corrections) if correction.phase != "field" or n == field_at]
    places.sort(key=lambda n: (n == score_at, n), reverse=True)
    return [corrections[n] for n in sorted(places[:most])]


def _newest(corrections: Sequence[Correction], phase: str) -> int:
    """Return the place of the newest correction of a phase, -1 if there is none."""
    return max((n for n, correction in enumerate(corrections) if correction.phase == phase), default=-1)


def _how_often(correction: Correction, fields: int) -> str:
    return f" (corrected {times(fields)})" if correction.phase == "field" and fields > 1 else ""


def _was(correction: Correction, counted: Score, size: int) -> str:
    """Return what was another before the correction, and which."""
    detail = correction.detail
    if correction.was is not None:
        was = score(correction.was)
        if correction.phase == "counted":
            return f"this match had been scored as {was}; everything below follows from {score(counted)}"
        what = "the score after extra time" if correction.phase == "extra_time" else "the shoot-out"
        return f"{what} had been given as {was}"
    if correction.phase == "status":
        return f"this match had been given as {detail[0]}"
    if correction.phase == "kickoff":
        return f"kickoff had been given as {_moment(detail[0])}"
    if correction.phase == "rule":
        return f"points had been given by the rule {detail[0]}, on the score {BASIS[detail[1]]}"
    before = int(detail[0])
    given_for = "other predictions" if before == size else count(before, "prediction")
    counts = "counts" if size == 1 else "count"
    return f"points had been given for {given_for}; {count(size, 'prediction')} {counts} now"


def _moment(at: str) -> str:
    return f"{day(at)} at {at[11:16]} UTC"
