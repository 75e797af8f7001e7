"""What the check finds: a place in a text, and what the facts say there."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["number", "name", "word", "context", "not checkable", "other"]
Where = Literal["text", "headline"]


@dataclass(frozen=True, order=True)
class Problem:
    """Something that the facts do not carry. `start` and `end` are offsets into the text, or into the headline.

    `says` are the words as they stand there, `facts_say` is what the facts say instead, in plain English. Kinds: a
    `number`, a `name` or a `word` is wrong; in the `context` of these names a right number is wrong; `not checkable`:
    the facts hold nothing about it; `other`: what no article may hold (quotes, HTML, places not filled in).
    """

    start: int
    end: int
    kind: Kind
    says: str
    facts_say: str
    where: Where = "text"
