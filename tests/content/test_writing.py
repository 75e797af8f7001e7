"""Who writes, what is done with what was written, and what of it stays when the facts change."""

import logging
from datetime import timedelta
from typing import Any

from django.db import connection

import pytest
from tenacity import wait_none

from content import asking, services, tasks, writing
from content.check import Problem
from content.collect import collect_facts
from content.editing import Draft, edit
from content.models import Attempt, Commission, EditorialPolicy, Roundup, RoundupRevision
from content.ordering import order_again
from content.rechecking import difference
from content.storylines import storylines
from content.versions import last_number
from content.writers import Article, llm_client
from content.writers.layout import laid_out
from content.writing import Wish
from scoring.models import Match, MatchProgress
from scoring.services import change_match, score_match
from stats.services import calculate_stats
from tests.content.writers.llm_match import HEADLINE, PROSE, a_played_match, model, outcomes, use, wrote
from tests.content.writers.llm_server import nobody, writes
from tests.factories import KICKOFF, a_match, counted, finish, predictions

pytestmark = pytest.mark.django_db

RIGHT = writes(HEADLINE, PROSE)
WRONG = writes("Wales 2–1 Mexico", f"Wales beat Mexico 2–1. {PROSE}")
BEFORE = KICKOFF - timedelta(days=1)


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "PAUSE", wait_none())
    monkeypatch.setattr(llm_client, "_ways", {})
    monkeypatch.setattr(llm_client, "_proved", set())


@pytest.fixture
def match() -> Match:
    return a_played_match()


def reason(roundup: Roundup) -> str:
    return roundup.versions.order_by("-number")[0].reason


def settle(match: Match) -> None:
    score_match(match.pk)
    calculate_stats(match.pk)


def test_what_is_right_is_published_as_it_was_written_with_tables_from_the_facts(match: Match, settings: Any) -> None:
    with model(settings, RIGHT) as script:
        roundup = wrote(match)
    assert (roundup.headline, roundup.prose, roundup.writer, roundup.status) == (HEADLINE, PROSE, "llm", "published")
    assert roundup.text == laid_out(PROSE, collect_facts(match.pk).facts)
    assert roundup.text.startswith(f"{PROSE}\n\n## ")
    assert reason(roundup) == ""
    attempt = Attempt.objects.get()
    assert (attempt.outcome, attempt.problems, attempt.words) == ("accepted", [], len(PROSE.split()))
    assert (attempt.headline, attempt.prose, attempt.facts_hash) == (HEADLINE, PROSE, roundup.facts_hash)
    assert (attempt.subject, attempt.match, attempt.language_model) == (str(match), match, "small")
    asked = script.asked[0]
    assert (asked["path"], asked["model"], asked["temperature"]) == ("/v1/chat/completions", "small", 0.4)


def test_a_problem_is_told_and_mended(match: Match, settings: Any) -> None:
    with model(settings, WRONG, RIGHT) as script:
        roundup = wrote(match)
    assert (roundup.writer, roundup.headline, roundup.prose) == ("llm", HEADLINE, PROSE)
    assert outcomes() == [("problems", ""), ("accepted", "")]
    first, second = Attempt.objects.order_by("pk")
    assert [Problem(**told) for told in first.problems] != []
    assert second.is_repair
    told = script.asked[1]["messages"][-1]["content"]
    assert all(Problem(**kept).facts_say in told for kept in first.problems)


def test_one_that_is_not_mended_is_replaced_and_the_version_says_so(match: Match, settings: Any) -> None:
    with model(settings, WRONG) as script:
        roundup = wrote(match)
    assert (roundup.writer, len(script.asked)) == ("template", 2)
    assert reason(roundup).startswith("by the template, since the language model did not write it: its answer: ")


def test_the_policy_goes_before_the_setting_and_an_order_before_both(match: Match, settings: Any) -> None:
    with model(settings, RIGHT, ROUNDUP_WRITER="template"):
        assert wrote(match).writer == "template"
        policy = EditorialPolicy.objects.create(competition=match.season.competition, writer="llm")
        assert wrote(match, fresh=True).writer == "llm"
        order_again([match.pk], writer="template", by="an editor")
        assert wrote(match).writer == "template"
        policy.writer = ""
        policy.save()
        order_again([match.pk], writer="llm", by="an editor")
        assert wrote(match).writer == "llm"
    assert not Commission.objects.exists()


