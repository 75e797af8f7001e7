"""The ledger of a match: everything its facts allow to be said. See `terms` for what it is made of."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from content.check.builder import Builder
from content.check.of_field import add_field
from content.check.of_match import add_match
from content.check.of_table import add_table
from content.check.terms import Entity, Ledger, Quantity, Relation, Scope
from content.facts import Correction, MatchFacts
from content.storylines import storylines

__all__ = ["Builder", "Entity", "Ledger", "Quantity", "Relation", "Scope", "ledger_of"]


def ledger_of(facts: MatchFacts, aliases: Mapping[str, Sequence[str]] = {}) -> Ledger:
    """Return what may be said of a match. `aliases` are other names, by name."""
    ledger = Builder(Scope("", facts.home, facts.away))
    add_match(facts, ledger)
    add_field(facts, ledger)
    add_table(facts, ledger)
    _setting(facts, ledger)
    for story in storylines(facts):
        ledger.flag(f"story {story.key}", True)
        for model in story.models:
            ledger.relate(f"story {story.key}", model)
    for name, others in aliases.items():
        if name in ledger.entities:
            entity = ledger.entities[name]
            ledger.entities[name] = Entity(name, entity.kind, (*entity.aliases, *others))
    return ledger.ledger()


def _setting(facts: MatchFacts, ledger: Builder) -> None:
    """Adds when and where it was played, and what is told of corrections."""
    ledger.entity(facts.season, "season")
    ledger.entity(facts.competition, "competition")
    ledger.entity(facts.venue, "venue")
    ledger.entity(facts.round, "round")
    if facts.round:
        ledger.relate("own round", facts.round)
    ledger.entity(facts.group, "group")
    ledger.entity(facts.rule, "rule")
    ledger.entity(facts.rivalry, "rivalry")
    ledger.flag("derby", facts.rivalry)
    ledger.put(facts.date, "date", (), "kickoff")
    ledger.put(facts.kickoff[:10], "date", (), "kickoff")
    if facts.time_known:
        ledger.put(facts.kickoff[11:16], "time", (), "kickoff")
    for correction in facts.corrections:
        _correction(correction, ledger)
    ledger.flag("corrected", facts.corrections)
    ledger.flag("time known", facts.time_known)
    ledger.flag(f"basis {facts.basis}", True)


def _correction(correction: Correction, ledger: Builder) -> None:
    moments = [correction.at, *(correction.detail if correction.phase == "kickoff" else ())]
    for at in moments:
        moment = datetime.fromisoformat(at)
        ledger.put(moment.date().isoformat(), "date", (), "correction")
        ledger.put(f"{moment:%H:%M}", "time", (), "correction")
    if correction.phase == "field":
        ledger.put(int(correction.detail[0]), "prediction", (), "was")
