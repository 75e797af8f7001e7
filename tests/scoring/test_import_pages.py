"""Files are imported in the admin in two steps: what they would do is shown, and done when it is confirmed."""

import json
import re
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

import pytest

from scoring.admin import importing
from scoring.models import AIModel, Competition, Goal, Match, Prediction, Season, Team
from scoring.rules import Goals
from scoring.services import record_result
from scoring.services.results import Result
from tests.factories import KICKOFF, a_match, a_model, predictions

pytestmark = pytest.mark.django_db
HEADER = "model,date,home_team,away_team,home_goals,away_goals,submitted_at"
BEFORE, AFTER = "2026-06-10T12:00:00Z", "2026-06-12T12:00:00Z"
TABLES = (AIModel, Competition, Goal, LogEntry, Match, Prediction, Season, Team)


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))


def url(kind: str, page: str = "import") -> str:
    return reverse(f"admin:scoring_{kind}_{page}")


def look(client: Client, kind: str, content: str | bytes, **options: Any) -> str:
    """Sends a file, and returns the page that shows what it would do."""
    bytes_of = content if isinstance(content, bytes) else content.encode()
    response = client.post(url(kind), {"file": SimpleUploadedFile("file of mine", bytes_of), **options})
    assert response.status_code == 200
    return unescape(response.content.decode())


def confirm(client: Client, kind: str, page: str, **said: str) -> str:
    token = re.search(r'name="upload" value="([^"]+)"', page)
    assert token, page
    response = client.post(url(kind, "process_import"), {"upload": token[1], **said}, follow=True)
    return unescape(response.content.decode())


def csv_of(*rows: str) -> str:
    return "\n".join([HEADER, *rows, ""])


def document(*matches: dict[str, Any], name: str = "Cup 2026") -> str:
    return json.dumps({"name": name, "matches": list(matches)})


def row(home: str = "Mexico", away: str = "Wales", **fields: Any) -> dict[str, Any]:
    return {"date": "2026-06-11", "time": "18:00 UTC+0", "team1": home, "team2": away, "round": "1", **fields}


def everything() -> list[Any]:
    return [list(table._default_manager.order_by("pk").values()) for table in TABLES]


def shown(page: str) -> list[tuple[str, ...]]:
    """Return the rows of the table of changes."""
    cells = r"<tr><td>(.*?)</td><th scope=\"row\">(.*?)</th><td>(.*?)</td></tr>"
    return [tuple(found) for found in re.findall(cells, page)]


def test_predictions_are_shown_row_by_row_and_written_when_they_are_confirmed(operator: Client, tmp_path: Path) -> None:
    match = a_match()
    Match.objects.filter(pk=match.pk).update(kickoff=KICKOFF + timedelta(days=3650))
    predictions(match, {"Oracle": (1, 0), "Dice": (0, 0)})
    late = a_match("Qatar", "Ecuador")
    content = csv_of(
        f"Oracle,2026-06-11,Mexico,Wales,2,1,{BEFORE}",
        "Dice,2026-06-11,Mexico,Wales,0,0,",
        f"Novice,2026-06-11,Mexico,Wales,3,3,{BEFORE}",
        f"Novice,2026-06-11,Qatar,Ecuador,1,1,{AFTER}",
    )
    before = everything()
    page = look(operator, "prediction", content)
    assert everything() == before
    rows = shown(page)
    assert [(kind, name.partition(":")[0]) for kind, name, _ in rows] == [
        ("new", "Novice"),
        ("changed", "Oracle"),
        ("new, late", "Novice"),
    ]
    assert "predicted 3–3" in rows[0][2]
    assert "predicted 1–0 → 2–1" in rows[1][2]
    assert "2 new, 1 changed, 1 unchanged" in page
    assert "New models: Novice" in page
    assert "1 matches that have begun get a new revision" in page
    said = confirm(operator, "prediction", page, reason="they were late in writing")
    assert "file of mine: 2 new, 1 changed, 1 unchanged" in said
    assert Prediction.objects.count() == 4
    assert Prediction.objects.get(model=a_model("Oracle")).scoreline == (2, 1)
    entry = LogEntry.objects.get()
    assert (entry.object_repr, entry.user.get_username()) == ("file of mine", "operator")
    assert entry.get_change_message() == (
        "Imported the file: 2 new, 1 changed, 1 unchanged. Why: they were late in writing"
    )
    assert late.changes.get().by == "import file of mine by operator"
    assert list(tmp_path.iterdir()) == []


