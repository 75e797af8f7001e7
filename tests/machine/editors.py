"""Rules of the machine for what editors decide about roundups."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from content import editing
from content.editing import Draft, EditingError
from content.models import EditorialPolicy, Roundup
from content.ordering import order_again
from content.versions import last_number
from tests.machine.facts import deaths
from tests.machine.moves import MoveRules

places = st.integers(0, 1_000)
DECISIONS: dict[str, Callable[[Roundup], Any]] = {
    "hold": lambda r: editing.hold(r.pk, by="an editor"),
    "withdraw": lambda r: editing.withdraw(r.pk, by="an editor", note="for now"),
    "publish": lambda r: editing.publish(r.pk, by="an editor", seen_version=last_number(r)),
    "take": lambda r: editing.take_waiting(r.pk, by="an editor", reason="", seen_version=last_number(r)),
    "drop": lambda r: editing.drop_edit(r.pk, by="an editor", reason="", seen_version=last_number(r)),
    "keep": lambda r: editing.keep_edited(
        r.pk, Draft(r.headline, r.text), by="an editor", reason="", seen_version=last_number(r)
    ),
}
STATUS = {"hold": "held", "withdraw": "withdrawn", "publish": "published"}


class EditorRules(MoveRules):
    """What is asked for and is not possible changes nothing; what was decided stays decided."""

    @precondition(lambda self: Roundup.objects.exists())
    @rule(place=places, decision=st.sampled_from(sorted(DECISIONS)), death=deaths)
    def decide(self, place: int, decision: str, death: int | None) -> None:
        roundup = self._one(place)
        try:
            done = self.committed(lambda: DECISIONS[decision](roundup), death)
        except EditingError:
            return
        if done and decision in STATUS:
            self.ledger.statuses[roundup.match_id] = STATUS[decision]
        if done and decision in ("take", "drop"):
            del self.ledger.by_hand[roundup.match_id]

    @precondition(lambda self: Roundup.objects.exists())
    @rule(place=places, headline=st.sampled_from(["By hand", "Another", "A third"]), death=deaths)
    def edit(self, place: int, headline: str, death: int | None) -> None:
        roundup = self._one(place)
        draft, seen = Draft(headline, "A text."), last_number(roundup)
        try:
            done = self.committed(
                lambda: editing.edit(roundup.pk, draft, by="an editor", reason="better", seen_version=seen), death
            )
        except EditingError:
            return
        if done:
            self.ledger.by_hand[roundup.match_id] = headline

    @precondition(lambda self: Roundup.objects.exists())
    @rule(place=places, death=deaths)
    def order_again(self, place: int, death: int | None) -> None:
        self.committed(lambda: order_again([self._one(place).match_id]), death)

    @rule(first=st.booleans())
    def review(self, first: bool) -> None:
        owner = self.seasons[0].competition_id
        EditorialPolicy.objects.update_or_create(competition_id=owner, defaults={"review_first": first})
        self.ledger.first_status = "review" if first else "published"

    def _one(self, place: int) -> Roundup:
        rows = list(Roundup.objects.order_by("pk"))
        return rows[place % len(rows)]
