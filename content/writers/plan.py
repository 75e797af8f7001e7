"""The plan of an article: what is told, in which order, and what is left to the tables."""

from dataclasses import replace

from content.storylines.field import FIELD
from content.storylines.table import TABLE
from content.writers.blanks import NAMES_THE_RESULT
from content.writers.draft import EXTRA, KEEP, STRONG, USUAL, Paragraph, Sentence, first_of, fitted, say
from content.writers.grammar import Slot, blanks_of
from content.writers.phrases import field, hits, result, runs, table
from content.writers.phrases.field_lines import FIELD_LINES
from content.writers.phrases.match_lines import MATCH_LINES
from content.writers.phrases.table_lines import TABLE_LINES
from content.writers.reading import Reading
from content.writers.story import course

LONGEST = 450
LONGEST_WITHOUT_TIPS = 120
"""Words of prose, with the data note and the corrections that the page tells above it (see `corrected`)."""

ENOUGH = 140
"""Words; a shorter article tells all that it can tell."""

LINES: dict[str, Slot] = {**MATCH_LINES, **FIELD_LINES, **TABLE_LINES}


def prose(match: Reading, other_words: int = 0) -> str:
    """Return the paragraphs in Markdown; with `other_words` beside them they stay within the longest length."""
    most = LONGEST if match.facts.field.size else LONGEST_WITHOUT_TIPS
    told = fitted(_paragraphs(match), most - other_words)
    if len(told.split()) < ENOUGH and match.facts.field.size:
        return fitted(_paragraphs(replace(match, generous=True)), most - other_words)
    return told


def _paragraphs(match: Reading) -> list[Paragraph]:
    """Return the lede, and then first what it is about: the match, the field or the table."""
    lead = match.lead.key if match.lead else ""
    told = lede(match)
    how, who, where = course(match), the_field(match), the_table(match)
    if len(how) == 1:
        # A paragraph of one sentence stands with the result.
        told, how = [*told[:-1], *how, told[-1]] if match.one_in(2, "course") else [*told, *how], []
    if lead in FIELD:
        return [told, who, how, where]
    if lead in TABLE:
        return [told, where, how, who]
    return [told, how, who, where] if not match.one_in(3, "order") else [told, how, where, who]


def lede(match: Reading) -> Paragraph:
    """Return what leads: the storyline and the result, when and where it was, and which score counts."""
    if match.facts.awarded:
        told = [*say(match, result.awarded, weight=KEEP), *say(match, result.awarded_basis, weight=KEEP)]
        return told + _line(match, False)[0]
    story, has_result = _line(match, True)
    told = story if has_result else _with_result(match, story)
    told += say(match, result.after_extra_time, weight=KEEP)
    lead = match.lead.key if match.lead else ""
    told += [] if lead == "decided_on_penalties" else say(match, result.shootout, weight=KEEP)
    told += say(match, result.basis, weight=KEEP)
    told += [] if lead == "derby" else say(match, result.known_as)
    return told + first_of(match, (result.setting_with_venue, result.setting_alone), weight=KEEP)


def _line(match: Reading, lede: bool) -> tuple[Paragraph, bool]:
    """Return the sentence of the storyline that leads, and whether it tells the result; nothing without one."""
    if match.lead is None:
        return [], False
    text, phrase = LINES[match.lead.key].told(match, lede)
    return ([Sentence(text, KEEP)] if text else []), bool(blanks_of(phrase) & NAMES_THE_RESULT)


def _with_result(match: Reading, story: Paragraph) -> Paragraph:
    """Return the storyline and the result, in one order or the other; without a storyline how the field did."""
    told = first_of(match, (result.won, result.drawn), weight=KEEP)
    if not story:
        return told + first_of(match, IN_A_PLAIN_LEDE, weight=KEEP)
    result_first = match.lead is not None and match.lead.key in TABLE and match.one_in(2, "result first")
    return [*told, *story] if result_first else [*story, *told]


IN_A_PLAIN_LEDE = (hits.exact, hits.share_right, hits.no_exact)
"""How the field did, of a match without a storyline; the first that is true."""


def _told_plainly(match: Reading) -> str:
    """Return which of them the lede tells; empty if a storyline leads, or none is told."""
    if match.lead is not None or match.facts.awarded:
        return ""
    return next((slot.name for slot in IN_A_PLAIN_LEDE if slot.tell(match)), "")


def the_field(match: Reading) -> Paragraph:
    """Return how the field tipped, who was right, and what it was worth."""
    size = match.facts.field.size
    if size == 0:
        nobody = say(match, field.nobody_tipped, weight=STRONG)
        return [*nobody, *say(match, field.too_late, weight=STRONG), *say(match, field.taken_out, weight=STRONG)]
    if size == 1:
        one = (hits.the_one_was_exact, hits.the_one_was_right, hits.the_one_was_wrong)
        return say(match, field.only_tip, weight=STRONG) + first_of(match, one, weight=STRONG)
    tipped, right = _tipped(match), _right(match)
    order = [*right, *tipped] if match.one_in(3, "right first") else [*tipped, *right]
    return order + _worth(match)