def test_matches_are_shown_row_by_row_and_written_when_they_are_confirmed(operator: Client) -> None:
    first = row(score={"ft": [1, 0]}, goals1=[{"name": "A. Name", "minute": 9}], goals2=[])
    before = everything()
    page = look(operator, "match", document(first, row("Qatar", "Ecuador")), time_zone="Europe/London")
    assert everything() == before
    assert [kind for kind, *_ in shown(page)] == ["new"] * 3
    assert "New teams: Ecuador, Mexico, Qatar, Wales" in page
    confirm(operator, "match", page)
    assert (Match.objects.count(), Goal.objects.count()) == (2, 1)
    assert Competition.objects.get().time_zone == "Europe/London"
    assert LogEntry.objects.get().get_change_message() == "Imported the file: Cup 2026, 2 new, 0 changed, 0 unchanged"
    again = look(
        operator, "match", document(row(score={"ht": [1, 0], "ft": [2, 0]}, venue="x"), row("Qatar", "Ecuador"))
    )
    assert shown(again) == [("changed", "Mexico – Wales, 2026-06-11", "half-time – → 1–0; full-time 1–0 → 2–0")]
    assert "1 changed, 1 unchanged" in again
    assert "1 list of goals" in again
    same = look(operator, "match", document(first))
    assert "No row would change" in same


def test_what_is_said_beside_a_file_of_matches_is_done(operator: Client) -> None:
    confirm(operator, "match", look(operator, "match", document(row())))
    match = Match.objects.get()
    Match.objects.filter(pk=match.pk).update(date="2026-06-11")
    renamed = document(row("México"))
    page = look(operator, "match", renamed)
    assert "probably the same match" in page
    assert "the field “Renamed teams”" in page
    assert "--rename" not in page
    renames = look(operator, "match", renamed, renames="Mexico=México")
    assert "Other names kept as aliases" in renames
    confirm(operator, "match", renames)
    assert str(Match.objects.get().home) == "México"
    record_result(match.pk, Result(full_time=Goals(0, 0)), by="somebody")
    other = document(row("México", score={"ft": [4, 4]}), name="")
    assert "the field “Name”" in look(operator, "match", other)
    kept = look(operator, "match", other, name="Cup 2026")
    assert "a person recorded full-time 0–0; the file says full-time 4–4" in kept
    confirm(operator, "match", look(operator, "match", other, name="Cup 2026", overwrite="on"))
    match.refresh_from_db()
    assert match.goals_of("full_time") == (4, 4)
    named = look(operator, "match", other, time_zone="Nowhere/Else", renames="no equals sign")
    assert "there is no time zone" in named
    assert "is not OLD=NEW" in named


def test_what_changed_between_looking_and_confirming_is_looked_at_anew(operator: Client) -> None:
    match = a_match()
    Match.objects.filter(pk=match.pk).update(kickoff=KICKOFF + timedelta(days=3650))
    content = csv_of(f"Oracle,2026-06-11,Mexico,Wales,2,1,{BEFORE}")
    page = look(operator, "prediction", content)
    predictions(match, {"Oracle": (0, 0)})
    again = confirm(operator, "prediction", page)
    assert "Something else has changed since you looked" in again
    assert [kind for kind, *_ in shown(again)] == ["changed"]
    assert Prediction.objects.get().scoreline == (0, 0)
    confirm(operator, "prediction", again)
    assert Prediction.objects.get().scoreline == (2, 1)


def test_what_is_refused_by_now_writes_nothing(operator: Client) -> None:
    match = a_match()
    page = look(operator, "prediction", csv_of("Oracle,2026-06-11,Mexico,Wales,2,1,"))
    Match.objects.all().delete()
    refused = confirm(operator, "prediction", page)
    assert "Nothing was imported of file of mine: 1 thing to correct" in refused
    assert f"line 2: no match Mexico – Wales on {match.date}" in refused
    assert (Prediction.objects.count(), LogEntry.objects.count()) == (0, 0)


