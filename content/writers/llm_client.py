"""Asks a language model once, over the OpenAI chat protocol, and waits no longer and reads no more than it should.

Nothing that a server sent goes into an error: it may repeat the key.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import Any, Protocol, TypeVar

import httpx2
from openai import APIConnectionError, APIStatusError, APITimeoutError, OpenAI, OpenAIError
from openai.types.chat import ChatCompletion

from content.writers.llm_prompt import SCHEMA, Messages

TEMPERATURE = 0.4
MOST_TOKENS = 900
MOST_BYTES = 200_000
"""Of one response; an article has a few thousand."""
CHARACTERS_A_TOKEN = 3
"""Few, so that an estimate is rather too high."""

BY_SCHEMA = {"type": "json_schema", "json_schema": {"name": "roundup", "strict": True, "schema": SCHEMA}}
WAYS: tuple[Mapping[str, Any], ...] = (
    {"response_format": BY_SCHEMA, "max_tokens": MOST_TOKENS},
    {"response_format": {"type": "json_object", "schema": SCHEMA}, "max_tokens": MOST_TOKENS},
    {"max_tokens": MOST_TOKENS},
    {"response_format": BY_SCHEMA, "max_completion_tokens": MOST_TOKENS},
)
"""How to ask for JSON of a limited length; a server that refuses one way is asked in the next.

The second is that of llama.cpp; others that know `json_object` pass over the schema.
"""

BUSY = frozenset({408, 409, 425, 429})
REFUSES_THE_FORM = frozenset({400, 415, 422})
HINTS = {
    401: ": is LLM_API_KEY right?",
    403: ": may LLM_API_KEY do this?",
    404: ": are LLM_BASE_URL and LLM_MODEL right?",
}

T = TypeVar("T")


class Revealing(Protocol):
    """A secret, as the settings hold it."""

    def reveal(self) -> str: ...


@dataclass(frozen=True)
class Server:
    """Where to ask, and for which model."""

    base_url: str
    model: str
    key: Revealing


@dataclass(frozen=True)
class Reply:
    """What came, and how many tokens it took; `estimated`: the server did not say."""

    text: str
    input_tokens: int
    output_tokens: int
    estimated: bool


class NoReplyError(RuntimeError):
    """No usable reply came.

    `again`: another try may help, after so many seconds at least. `may_cost`: the server may have worked on it.
    """

    def __init__(self, message: str, *, again: bool, after: float = 0, may_cost: bool = True) -> None:
        super().__init__(message)
        self.again, self.after, self.may_cost = again, after, may_cost


class TooMuchError(RuntimeError):
    """A response is longer than any article."""


_ways: dict[tuple[str, str], int] = {}
"""Server and model → the way of `WAYS` that it has not refused, for as long as this process lives."""
_proved: set[tuple[str, str]] = set()
"""Those that have answered in that way. Of others a 500 may mean that they don't know it: some servers do that."""


def ask(server: Server, messages: Messages, seconds: float) -> Reply:
    """Return the reply to one question; raises `NoReplyError`, at the latest when the seconds are over."""
    place = (server.base_url, server.model)
    way = _ways.get(place, 0)
    http = _http(seconds)
    try:
        completion = within(seconds, _call(http, server, messages, WAYS[way]))
    except TimeoutError:
        raise NoReplyError(f"no answer within {seconds:.3g} seconds", again=True) from None
    except APIStatusError as error:
        raise _refused(error.status_code, error.response.headers, place, way) from None
    except APITimeoutError:
        raise NoReplyError(f"no answer within {seconds:.3g} seconds", again=True) from None
    except APIConnectionError as error:
        raise _broken(error) from None
    except TooMuchError as error:
        raise NoReplyError(str(error), again=False) from None
    except Exception as error:  # noqa: BLE001  whatever a server can bring a client to: it must never keep a match back
        raise NoReplyError(f"the answer could not be read ({type(error).__name__})", again=True) from None
    finally:
        http.close()  # of a call that still lasts, in its thread, this is the end
    _proved.add(place)
    return _reply(completion, messages, server.key)


def _http(seconds: float) -> httpx2.Client:
    """Return a client that follows no redirect: it would carry the facts, or the key, to wherever a server says."""
    end = monotonic() + seconds

    def bound(response: httpx2.Response) -> None:
        if response.headers.get("content-encoding", "identity") != "identity":
            raise TooMuchError("the answer is compressed, though none such was asked for")
        response.stream = Bounded(response.stream, end)

    return httpx2.Client(timeout=seconds, follow_redirects=False, event_hooks={"response": [bound]})


def _call(http: httpx2.Client, server: Server, messages: Messages, way: Mapping[str, Any]) -> Callable[[], Any]:
    """Return what makes the call: it returns a `ChatCompletion`, or the text of a response that is none."""
    client = OpenAI(
        base_url=server.base_url,
        api_key=server.key.reveal() or "none",
        http_client=http,
        max_retries=0,
        default_headers={"Accept-Encoding": "identity"},
    )
    create = client.chat.completions.create  # loads much when it is asked for first: not in the time of the answer
    asked: dict[str, Any] = {"model": server.model, "messages": list(messages), "temperature": TEMPERATURE}
    return lambda: create(**asked, **way)