def _tipped(match: Reading) -> Paragraph:
    lead = match.lead.key if match.lead else ""
    told: Paragraph = []
    if lead not in ("unanimous_and_wrong", "everyone_saw_it") and _told_plainly(match) != "share_right":
        told = first_of(match, (field.one_way, field.split), weight=STRONG)
    if field.one_scoreline.tell(match):
        return told + say(match, field.one_scoreline)
    if match.tells(2, "modal"):
        told += first_of(match, (field.modal, field.level_scorelines, field.all_different), weight=EXTRA)
    return told


def _right(match: Reading) -> Paragraph:
    """Return who was right, how exactly, and who was not; what the lede has told is left out."""
    lead = match.lead.key if match.lead else ""
    if not match.facts.field.chosen(match.facts.tendency):
        said = lead in ("nobody_saw_it", "unanimous_and_wrong")
        return say(match, hits.nothing_earned if said else hits.all_wrong, weight=STRONG) if lead != "no_points" else []
    told: Paragraph = []
    if lead not in ("lone_exact", "many_exact") and _told_plainly(match) not in ("exact", "no_exact"):
        told += say(match, hits.exact, weight=STRONG) or say(match, hits.no_exact)
    told += say(match, hits.difference) + say(match, hits.other_draw)
    told += say(match, hits.way_only) if lead != "only_one_saw_it" else []
    return told + (say(match, hits.wrong, weight=EXTRA) if match.tells(2, "wrong") else [])


def _worth(match: Reading) -> Paragraph:
    """Return what it was worth, where that is notable: an outcome that few had; now and then the field's points."""
    facts = match.facts
    few = 0 < facts.field.chosen(facts.tendency) * 3 <= facts.field.size
    told = say(match, hits.worth, weight=EXTRA) if few or match.tells(4, "worth") else []
    if match.tells(3, "takings"):
        told += say(match, hits.takings, weight=EXTRA)
    return told + (say(match, hits.best, weight=EXTRA) if not facts.exact and match.tells(2, "best") else [])


def the_table(match: Reading) -> Paragraph:
    """Return who leads, who moved, and which runs and records there were."""
    facts = match.facts
    if not facts.field.size:
        return say(match, table.table_stands) + say(match, table.table_empty)
    return [*_leader(match), *_moves(match), *_records(match), *_runs(match)]


def _unless_told(match: Reading, *keys: str, weight: int = USUAL) -> tuple[Paragraph, bool]:
    """Return the first of these storylines that is true; nothing, but that it is told, if it leads the article."""
    for key in keys:
        if key in match.lines:
            leads = match.lead is not None and match.lead.key == key
            return ([] if leads else say(match, LINES[key], False, weight=weight)), True
    return [], False


LEADERS = (table.no_points_yet, table.first_table, table.leads_alone, table.lead_shared, table.still_leads)


def _leader(match: Reading) -> Paragraph:
    keys = ("new_leader", "level_at_the_top", "lead_grown", "lead_shrunk")
    lead = match.lead.key if match.lead else ""
    if lead in keys or "new_leader" in match.lines:
        return _unless_told(match, *keys, weight=STRONG)[0]
    # The gap as such is told in some articles, the averages themselves in others.
    told, found = _unless_told(match, *keys, weight=STRONG) if match.one_in(2, "gap") else ([], False)
    return told if found else first_of(match, LEADERS, weight=STRONG)


def _moves(match: Reading) -> Paragraph:
    swapped = say(match, table.swapped)
    if swapped and not {"biggest_climb", "biggest_fall", "new_leader"} & set(match.lines):
        return swapped + _joined(match)
    up, climbed = _unless_told(match, "biggest_climb")
    down, fallen = _unless_told(match, "biggest_fall")
    told = up if climbed else say(match, table.rose)
    told = told + (down if fallen else say(match, table.fell))
    if not told and match.tells(3, "unmoved"):
        told = say(match, table.unmoved, weight=EXTRA)
    return told + _joined(match)


def _joined(match: Reading) -> Paragraph:
    return _unless_told(match, "debut")[0]


def _runs(match: Reading) -> Paragraph:
    """Return the runs that ended and those that go on, so that the last word is of what the next match can bring."""
    ended, has_ended = _unless_told(match, "streak_ended")
    longest, is_longest = _unless_told(match, "longest_streak")
    told = ended if has_ended else say(match, runs.run_ended)
    return told + (longest if is_longest else say(match, runs.run_goes_on))


def _is_notable(match: Reading, key: str) -> bool:
    """Whether a storyline is worth a sentence beside another: a first exact score is not in the first matches."""
    return key != "first_exact" or int(match.lines[key].value("n")) >= LATE_FOR_A_FIRST


LATE_FOR_A_FIRST = 5

RECORDS = ("top_score", "biggest_miss", "first_exact", "exact_after_drought", "best_round", "worst_round")


def _records(match: Reading) -> Paragraph:
    lead = match.lead.key if match.lead else ""
    told: Paragraph = []
    for key in RECORDS:
        if key in match.lines and key != lead and _is_notable(match, key):
            told += say(match, LINES[key], False, weight=USUAL)
    extras = [
        (table.most_exact, 2),
        (table.place_of_the_best, 2),
        (table.last, 4),
        (table.season_so_far, 5),
    ]
    for slot, many in extras:
        told += say(match, slot, weight=EXTRA) if match.tells(many, slot.name) else []
    return told