HOSTILE: dict[str, tuple[str, str | bytes, str]] = {
    "empty": ("prediction", "", "The submitted file is empty"),
    "not text": (
        "prediction",
        b"\x89PNG\r\n\x1a\n\x00\x00\xff",
        "line 1: byte 0x89 is not UTF-8; save the file",
    ),
    "latin-1": ("prediction", f"{HEADER}\nOracle,2026-06-11,M\u00e9xico".encode("latin-1"), "line 2: byte 0xe9"),
    "UTF-16": ("prediction", csv_of().encode("utf-16"), "line 1: byte 0xff is not UTF-8"),
    "semicolons": ("prediction", HEADER.replace(",", ";"), "line 1: the columns are not separated by commas"),
    "columns": ("prediction", "model,date\nx,y\n", "line 1: the header lacks home_team"),
    "twice": ("prediction", f"{HEADER},model\n", "stands in the header twice"),
    "a quote": ("prediction", csv_of('"Oracle,2026-06-11,Mexico,Wales,1,0,'), ": not CSV"),
    "goals": ("prediction", csv_of("Oracle,2026-06-11,Mexico,Wales,-1,0,"), 'line 2: home_goals is "-1"'),
    "a formula": ("prediction", csv_of("Oracle,=1+1,Mexico,Wales,1,0,"), 'line 2: date "=1+1" is not a date'),
    "no team": ("prediction", csv_of("Oracle,2026-06-11,<b>,Wales,1,0,"), 'line 2: there is no team "<b>"'),
    "a field without end": ("prediction", csv_of("x" * 200_000), "line 2: not CSV"),
    "not JSON": ("match", "{", "line 1, column 2: not JSON"),
    "a list": ("match", "[]", "not an object"),
    "CSV": ("match", csv_of(), "not JSON"),
    "deep": ("match", "[" * 100_000, "too deep to read"),
    "no year": ("match", document(row(), name="Cup"), "has no year in it; say it with the field “Name”"),
    "a date": ("match", document(row(date="yesterday")), 'matches[0] Mexico – Wales, yesterday: date "yesterday"'),
    "JSON in Latin-1": ("match", '{"name": "\u00e9"}'.encode("latin-1"), "line 1: byte 0xe9 is not UTF-8"),
    "twice with other scores": (
        "match",
        document(row(score={"ft": [1, 0]}), row(score={"ft": [0, 0]})),
        "stands at matches[0] too, with another score; keep one of them",
    ),
}


@pytest.mark.parametrize(("kind", "content", "says"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_file_that_cannot_be_read_is_refused_with_the_line_and_the_way_out(
    operator: Client, kind: str, content: str | bytes, says: str
) -> None:
    a_match()
    before = everything()
    page = look(operator, kind, content)
    assert says in page
    assert 'name="upload"' not in page
    assert everything() == before


def test_names_with_markup_come_out_as_text(operator: Client) -> None:
    script = "<script>alert(1)</script>"
    raw = operator.post(
        url("match"), {"file": SimpleUploadedFile("<img src=x>.json", document(row(script)).encode())}
    ).content.decode()
    assert script not in raw
    assert "<img src=x>" not in raw
    assert "&lt;script&gt;alert(1)" in raw


def test_a_file_that_is_too_large_is_refused_with_the_command(
    operator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "MEGABYTES", 1)
    page = look(operator, "prediction", b"x" * (1024 * 1024 + 1))
    assert "The file has 1.0 MB, and here 1 are the most: import it with manage.py import_predictions" in page
    assert "Choose" not in page or 'name="upload"' not in page


def test_only_who_has_looked_can_confirm_and_only_by_post(operator: Client) -> None:
    a_match()
    page = look(operator, "prediction", csv_of("Oracle,2026-06-11,Mexico,Wales,2,1,"))
    other = Client()
    other.force_login(User.objects.create(username="other", is_staff=True, is_superuser=True))
    assert "the file is no longer here" in confirm(other, "prediction", page)
    assert "the file is no longer here" in confirm(operator, "prediction", page.replace('value="', 'value="x', 99))
    assert operator.get(url("prediction", "process_import")).status_code == 405
    assert Prediction.objects.count() == 0


def test_who_may_only_look_finds_no_way_to_import(client: Client) -> None:
    reader = User.objects.create(username="reader", is_staff=True)
    reader.user_permissions.set(Permission.objects.filter(codename__in=["view_match", "view_prediction"]))
    client.force_login(reader)
    for kind in ("match", "prediction"):
        page = client.get(reverse(f"admin:scoring_{kind}_changelist")).content.decode()
        assert (url(kind) in page, url(kind, "export") in page) == (False, True)
        assert client.get(url(kind)).status_code == 403
        assert client.post(url(kind, "process_import"), {}).status_code == 403
    reader.user_permissions.add(*Permission.objects.filter(codename__in=["add_match", "add_prediction"]))
    assert [client.get(url(kind)).status_code for kind in ("match", "prediction")] == [403, 403]
    reader.user_permissions.add(*Permission.objects.filter(codename__in=["change_match", "change_prediction"]))
    for kind in ("match", "prediction"):
        assert url(kind) in client.get(reverse(f"admin:scoring_{kind}_changelist")).content.decode()
        assert client.get(url(kind)).status_code == 200
