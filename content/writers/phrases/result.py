"""The result, when and where it was, and which score predictions count on."""

import re

from content.writers.blanks import Filled, listed_names, named, result, teams
from content.writers.grammar import Blanks, slot
from content.writers.reading import Reading
from content.writers.words import a_score, day, literal, score


@slot(
    "{winner} beat {loser} {w_score}.",
    "{winner} won {w_score} against {loser}.",
    "{winner} defeated {loser} {w_score}.",
    "{winner} had {a_win} win over {loser}.",
    "{loser} lost {l_score} to {winner}.",
    "{loser} were beaten {l_score} by {winner}.",
    "{loser} went down {l_score} to {winner}.",
    "It ended {line}.",
    "The match ended {line}.",
    "The result was {line}.",
    "The score was {line}.",
)
def won(match: Reading) -> Blanks | None:
    """A side won in play."""
    if not match.facts.ahead_at_the_end or match.facts.awarded:
        return None
    told = result(match)
    return {**told, "a_win": a_score(match.facts.last_score)} if "w_score" in told else told


@slot(
    "{home} and {away} drew {level}.",
    "{home} drew {level} with {away}.",
    "{home} and {away} finished level at {level}.",
    "{home} and {away} shared {a_draw}.",
    "Between {home} and {away} it ended {level}.",
    "The match between {home} and {away} ended {level}.",
    "It ended {line}.",
    "The score was {line}.",
)
def drawn(match: Reading) -> Blanks | None:
    """Play ended level, whether or not a shoot-out followed."""
    facts = match.facts
    if facts.ahead_at_the_end or facts.awarded:
        return None
    return {**result(match), "a_draw": f"{a_score(facts.last_score)} draw"}


@slot(
    "The match between {home} and {away}, set for {date} ({occasion}), was awarded as {awarded}.",
    "{home} against {away}, set for {date} ({occasion}), was awarded as {awarded}.",
    "{awarded} is the score as which {home} against {away}, set for {date} ({occasion}), was awarded.",
    "Set for {date} ({occasion}), the match between {home} and {away} was awarded as {awarded}.",
)
def awarded(match: Reading) -> Blanks | None:
    if not match.facts.awarded:
        return None
    return {**teams(match), **_when(match), "awarded": score(match.facts.last_score)}


@slot("Predictions count on the score as it was awarded.", "The score as it was awarded is the one that counts.")
def awarded_basis(match: Reading) -> Blanks | None:
    return {} if match.facts.awarded else None


def _when(match: Reading) -> Filled:
    """Return date, season and what is known of round, group, venue and kickoff; `occasion` is all of the occasion."""
    facts = match.facts
    occasion = [literal(part) for part in (facts.season, facts.round, facts.group) if part]
    told = {"date": day(facts.date), "season": literal(facts.season), "occasion": ", ".join(occasion)}
    told |= {"round": literal(facts.round)} if facts.round and not facts.group else {}
    told |= {"matchday": literal(facts.round)} if re.fullmatch(r"(Matchday|Round) \d+", facts.round) else {}
    told |= {"venue": literal(facts.venue)} if facts.venue else {}
    # Else the hour would belong to another date.
    same_day = facts.time_known and facts.kickoff[:10] == facts.date
    return {**told, "time": f"{facts.kickoff[11:16]} UTC"} if same_day else told


@slot(
    "It was played on {date} at {venue} ({occasion}).",
    "The teams met on {date} at {venue} ({occasion}).",
    "They met at {venue} on {date} ({occasion}).",
    "The venue was {venue}, the date {date} ({occasion}).",
    "It was played at {venue} on {date}, with kickoff at {time} ({occasion}).",
    "The match took place at {venue} on {date} ({occasion}).",
)
def setting_with_venue(match: Reading) -> Blanks | None:
    return None if match.facts.awarded or not match.facts.venue else _when(match)


@slot(
    "It was played on {date} ({occasion}).",
    "The teams met on {date} ({occasion}).",
    "They met on {date} ({occasion}).",
    "The match took place on {date} ({round}).",
    "The match was played on {date}, with kickoff at {time} ({occasion}).",
    "Kickoff was at {time} on {date} ({occasion}).",
    "It was played on {date}, in {matchday}.",
    "It was played on {date}, in {matchday} of {season}.",
    "The date was {date}, the occasion {occasion}.",
    "It belongs to {matchday} of {season} and was played on {date}.",
)
def setting_alone(match: Reading) -> Blanks | None:
    return None if match.facts.awarded or match.facts.venue else _when(match)


@slot(
    "After 90 minutes it had been {full_time}.",
    "The 90 minutes had ended {full_time}.",
    "It took extra time, as it was {full_time} after 90 minutes.",
    "The score after 90 minutes was {full_time}, and extra time was played.",
)
def after_extra_time(match: Reading) -> Blanks | None:
    """Told where predictions count on another score; else it is told with that."""
    facts = match.facts
    if facts.extra_time is None or facts.full_time is None or facts.awarded or facts.basis == "regular_time":
        return None
    return {"full_time": score(facts.full_time)}


@slot(
    "{winner} won the shoot-out {shootout}.",
    "{winner} won {shootout} on penalties.",
    "On penalties {winner} won {shootout}.",
    "But {against} won the shoot-out {shootout}.",
    "The shoot-out is recorded as {recorded}.",
)
def shootout(match: Reading) -> Blanks | None:
    """A shoot-out can be recorded as level, and can follow a match that the other side won (two legs)."""
    facts = match.facts
    if facts.shootout is None or facts.awarded:
        return None
    if not facts.won_on_penalties:
        return {"recorded": score(facts.shootout)}
    against = facts.ahead_at_the_end not in ("", facts.winner)
    goals = f"{max(facts.shootout)}–{min(facts.shootout)}"
    return {"against" if against else "winner": named(facts.team(facts.winner)), "shootout": goals}


@slot(
    "Predictions count on the score with the goals of the shoot-out added: {sum}.",
    "Predictions count on the score after extra time, which was {after_extra}.",
    "The score after extra time, {after_extra}, is the one that predictions count on.",
    "Predictions count on the score after 90 minutes, which was {regular}.",
    "The score after 90 minutes, {regular}, is the one that predictions count on.",
    "Extra time was played; predictions count on the score after 90 minutes, which was {before_extra}.",
    "It went to extra time; predictions count on the score after 90 minutes, which was {before_extra}.",
    "After 90 minutes it was {before_extra}, which is what predictions count on; extra time followed.",
)
def basis(match: Reading) -> Blanks | None:
    """Which score counts; told where more than 90 minutes were played."""
    facts = match.facts
    if facts.awarded or (facts.extra_time is None and facts.shootout is None):
        return None
    if facts.basis == "after_shootout" and facts.shootout is not None:
        return {"sum": f"{score(facts.last_score)} and {score(facts.shootout)} make {score(facts.counted)}"}
    if facts.basis != "regular_time" and facts.extra_time is not None:
        return {"after_extra": score(facts.counted)}
    told_of = facts.extra_time is None or (match.lead is not None and match.lead.key == "extra_time")
    return {"regular" if told_of else "before_extra": score(facts.counted)}


@slot(
    "{home} and {away} met for {derby}.",
    "The fixture is {derby}.",
    "{home} against {away} is {derby}.",
)
def known_as(match: Reading) -> Blanks | None:
    facts = match.facts
    if not facts.rivalry or facts.awarded:
        return None
    return {"derby": literal(facts.rivalry), "home": listed_names([facts.home]), "away": named(facts.away)}
