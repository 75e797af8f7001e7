"""The story of the goals: in order, with the half-time score between them."""

from collections.abc import Sequence
from itertools import groupby

from content.course import Minute
from content.writers.draft import STRONG, USUAL, Paragraph, first_of, say
from content.writers.phrases.goals import SINGLE, at_once, first_in_a_row, in_a_row, last_goal
from content.writers.phrases.halves import HALVES, half_time_goalless, half_time_mark
from content.writers.phrases.match_lines import MATCH_LINES
from content.writers.reading import Reading

MANY_GOALS = 3
"""From more goals than this on, a match that nobody predicted gets no story of them: its roundup stays short."""

BESIDE_THE_GOALS = ("came_from_behind", "lead_lost", "hat_trick", "most_goals")
"""Storylines that are told with the goals where another one leads."""


def course(match: Reading) -> Paragraph:
    """Return what is known of how the score came about; empty if nothing is."""
    facts = match.facts
    if facts.awarded:
        return []
    if facts.minutes and (facts.field.size or len(facts.goals) <= MANY_GOALS):
        return [*_goals(match), *_beside(match)]
    if facts.minutes:
        return say(match, half_time_mark, weight=STRONG)
    return first_of(match, HALVES, weight=STRONG)


def _beside(match: Reading) -> Paragraph:
    lead = match.lead.key if match.lead else ""
    keys = [key for key in BESIDE_THE_GOALS if key in match.lines and key != lead] if match.facts.field.size else []
    return [sentence for key in keys[:2] for sentence in say(match, MATCH_LINES[key], False, weight=USUAL)]


TOLD_IN_THE_LEDE = ("early_goal", "late_winner", "late_equaliser")


def _is_told(match: Reading, step: Minute) -> bool:
    """Whether the lede has told this goal: who scored it, for whom and when."""
    lead, goal = match.lead, step.goals[0]
    if lead is None or lead.key not in TOLD_IN_THE_LEDE or len(step.goals) > 1 or goal.penalty:
        return False
    return (goal.side, goal.name, goal.clock) == (lead.side, lead.value("scorer"), lead.value("minute"))


def _goals(match: Reading) -> Paragraph:
    ends = match.facts.minutes[0], match.facts.minutes[-1]
    minutes = [step for step in match.facts.minutes if not (step in ends and _is_told(match, step))]
    first = [step for step in minutes if (step.goals[0].minute or 0) <= 45]
    second = minutes[len(first) :]
    told = _runs(match, first)
    told += say(match, half_time_mark) or say(match, half_time_goalless)
    told += _runs(match, second)
    return told + (say(match, last_goal) if match.one_in(2, "last goal") else [])


def _side(step: Minute) -> str:
    return step.goals[0].side if step.is_ordered else ""


def _runs(match: Reading, minutes: Sequence[Minute]) -> Paragraph:
    """Return the goals of one half; those of one side that follow one another are told together."""
    told: Paragraph = []
    for side, group in groupby(minutes, key=_side):
        steps = list(group)
        if not side:
            told += [sentence for step in steps for sentence in say(match, at_once, step, weight=STRONG)]
        elif sum(len(step.goals) for step in steps) == 1:
            told += _single(match, steps[0])
        else:
            told += say(match, first_in_a_row, steps, weight=STRONG) or say(match, in_a_row, steps, weight=STRONG)
    return told


def _single(match: Reading, step: Minute) -> Paragraph:
    for slot in SINGLE:
        if told := say(match, slot, step, weight=STRONG):
            return told
    return []