def test_a_model_that_is_not_set_up_is_no_reason_for_no_roundup(match: Match, settings: Any) -> None:
    use(settings, "", LLM_MODEL="")
    roundup = wrote(match)
    assert (roundup.writer, Attempt.objects.count()) == ("template", 0)
    assert reason(roundup).endswith("LLM_BASE_URL and LLM_MODEL not set")


def test_an_order_chooses_the_storyline_and_a_later_version_tells_it_again(match: Match, settings: Any) -> None:
    first = wrote(match)
    keys = [told.key for told in storylines(collect_facts(match.pk).facts)]
    order_again([match.pk], storyline=keys[-1], by="an editor")
    second = wrote(match)
    assert (second.storyline, second.headline != first.headline) == (keys[-1], True)
    assert difference(match.pk) == ""
    change_match(match.pk, {"venue": "Elsewhere"}, by="a test")
    settle(match)
    third = wrote(match)
    assert (third.storyline, third.headline) == (keys[-1], second.headline)


def test_a_storyline_that_is_not_true_any_more_is_left_out(match: Match) -> None:
    order_again([match.pk], storyline="goalless", by="an editor")
    roundup = wrote(match)
    assert (roundup.storyline, reason(roundup)) == (
        "",
        "written again; the storyline goalless is not true of the match",
    )


def test_the_storyline_is_told_to_the_language_model_first(match: Match, settings: Any) -> None:
    keys = [told.key for told in storylines(collect_facts(match.pk).facts)]
    with model(settings, RIGHT) as script:
        roundup = wrote(match, fresh=True, wish=Wish(storyline=keys[-1]))
    told = f'"storylines":[{{"id":"S1","what":"{keys[-1].replace("_", " ")}"'
    assert told in script.asked[0]["messages"][1]["content"]
    assert roundup.storyline == keys[-1]


def test_an_order_for_another_writer_that_comes_meanwhile_stands(match: Match, settings: Any) -> None:
    with model(settings, RIGHT):
        real = writing.written

        def slowly(*given: Any, **how: Any) -> Any:
            piece = real(*given, **how)
            order_again([match.pk], writer="template", by="an editor")
            return piece

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(services, "written", slowly)
            assert wrote(match).writer == "llm"
        assert (Commission.objects.count(), MatchProgress.objects.get().step) == (1, services.STEP)
        tasks.write_roundup(match.pk)
    assert Roundup.objects.get().writer == "template"
    assert (Commission.objects.count(), MatchProgress.objects.get().step) == (0, "")


def earlier_match(home: int, away: int) -> Match:
    """A match of the day before, which changes the table under a later one."""
    match = a_match("Peru", "Chile", kickoff=BEFORE)
    predictions(match, {"Delta": (home, away)})
    finish(match, home, away)
    settle(match)
    return match


def test_prose_that_is_true_of_new_facts_stays_with_new_tables(match: Match, settings: Any) -> None:
    with model(settings, RIGHT) as script:
        before = wrote(match)
        earlier_match(1, 0)
        after = wrote(match)
        assert len(script.asked) == 1
    assert (after.prose, after.headline, after.writer) == (PROSE, HEADLINE, "llm")
    assert after.facts_hash != before.facts_hash
    assert after.text == laid_out(PROSE, collect_facts(match.pk).facts) != before.text
    assert difference(match.pk) == ""


def test_prose_that_is_not_true_of_new_facts_is_written_anew(match: Match, settings: Any) -> None:
    prose = (
        "Mexico beat Wales 3–1. Alpha tipped 2–1, Beta tipped 1–1, and Gamma tipped 0–1. The field was three models. "
        "The match was played on 11 June 2026."
    )
    new = writes("Mexico 3–1 Wales: nobody had the score", prose)
    with model(settings, RIGHT, new) as script:
        wrote(match)
        finish(match, 3, 1)
        settle(match)
        after = wrote(match)
        assert len(script.asked) == 2
    assert (after.headline, after.prose) == ("Mexico 3–1 Wales: nobody had the score", prose)


