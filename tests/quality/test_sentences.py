"""The sentences written by hand: enough of them, about facts that hold together."""

import pytest

from content.facts import MatchFacts
from tests.quality.claims import GROUPS
from tests.quality.sentences import SCENES, sentences
from tests.quality.sentences.untrue import untrue_sentences


def test_there_are_at_least_150_and_none_twice() -> None:
    texts = [text for text, _ in sentences()]
    assert len(set(texts)) == len(texts) >= 150


def test_there_are_at_least_50_false_ones_in_all_three_groups_and_none_is_a_true_one() -> None:
    untrue = [(group, text) for group, text, _ in untrue_sentences()]
    assert len(set(untrue)) == len(untrue) >= 50
    assert {group for group, _ in untrue} == set(GROUPS)
    assert {text for _, text in untrue} & {text for text, _ in sentences()} == set()


@pytest.mark.parametrize("facts", [scene.SCENE.facts() for scene in SCENES], ids=lambda facts: facts.home)
def test_the_facts_of_the_scenes_hold_together(facts: MatchFacts) -> None:
    assert facts.goals_are_complete
    assert facts.field.size == len(facts.tips)
    assert {line.predictions for line in facts.before} <= set(range(facts.matches_after))
    earned = {tip.model: tip.points for tip in facts.tips}
    before = {line.model: line.points for line in facts.before}
    total = {model: before.get(model, 0) + (points or 0) for model, points in earned.items()}
    assert {line.model: line.points for line in facts.after} == total
