"""The data note: what the numbers are made of, and what is not known."""

from content.facts import MatchFacts

BASIS = {
    "regular_time": "after 90 minutes",
    "after_extra_time": "after extra time, where it is played",
    "after_shootout": "after extra time and penalties, where they are needed",
}


def note(facts: MatchFacts) -> str:
    return " ".join((_rule(facts), *_table(facts), *_timing(facts)))


def _rule(facts: MatchFacts) -> str:
    on = "the score as it was awarded" if facts.awarded else f"the score {BASIS[facts.basis]}"
    return f"Points follow the rule {facts.rule}, on {on}."


def _table(facts: MatchFacts) -> list[str]:
    if not facts.after:
        return []
    before = facts.matches_after - 1
    earlier = f" and the {before} settled before its kickoff" if before else " alone"
    with_it = ", none that began with it" if facts.field.size else ""
    what = "Table and runs count" if facts.field.size else "The table counts"
    return [f"{what} this match{earlier}{with_it}."]


def _timing(facts: MatchFacts) -> list[str]:
    parts = []
    unverified = [tip for tip in facts.in_time if tip.timing == "unverified"]
    if unverified and len(unverified) == len(facts.in_time):
        parts.append("When the predictions were submitted is not known; they count and are unverified.")
    elif unverified:
        parts.append(f"Predictions that came without a time count, and are marked unverified: {len(unverified)}.")
    if facts.late:
        parts.append(f"Predictions that came too late were left out: {len(facts.late)}.")
    if facts.void:
        parts.append(f"Predictions that were withdrawn or declared void were left out: {len(facts.void)}.")
    if not facts.time_known:
        parts.append("The time of kickoff is not known; predictions closed when the day began (UTC).")
    return parts