def test_facts_that_are_the_same_cost_nothing(match: Match, settings: Any) -> None:
    with model(settings, RIGHT) as script:
        wrote(match)
        Roundup.objects.update(stats_version=0)
        assert services.write_roundup(match.pk).outcome == "its roundup still holds"
        assert len(script.asked) == 1
    assert RoundupRevision.objects.count() == 1


def test_an_edited_text_is_not_kept_as_the_models(match: Match, settings: Any) -> None:
    with model(settings, RIGHT) as script:
        roundup = wrote(match)
        edit(roundup.pk, Draft("Mine", "All mine."), by="an editor", reason="", seen_version=last_number(roundup))
        assert Roundup.objects.get().prose == ""
        earlier_match(1, 0)
        assert services.write_roundup(match.pk).outcome == "a new version waits beside the edited text"
        assert len(script.asked) == 2
    waiting = Roundup.objects.get().waiting
    assert waiting is not None
    assert (waiting.writer, waiting.prose) == ("llm", PROSE)


def test_a_text_of_a_model_is_rechecked_by_its_prose(match: Match, settings: Any) -> None:
    with model(settings, RIGHT):
        wrote(match)
    use(settings, nobody())
    assert difference(match.pk) == ""
    Roundup.objects.update(text=f"{PROSE}\n\nAnd more.")
    assert difference(match.pk) == "its text was another"
    Roundup.objects.update(text=laid_out("Wales won.", collect_facts(match.pk).facts), prose="Wales won.")
    assert difference(match.pk) == "its text was another"


class Template:
    """A template with a defect."""

    name = "template"

    def __init__(self, headline: str, prose: str) -> None:
        self.headline, self.prose = headline, prose

    def write(self, facts: Any, *, storyline: str = "") -> Article:
        return Article(self.headline, laid_out(self.prose, facts), self.name, prose=self.prose)


def test_a_defect_of_the_template_is_logged_and_no_reader_sees_it(
    match: Match, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = Template("Wales 2–1 Mexico", f"{PROSE}\n\nWales beat Mexico 2–1.")
    monkeypatch.setattr(services, "default_writer", lambda: wrong)
    roundup = wrote(match)
    facts = collect_facts(match.pk).facts
    assert (roundup.headline, roundup.text) == ("Mexico 2–1 Wales", laid_out(PROSE, facts))
    assert [record.levelno for record in caplog.records if "has problems" in record.message] == [logging.ERROR]


def test_a_check_that_breaks_publishes_nothing_but_tables(match: Match, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> Any:
        raise RuntimeError("a defect")

    monkeypatch.setattr(writing, "check", broken)
    roundup = wrote(match)
    assert (roundup.headline, roundup.text) == ("Mexico 2–1 Wales", laid_out("", collect_facts(match.pk).facts))


def test_a_season_task_writes_with_the_model_as_well(match: Match, settings: Any) -> None:
    Roundup.objects.all().delete()
    with model(settings, RIGHT):
        assert tasks.write_season_roundups(match.season_id) == "1 roundups looked at, 0 left"
    assert Roundup.objects.get().writer == "llm"


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_it_is_asked(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    match, real, open_ones = a_played_match(), llm_client.ask, []

    def watched(*given: Any) -> Any:
        open_ones.append(connection.in_atomic_block)
        return real(*given)

    monkeypatch.setattr(asking, "ask", watched)
    with model(settings, WRONG, RIGHT):
        assert wrote(match).writer == "llm"
    assert open_ones == [False, False]


def test_an_article_about_a_void_match_ends_its_order(match: Match) -> None:
    wrote(match)
    order_again([match.pk], writer="llm", by="an editor")
    change_match(match.pk, {"status": "abandoned"}, by="a test")
    counted(match)
    services.write_roundup(match.pk)
    assert not Commission.objects.exists()
