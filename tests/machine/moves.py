"""Rules of the machine for what people decide about predictions, and about models that are one and the same."""

from collections.abc import Mapping
from dataclasses import replace

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from scoring.models import Match, Merge, Prediction
from scoring.services import MoveError, exclude_prediction, merge_models, reinstate_prediction, undo_merge
from scoring.services.renames import rename
from tests.machine.facts import MODELS, FactRules, deaths
from tests.machine.world import Tip

REASON = "because"


class MoveRules(FactRules):
    """Predictions leave the field and come back; models become one and two again."""

    @rule(
        pk=FactRules.matches,
        model=st.sampled_from(MODELS),
        kind=st.sampled_from(["voided", "", "withdrawn"]),
        death=deaths,
    )
    def exclude(self, pk: int, model: str, kind: str, death: int | None) -> None:
        row = Prediction.objects.filter(match=pk, model__name=model).first()
        if row is None:
            return
        out = {"by": "a machine", "reason": REASON}

        def service() -> object:
            return exclude_prediction(row.pk, kind, **out) if kind else reinstate_prediction(row.pk, **out)

        if self.committed(service, death):
            tips = self.world.matches[pk].tips
            tips[model] = replace(tips[model], excluded=bool(kind))

    @rule(pk=FactRules.matches, mark=st.sampled_from(["", "*"]), death=deaths)
    def rename(self, pk: int, mark: str, death: int | None) -> None:
        """A team is called something else from now on, in every article about it."""
        match = self.world.matches[pk]
        team, name = Match.objects.get(pk=pk).home, match.home.rstrip("*") + mark
        if self.committed(lambda: rename(team, name, by="a machine", reason=REASON), death):
            match.home = name

    @rule(pair=st.permutations(MODELS), death=deaths)
    def merge(self, pair: list[str], death: int | None) -> None:
        """Two models become one, unless both have a prediction that counts for the same match."""
        old, into = pair[:2]
        service = lambda: merge_models(self.models[old].pk, self.models[into].pk, by="a machine", reason=REASON)  # noqa: E731
        both = [m for m in self.world.matches.values() if {old, into} <= m.tips.keys()]
        refused = self._is_merged(old) or self._is_merged(into) or any(not m.tips[old].excluded for m in both)
        try:
            done = self.committed(service, death)
        except MoveError:
            assert refused, f"{old} could not become {into}"
            return
        if done:
            assert not refused, f"{old} became {into}"
            for match in self.world.matches.values():
                if old in match.tips and match not in both:
                    match.tips[into] = match.tips.pop(old)

    @precondition(lambda self: Merge.objects.standing().exists())
    @rule(death=deaths)
    def undo_a_merge(self, death: int | None) -> None:
        merge = Merge.objects.standing().earliest("pk")
        moved = {
            row.match_id: self.world.matches[row.match_id].tips[merge.into_name]
            for row in Prediction.objects.filter(pk__in=merge.moved["predictions"])
        }
        try:
            done = self.committed(lambda: undo_merge(merge.pk, by="a machine", reason=REASON), death)
        except MoveError:
            return
        if done:
            self._give_back(merge, moved)

    def _give_back(self, merge: Merge, moved: Mapping[int, Tip]) -> None:
        for pk, tip in moved.items():
            del self.world.matches[pk].tips[merge.into_name]
            self.world.matches[pk].tips[merge.old_name] = tip

    def _is_merged(self, name: str) -> bool:
        return Merge.objects.standing().filter(old_name=name).exists()
