"""What an editor can do with a roundup, and what is refused, with the way out, changing nothing."""

from collections.abc import Callable

from django.db import IntegrityError, transaction

import pytest

from content import editing, services
from content.collect import collect_facts
from content.editing import BY_HAND, Draft, EditingError
from content.facts import MatchFacts
from content.models import Roundup, RoundupRevision
from content.versions import last_number
from content.writers import Article
from scoring.models import Match
from scoring.services import change_match, score_match
from stats.services import calculate_stats
from tests.factories import a_match, finish, predictions

pytestmark = pytest.mark.django_db

MINE = Draft("What I saw", "My own words.\n")


def settle(match: Match) -> None:
    score_match(match.pk)
    calculate_stats(match.pk)


@pytest.fixture
def roundup() -> Roundup:
    match = a_match()
    predictions(match, {"A": (2, 1), "B": (1, 1)})
    finish(match, 2, 1)
    settle(match)
    services.write_roundup(match.pk)
    return Roundup.objects.get()


def edited(roundup: Roundup) -> Roundup:
    return editing.edit(roundup.pk, MINE, by="ed", reason="the tone", seen_version=last_number(roundup))


def corrected(roundup: Roundup, home: int = 0, away: int = 0) -> None:
    finish(roundup.match, home, away)
    settle(roundup.match)


def out_of_date(roundup: Roundup) -> Roundup:
    """Edited, then corrected and written anew: a version waits."""
    edited(roundup)
    corrected(roundup)
    services.write_roundup(roundup.match_id)
    return Roundup.objects.get()


def public() -> bool:
    return Roundup.objects.public().exists()


def state() -> tuple[list[object], list[object]]:
    return list(Roundup.objects.values()), list(RoundupRevision.objects.order_by("pk").values())


def refused(act: Callable[[], object]) -> str:
    """Returns what was said, after making sure that nothing was changed."""
    before = state()
    with pytest.raises(EditingError) as error:
        act()
    assert state() == before
    return str(error.value)


def test_an_edit_is_a_version_with_its_editor_about_the_same_facts(roundup: Roundup) -> None:
    before = Roundup.objects.get()
    editing.edit(
        roundup.pk, Draft("  What I\nsaw ", "\r\nMy own words.  \r\n\r\n"), by="ed", reason="x", seen_version=1
    )
    after = Roundup.objects.get()
    assert Draft(after.headline, after.text) == MINE
    assert (after.edited_by, after.writer, after.edited_at) == ("ed", BY_HAND, after.written_at)
    pins = ("facts", "facts_hash", "revision", "stats_version", "published_at", "status")
    assert [getattr(after, name) for name in pins] == [getattr(before, name) for name in pins]
    version = after.versions.get(number=2)
    assert (version.by, version.reason, version.headline, version.text) == ("ed", "x", MINE.headline, MINE.text)
    assert public()


def test_an_edit_of_what_is_out_of_date_is_out_of_date_at_once(roundup: Roundup) -> None:
    corrected(roundup)
    edited(roundup)
    assert not public()
    assert list(Roundup.objects.out_of_date()) == [roundup]


def test_an_edit_while_the_writer_writes_is_not_lost(roundup: Roundup, monkeypatch: pytest.MonkeyPatch) -> None:
    corrected(roundup)

    class SlowWriter:
        def write(self, facts: MatchFacts) -> Article:
            edited(roundup)
            return Article("Old news", "Old news.", "slow")

    monkeypatch.setattr(services, "default_writer", SlowWriter)
    assert services.write_roundup(roundup.match_id).outcome == "a new version waits beside the edited text"
    after = Roundup.objects.get()
    assert (Draft(after.headline, after.text), after.waiting and after.waiting.headline) == (MINE, "Old news")


@pytest.mark.parametrize(
    ("draft", "why"),
    [
        (Draft(" ", "Text."), "the headline is empty: a roundup needs both"),
        (Draft("Headline", " \r\n "), "the text is empty: a roundup needs both"),
        (Draft("x" * 251, "Text."), "the headline has 251 characters, and 250 fit"),
        (MINE, "nothing was changed"),
    ],
)
def test_a_text_that_can_not_be_is_refused(roundup: Roundup, draft: Draft, why: str) -> None:
    edited(roundup)
    assert refused(lambda: editing.edit(roundup.pk, draft, by="ed", reason="", seen_version=2)) == why


def test_a_reason_that_is_too_long_is_refused(roundup: Roundup) -> None:
    act = lambda: editing.edit(roundup.pk, MINE, by="ed", reason="x" * 301, seen_version=1)  # noqa: E731
    assert refused(act) == "301 characters are too many for a note or a reason, 300 fit"


