"""The writer that asks a language model: what it answers is checked, mended once, never published with a problem."""

from collections.abc import Callable
from typing import Protocol

from content.check import Problem
from content.facts import MatchFacts
from content.writers.layout import laid_out
from content.writers.llm_answer import Answer, UnusableError
from content.writers.llm_prompt import Messages, asked_again, asked_to_mend, asked_to_write
from content.writers.protocol import Article

Check = Callable[[Answer], tuple[Problem, ...]]


class NotWrittenError(RuntimeError):
    """The language model did not write an article that can be published; the message says why, in plain words."""


class Asked(Protocol):
    """One answer, and the row in which it is told what became of it."""

    @property
    def text(self) -> str: ...
    def answer(self) -> Answer:
        """Return the article in it. Raises `UnusableError`."""
        ...

    def unusable(self, why: str) -> None: ...
    def checked(self, answer: Answer, problems: tuple[Problem, ...]) -> None: ...


class Interview(Protocol):
    """Asks about one match. Raises `NotWrittenError` if there is no answer in time, or no more may be asked."""

    def ask(self, messages: Messages, *, is_repair: bool) -> Asked: ...


class LanguageModelWriter:
    """Asks, has the answer checked, and asks once more if it has problems or is no article."""

    name = "llm"

    def __init__(self, interview: Interview, check: Check) -> None:
        self.interview, self.check = interview, check

    def write(self, facts: MatchFacts, *, storyline: str = "") -> Article:
        """Return an article without problems; see `protocol.Writer`. Raises `NotWrittenError`."""
        messages, whys = asked_to_write(facts, storyline), []
        for is_repair in (False, True):
            asked = self.interview.ask(messages, is_repair=is_repair)
            try:
                answer = asked.answer()
            except UnusableError as error:
                asked.unusable(str(error))
                whys.append(f"not usable, {error}")
                messages = asked_again(messages, asked.text, str(error))
                continue
            problems = self.check(answer)
            asked.checked(answer, problems)
            if not problems:
                return Article(answer.headline, laid_out(answer.prose, facts), self.name, prose=answer.prose)
            whys.append(f"{len(problems)} {'problem' if len(problems) == 1 else 'problems'}")
            messages = asked_to_mend(messages, asked.text, problems)
        raise NotWrittenError(f"its answer: {whys[0]}; its second: {whys[1]}")
