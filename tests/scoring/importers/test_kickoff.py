"""Times of day, and the moments they mean."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from scoring.importers.kickoff import Kickoff, kickoff, read_time, read_zone
from scoring.importers.values import WrongValueError

DAY = date(2026, 6, 11)


def at(hour: int, minute: int = 0, days: int = 0) -> Kickoff:
    return Kickoff(datetime(2026, 6, 11, hour, minute, tzinfo=UTC) + timedelta(days=days), time_known=True)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("13:00 UTC-6", at(19)),
        ("20:00 UTC-7", at(3, days=1)),
        ("01:00 UTC+9", at(16, days=-1)),
        ("18:30 CEST", at(16, 30)),
        ("18:30 cet", at(17, 30)),
        ("9:30 EDT", at(13, 30)),
        ("20:00 UTC", at(20)),
        ("20:00Z", at(20)),
        ("20:00 Z", at(20)),
        ("20:00 UTC+5:30", at(14, 30)),
        ("20:00 GMT+0530", at(14, 30)),
        ("20:00 +02:00", at(18)),
        ("20:00+02:00", at(18)),
        ("20:00 UTC−3", at(23)),
        ("20:00:00 UTC+0", at(20)),
        ("20.00 UTC+1", at(19)),
        ("20:00 (BST)", at(19)),
        ("20:00 Europe/London", at(19)),
    ],
)
def test_a_time_with_an_offset_is_a_moment(text: str, moment: Kickoff) -> None:
    assert kickoff(DAY, read_time(text), None) == moment
    assert kickoff(DAY, read_time(text), ZoneInfo("Asia/Tokyo")) == moment


@pytest.mark.parametrize(("text", "moment"), [("20:00", at(19)), ("9:30", at(8, 30))])
def test_a_time_without_an_offset_is_read_in_the_zone_of_the_competition(text: str, moment: Kickoff) -> None:
    assert kickoff(DAY, read_time(text), ZoneInfo("Europe/London")) == moment


@pytest.mark.parametrize("text", ["20:00", None, "", "TBD", "?"])
def test_without_a_time_or_a_zone_it_is_the_beginning_of_the_day(text: str | None) -> None:
    assert kickoff(DAY, read_time(text), None) == Kickoff(datetime(2026, 6, 11, tzinfo=UTC), time_known=False)


def test_no_time_is_none_even_where_the_zone_is_known() -> None:
    unknown = Kickoff(datetime(2026, 6, 11, tzinfo=UTC), time_known=False)
    assert kickoff(DAY, read_time(None), ZoneInfo("Europe/London")) == unknown


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("25:00", 'time "25:00" is not a time of day; write it like 20:00 or 20:00 UTC+2'),
        ("20:60", 'time "20:60" is not a time of day; write it like 20:00 or 20:00 UTC+2'),
        ("evening", 'time "evening" is not a time of day; write it like 20:00 or 20:00 UTC+2'),
        (20, 'time "20" is not a time of day; write it like 20:00 or 20:00 UTC+2'),
        (["20:00"], "time \"['20:00']\" is not a time of day; write it like 20:00 or 20:00 UTC+2"),
        ("20:00 XYZ", 'time: the zone "XYZ" is not known; write it as an offset, like UTC+2'),
        ("20:00 IST", 'time: the zone "IST" is not known; write it as an offset, like UTC+2'),
        ("20:00 UTC+15", 'time: the zone "UTC+15" is not known; write it as an offset, like UTC+2'),
    ],
)
def test_what_is_no_time_says_so(value: object, message: str) -> None:
    with pytest.raises(WrongValueError) as error:
        read_time(value)
    assert str(error.value) == message


def test_a_zone_nobody_knows_says_so() -> None:
    assert read_zone("Europe/London").key == "Europe/London"
    for name in ("Mars/Base", "../etc/passwd", ""):
        with pytest.raises(WrongValueError) as error:
            read_zone(name)
        assert str(error.value) == f'there is no time zone "{name}"; say it like Europe/London'