def test_two_editors_do_not_overwrite_each_other(roundup: Roundup) -> None:
    edited(roundup)
    theirs = Draft("Mine, too", "Other words.")
    why = refused(lambda: editing.edit(roundup.pk, theirs, by="al", reason="", seen_version=1))
    assert why == "version 2 was saved while you were looking at version 1: open the page again"


def test_the_new_version_takes_the_place_of_the_edited_text(roundup: Roundup) -> None:
    out_of_date(roundup)
    assert not public()
    editing.take_waiting(roundup.pk, by="al", reason="", seen_version=3)
    after = Roundup.objects.get()
    assert (after.headline.startswith("Mexico 0–0 Wales"), after.writer, after.edited_by) == (True, "template", "")
    assert (after.edited_at, after.waiting) == (None, None)
    assert (after.facts_hash, public()) == (collect_facts(roundup.match_id).facts.hash(), True)
    assert after.versions.values_list("number", "by", "reason")[0] == (4, "al", "version 3 taken")
    corrected(roundup, 1, 1)
    services.write_roundup(roundup.match_id)
    assert Roundup.objects.get().headline.startswith("Mexico 1–1 Wales")


@pytest.mark.parametrize("draft", [MINE, Draft("What I saw later", "Other words.\n")])
def test_the_edited_text_is_kept_for_the_new_facts(roundup: Roundup, draft: Draft) -> None:
    out_of_date(roundup)
    editing.keep_edited(roundup.pk, draft, by="al", reason="", seen_version=3)
    after = Roundup.objects.get()
    assert (Draft(after.headline, after.text), after.edited_by, after.waiting) == (draft, "al", None)
    assert (after.facts_hash, public()) == (collect_facts(roundup.match_id).facts.hash(), True)
    assert after.versions.values_list("number", "by", "reason")[0] == (4, "al", "confirmed for the new facts")
    corrected(roundup, 1, 1)
    assert not public()


OLD, NEW, BOTH = "It ended 2–1.", "It ended 0-0.", "First given as 2-1, it ended 0–0."
NEW_ONLY_AS_A_TIP = f"{OLD}\n\n| Model | Tip |\n| --- | --- |\n| A | 0–0 |\n"


@pytest.mark.parametrize(
    ("draft", "agrees", "why"),
    [
        (Draft("Mine", OLD), True, "the text says 2–1, and the score is 0–0 now: change it, or use the new version"),
        (Draft("Mexico 2-1 Wales", NEW), True, "the headline says 2–1, and the score is 0–0 now: "),
        (Draft("Mine", "Wales lost 1 &ndash; 2."), True, "the text says 1–2, and the score is 0–0 now: "),
        (Draft("Mine", NEW_ONLY_AS_A_TIP), True, "the text says 2–1, and the score is 0–0 now: "),
        (Draft("Mine", BOTH), False, "the text says 2–1 as well: change it, or confirm that it agrees with 0–0"),
    ],
)
def test_a_text_that_tells_the_old_score_is_not_kept(roundup: Roundup, draft: Draft, agrees: bool, why: str) -> None:
    out_of_date(roundup)

    def keep() -> Roundup:
        return editing.keep_edited(roundup.pk, draft, by="al", reason="", seen_version=3, agrees=agrees)

    assert refused(keep).startswith(why)
    assert not public()


@pytest.mark.parametrize(("text", "agrees"), [(NEW, False), (BOTH, True), ("At 12:10, on 2026-2-12, 12–1.", False)])
def test_a_text_that_tells_the_new_score_or_none_is_kept(roundup: Roundup, text: str, agrees: bool) -> None:
    out_of_date(roundup)
    editing.keep_edited(roundup.pk, Draft("Mine", text), by="al", reason="", seen_version=3, agrees=agrees)
    assert Roundup.objects.public().get().text == f"{text}\n"


@pytest.mark.parametrize("old", ["2–1", "0–0"])
def test_a_score_of_any_version_before_is_an_old_one(roundup: Roundup, old: str) -> None:
    out_of_date(roundup)
    corrected(roundup, 3, 3)
    services.write_roundup(roundup.match_id)
    draft = Draft("Mine", f"It was {old}.")
    why = refused(lambda: editing.keep_edited(roundup.pk, draft, by="al", reason="", seen_version=4))
    assert why.startswith(f"the text says {old}, and the score is 3–3 now")


@pytest.mark.parametrize("choice", ["keep", "take"])
def test_a_choice_of_what_is_out_of_date_again_is_refused(roundup: Roundup, choice: str) -> None:
    out_of_date(roundup)
    corrected(roundup, 1, 1)

    def act() -> Roundup:
        if choice == "keep":
            return editing.keep_edited(roundup.pk, MINE, by="ed", reason="", seen_version=3)
        return editing.take_waiting(roundup.pk, by="ed", reason="", seen_version=3)

    assert refused(act) == (
        "the match or its table has changed since the version that waits was written: wait for the next one"
    )
    services.write_roundup(roundup.match_id)
    assert refused(act) == "version 4 was saved while you were looking at version 3: open the page again"