class Bounded(httpx2.SyncByteStream):
    """The body of a response, up to so many bytes and a moment of the monotonic clock."""

    def __init__(self, inner: Any, end: float) -> None:
        self.inner, self.end = inner, end

    def __iter__(self) -> Iterator[bytes]:
        read = 0
        for chunk in self.inner:
            read += len(chunk)
            if read > MOST_BYTES:
                raise TooMuchError(f"the answer is longer than {MOST_BYTES} bytes")
            if monotonic() > self.end:
                raise httpx2.ReadTimeout("the answer took too long")
            yield chunk

    def close(self) -> None:
        self.inner.close()


def within(seconds: float, call: Callable[[], T]) -> T:
    """Return what a call returns, or raise what it raises; `TimeoutError` when the seconds are over.

    The call runs in a thread of its own, which is left to itself then: a name that is looked up, or headers that come
    byte by byte, can't be given a limit in another way.
    """
    done: SimpleQueue[tuple[T | None, Exception | None]] = SimpleQueue()

    def run() -> None:
        try:
            done.put((call(), None))
        except Exception as error:  # noqa: BLE001  it is raised where the result is waited for
            done.put((None, error))

    Thread(target=run, name="language model", daemon=True).start()
    try:
        result, error = done.get(timeout=seconds)
    except Empty:
        raise TimeoutError from None
    if error:
        raise error
    return result  # type: ignore[return-value]  # a T, since there was no error


def _broken(error: OpenAIError) -> NoReplyError:
    cause = type(error.__cause__).__name__
    never_there = isinstance(error.__cause__, httpx2.ConnectError)
    said = "the server can't be reached" if never_there else f"the connection broke ({cause})"
    return NoReplyError(said, again=True, may_cost=not never_there)


def _refused(status: int, headers: Mapping[str, str], place: tuple[str, str], way: int) -> NoReplyError:
    """Return what to make of a status that is no success; of a refused form, that the next way is to be tried."""
    if status == 500 and place not in _proved:
        _ways[place] = (way + 1) % len(WAYS)
    if status in BUSY or status >= 500:
        return NoReplyError(f"the server answered {status}", again=True, after=retry_after(headers), may_cost=False)
    if status in REFUSES_THE_FORM:
        _ways[place] = (way + 1) % len(WAYS)
        again = bool(_ways[place])
        return NoReplyError(f"the server answered {status} to the form of the question", again=again, may_cost=False)
    hint = ": a redirect is not followed, is LLM_BASE_URL right?" if 300 <= status < 400 else HINTS.get(status, "")
    return NoReplyError(f"the server answered {status}{hint}", again=False, may_cost=False)


def retry_after(headers: Mapping[str, str], now: datetime | None = None) -> float:
    """Return for how many seconds a server wants to be left alone: by a number, or a date; 0 if it does not say."""
    given = headers.get("retry-after", "").strip()
    if given.replace(".", "", 1).isdecimal() and given.isascii():
        return float(given)
    try:
        until = parsedate_to_datetime(given)
    except ValueError:
        return 0
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max((until - (now or datetime.now(UTC))).total_seconds(), 0)


def _reply(completion: Any, messages: Messages, key: Revealing) -> Reply:
    """Return the text of a completion, with the key, should it stand there, blotted out."""
    text = _text(completion)
    if text is None:
        raise NoReplyError("the answer is no chat completion", again=True)
    text = blotted(text, key)
    usage = completion.usage
    asked, answered = (_count(getattr(usage, name, None)) for name in ("prompt_tokens", "completion_tokens"))
    if asked is None or answered is None:
        return Reply(text, tokens_of(messages), len(text) // CHARACTERS_A_TOKEN + 1, estimated=True)
    return Reply(text, asked, answered, estimated=False)


def blotted(text: str, key: Revealing) -> str:
    """Return a text without the key; a few letters are no key, and would blot out words."""
    return text.replace(key.reveal(), "[key]") if len(key.reveal()) >= 8 else text


def _text(completion: Any) -> str | None:
    """The client takes responses as they are: every field may be missing, or of another type."""
    if not isinstance(completion, ChatCompletion) or not isinstance(completion.choices, list) or not completion.choices:
        return None
    message = getattr(completion.choices[0], "message", None)
    content = getattr(message, "content", None)
    if content is None and message is not None:
        return ""
    return content if isinstance(content, str) else None


def _count(tokens: Any) -> int | None:
    return tokens if isinstance(tokens, int) and not isinstance(tokens, bool) and 0 <= tokens <= 10_000_000 else None


def tokens_of(messages: Messages) -> int:
    """Return how many tokens messages have, rather too many than too few."""
    return sum(len(message["content"]) // CHARACTERS_A_TOKEN + 8 for message in messages)
