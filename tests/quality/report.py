"""Prints what was measured: the table by kind, groups, false alarms by source, and the texts that went wrong."""

from collections.abc import Mapping

from rich.console import Console
from rich.table import Table

from content.check import Problem
from tests.quality.claims import GROUPS
from tests.quality.measure import LEAST_FOUND, MOST_FALSE_ALARMS, Clean, Measured, Tally
from tests.quality.planting import Plant

console = Console(highlight=False, soft_wrap=True)


def failures(measured: Measured) -> list[str]:
    """Return why the measurement is a failure, in words; nothing if it is none."""
    groups = {group: tally for group, tally in measured.groups().items() if tally.share < LEAST_FOUND}
    lines = [f"only {tally.share:.2%} of the {group} errors were found" for group, tally in groups.items()]
    loud = {source: tally for source, tally in measured.sources.items() if tally.share >= MOST_FALSE_ALARMS}
    return lines + [f"{tally.share:.2%} of the {source} were complained about" for source, tally in loud.items()]


def show(measured: Measured) -> None:
    table = Table("group", "kind", "planted", "found", "%", box=None, pad_edge=False)
    for group in GROUPS:
        for (of, kind), tally in measured.kinds.items():
            if of == group:
                _row(table, group, kind, tally)
    for group, tally in measured.groups().items():
        _row(table, group, "all", tally, style="bold")
    console.print(table)
    _show_sources({**measured.sources, "all clean texts": measured.clean()})
    each = 1000 * measured.seconds / max(measured.checks, 1)
    console.print(f"{measured.checks:,} checks in {measured.seconds:.1f} s, {each:.1f} ms each")


def _row(table: Table, group: str, kind: str, tally: Tally, style: str = "") -> None:
    table.add_row(group, kind, str(tally.texts), str(tally.complaints), f"{tally.share:.1%}", style=style)


def _show_sources(sources: Mapping[str, Tally]) -> None:
    table = Table("clean", "texts", "false alarms", "%", box=None, pad_edge=False)
    for source, tally in sources.items():
        table.add_row(source, str(tally.texts), str(tally.complaints), f"{tally.share:.2%}")
    console.print("", table)


def show_wrong(measured: Measured, most: int) -> None:
    """Prints the first misses and the first false alarms, with what they are about."""
    for plant in measured.missed[:most]:
        console.print(f"\n{missed(plant)}", markup=False)
    for clean, problems in measured.false_alarms[:most]:
        console.print(f"\n{false_alarm(clean, problems)}", markup=False)


def missed(plant: Plant) -> str:
    start, end = plant.sentence
    text = plant.text if plant.where == "text" else plant.headline
    was = f" (was: {plant.was})" if plant.was else " (put in)"
    return (
        f"MISSED {plant.group}, {plant.kind}, {plant.where}\n  {text[start:end]}\n"
        f"  planted: {plant.planted}{was}\n  false because {plant.because}\n  {about(plant)}"
    )


def false_alarm(clean: Clean, problems: tuple[Problem, ...]) -> str:
    lines = [f"FALSE ALARM, {clean.source}\n  {about(clean)}"]
    for problem in problems:
        text = clean.text if problem.where == "text" else clean.headline
        context = text[max(0, problem.start - 80) : problem.start], text[problem.start : problem.end]
        lines.append(f"  …{context[0]}[{context[1]}]{text[problem.end : problem.end + 60]}…".replace("\n", " "))
        lines.append(f"    {problem.kind}: {problem.says} | {problem.facts_say}")
    return "\n".join(lines)


def about(text: Plant | Clean) -> str:
    """Return the match in a line, and how to find its facts again."""
    facts = text.facts
    score = f"{facts.home} {facts.last_score[0]}–{facts.last_score[1]} {facts.away}"
    phases = f"half-time {facts.half_time}, full time {facts.full_time}, extra time {facts.extra_time}"
    goals = ", ".join(f"{g.name} {g.side} {g.minute}{f'+{g.stoppage}' if g.stoppage else ''}" for g in facts.goals)
    field = f"field {facts.field.home}/{facts.field.draw}/{facts.field.away}, {len(facts.exact)} exact"
    return f"facts: {facts.season}, {facts.round}: {score}; {phases}, penalties {facts.shootout}; {goals}; {field}"