def test_a_choice_where_there_is_none_is_refused(roundup: Roundup) -> None:
    take = lambda: editing.take_waiting(roundup.pk, by="ed", reason="", seen_version=last_number(roundup))  # noqa: E731
    drop = lambda: editing.drop_edit(roundup.pk, by="ed", reason="", seen_version=last_number(roundup))  # noqa: E731
    assert refused(take) == "nobody has edited this text, so nothing waits beside it"
    assert refused(drop) == "nobody has edited this text"
    edited(roundup)
    assert refused(take) == "no new version waits beside the edited text"
    corrected(roundup)
    services.write_roundup(roundup.match_id)
    assert refused(drop) == "a new version waits beside the edited text: choose one of the two"


def test_an_edit_is_given_up_for_the_writers_text(roundup: Roundup) -> None:
    edited(roundup)
    editing.drop_edit(roundup.pk, by="ed", reason="", seen_version=2)
    after = Roundup.objects.get()
    assert (after.headline, after.text, after.writer) == (roundup.headline, roundup.text, "template")
    assert (after.edited_by, after.edited_at, public()) == ("", None, True)
    assert after.versions.values_list("number", "by", "reason")[0] == (3, "ed", "back to version 1")


def test_an_edit_given_up_while_the_facts_move_is_written_anew(roundup: Roundup) -> None:
    edited(roundup)
    corrected(roundup)
    editing.drop_edit(roundup.pk, by="ed", reason="", seen_version=2)
    assert not public()
    services.write_roundup(roundup.match_id)
    assert Roundup.objects.public().get().headline.startswith("Mexico 0–0 Wales")


def test_held_and_published_again(roundup: Roundup) -> None:
    first_seen = roundup.published_at
    held = editing.hold(roundup.pk, by="ed", note="ask the club")
    assert (held.status, held.note, held.decided_by, public()) == ("held", "ask the club", "ed", False)
    assert refused(lambda: editing.hold(roundup.pk, by="ed")) == "it is held already"
    editing.publish(roundup.pk, by="al", seen_version=1)
    after = Roundup.objects.get()
    assert (after.status, after.note, after.decided_by, after.published_at) == ("published", "", "al", first_seen)
    assert public()
    assert refused(lambda: editing.publish(roundup.pk, by="ed", seen_version=1)) == "it is published already"


def test_withdrawn_with_a_note_and_published_again(roundup: Roundup) -> None:
    assert refused(lambda: editing.withdraw(roundup.pk, by="ed", note="  ")) == (
        "say why: readers see the note in place of the roundup"
    )
    assert editing.withdraw(roundup.pk, by="ed", note=" Wrong names. ").note == "Wrong names"
    assert not public()
    assert refused(lambda: editing.withdraw(roundup.pk, by="ed", note="x")) == "it is withdrawn already"
    editing.publish(roundup.pk, by="ed", seen_version=1)
    assert public()


def test_only_what_was_read_and_is_true_is_published(roundup: Roundup) -> None:
    editing.hold(roundup.pk, by="ed")
    changed = "the match or its table has changed since this text was written: "

    def publish(seen: int) -> Callable[[], Roundup]:
        return lambda: editing.publish(roundup.pk, by="ed", seen_version=seen)

    corrected(roundup)
    assert refused(publish(1)) == f"{changed}it is being written again"
    services.write_roundup(roundup.match_id)
    assert refused(publish(1)) == "version 2 was saved while you were looking at version 1: open the page again"
    editing.edit(roundup.pk, MINE, by="ed", reason="", seen_version=2)
    corrected(roundup, 1, 1)
    assert refused(publish(3)) == f"{changed}choose between it and the new version first"
    change_match(roundup.match_id, {"status": "abandoned"}, by="a test")
    settle(roundup.match)
    services.write_roundup(roundup.match_id)
    assert refused(publish(3)) == "the match does not count (abandoned, so void)"


def test_what_was_never_public_is_first_seen_when_it_is_published(roundup: Roundup) -> None:
    Roundup.objects.update(status="review", published_at=None)
    editing.publish(roundup.pk, by="ed", seen_version=1)
    after = Roundup.objects.get()
    assert (after.published_at, public()) == (after.decided_at, True)


def test_a_roundup_that_does_not_exist(roundup: Roundup) -> None:
    with pytest.raises(Roundup.DoesNotExist):
        editing.hold(roundup.pk + 1, by="ed")


def test_the_database_knows_no_other_status(roundup: Roundup) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Roundup.objects.filter(pk=roundup.pk).update(status="zzz")
