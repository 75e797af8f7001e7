"""Asks a language model about one match: every call with a row of its own, again after a pause if that may help."""

import re
from dataclasses import dataclass
from functools import partial
from time import monotonic, sleep
from typing import Any

from django.conf import settings

from tenacity import RetryCallState, Retrying, retry_if_exception, wait_random_exponential

from content import spending
from content.check import Problem
from content.models import Attempt, WriterName
from content.writers.llm import NotWrittenError
from content.writers.llm_answer import Answer, answer_from, storable
from content.writers.llm_client import MOST_TOKENS, NoReplyError, Reply, Server, ask, blotted, tokens_of
from content.writers.llm_prompt import PROMPT_VERSION, Messages

TRIES = 4
LEAST_SHARE = 0.1
"""Of LLM_TIMEOUT: with less time left, nothing is asked any more."""
LONGEST_TEXT = 20_000
ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
PAUSE = wait_random_exponential(multiplier=0.5, max=10)


@dataclass(frozen=True)
class Subject:
    """What an article is to be about: a match, or (None) something else that has facts; `name` is for people."""

    match_id: int | None
    name: str
    facts_hash: str


def server() -> Server:
    """Return the server that the settings name."""
    return Server(settings.LLM_BASE_URL, settings.LLM_MODEL, settings.LLM_API_KEY)


class Interviewer:
    """Asks about one subject until a moment of the monotonic clock; see `writers.llm.Interview`."""

    def __init__(self, subject: Subject, until: float) -> None:
        self.subject, self.until, self.server = subject, until, server()

    def ask(self, messages: Messages, *, is_repair: bool) -> "Question":
        """Return an answer, whatever it says. Raises `NotWrittenError`."""
        tries = Retrying(
            retry=retry_if_exception(lambda error: isinstance(error, NoReplyError) and error.again),
            stop=self._is_enough,
            wait=_pause,
            sleep=sleep,
            reraise=True,
        )
        try:
            return tries(partial(self._ask_once, messages, is_repair))
        except NoReplyError as error:
            raise NotWrittenError(str(error)) from None
        except spending.NoMoreCallsError as error:
            raise NotWrittenError(str(error)) from None

    def _is_enough(self, state: RetryCallState) -> bool:
        """A pause that would leave no time for another try is not begun."""
        left = self.until - monotonic() - state.upcoming_sleep
        return state.attempt_number >= TRIES or left < self._least

    @property
    def _least(self) -> float:
        return LEAST_SHARE * float(settings.LLM_TIMEOUT)

    def _ask_once(self, messages: Messages, is_repair: bool) -> "Question":
        seconds = min(float(settings.LLM_TIMEOUT), self.until - monotonic())
        if seconds < self._least:
            raise NoReplyError("there was no time left to ask", again=False, may_cost=False)
        question = Question(self._attempt(is_repair), self.server)
        question.begin(messages)
        try:
            question.hear(ask(self.server, messages, seconds))
        except NoReplyError as error:
            question.fail(error)
            raise
        return question

    def _attempt(self, is_repair: bool) -> Attempt:
        return Attempt(
            match_id=self.subject.match_id,
            subject=self.subject.name[:200],
            facts_hash=self.subject.facts_hash,
            writer=WriterName.LLM,
            language_model=self.server.model,
            prompt_version=PROMPT_VERSION,
            is_repair=is_repair,
        )


def _pause(state: RetryCallState) -> float:
    """Return the seconds before the next try: a growing random pause, and no less than the server asked for."""
    error = state.outcome.exception() if state.outcome else None
    return max(PAUSE(state), error.after if isinstance(error, NoReplyError) else 0)


class Question:
    """One call and its row; see `writers.llm.Asked`."""

    def __init__(self, attempt: Attempt, asked: Server) -> None:
        self.attempt, self.server, self.text, self.began = attempt, asked, "", monotonic()

    def begin(self, messages: Messages) -> None:
        spending.begin(self.attempt, spending.price(tokens_of(messages), MOST_TOKENS))
        self.began = monotonic()

    def hear(self, reply: Reply) -> None:
        """Notes what the answer took: whoever reads it may not live to say what it is worth."""
        self.text = reply.text
        spending.end(
            self.attempt,
            spending.price(reply.input_tokens, reply.output_tokens),
            input_tokens=reply.input_tokens,
            output_tokens=reply.output_tokens,
            tokens_estimated=reply.estimated,
            seconds=self._seconds(),
        )

    def fail(self, error: NoReplyError) -> None:
        """Notes why there is no answer; a call that may have cost something goes on counting with the most it may."""
        cost = self.attempt.cost if error.may_cost else spending.price(0, 0)
        self._end(Attempt.Outcome.FAILED, cost=cost, error=str(error)[:500], seconds=self._seconds())

    def answer(self) -> Answer:
        """Return the article in it, in which the key, which the server knows, is blotted out: the check finds that."""
        found = answer_from(self.text)
        return Answer(self._kept(found.headline), self._kept(found.prose))

    def unusable(self, why: str) -> None:
        text = self._kept(ESCAPED.sub(lambda found: chr(int(found[1], 16)), self.text))[:LONGEST_TEXT]
        self._end(Attempt.Outcome.FAILED, error=f"the answer can't be used: {why}"[:500], prose=text)

    def checked(self, answer: Answer, problems: tuple[Problem, ...]) -> None:
        self._end(
            Attempt.Outcome.PROBLEMS if problems else Attempt.Outcome.ACCEPTED,
            headline=answer.headline,
            prose=answer.prose,
            problems=[spending.as_stored(problem) for problem in problems],
            words=answer.words,
        )

    def _end(self, outcome: Attempt.Outcome, *, cost: Any = None, **what: Any) -> None:
        spending.end(self.attempt, self.attempt.cost if cost is None else cost, outcome=outcome, **what)

    def _kept(self, text: str) -> str:
        return storable(blotted(text, self.server.key))

    def _seconds(self) -> float:
        return round(monotonic() - self.began, 3)
