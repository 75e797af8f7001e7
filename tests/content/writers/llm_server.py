"""A real HTTP server that speaks the OpenAI chat protocol as a test tells it to, wrong in every way that it can be."""

import json
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

Turn = Callable[["Handler"], None]


@dataclass
class Script:
    """What the server does, one turn a request; the last one again and again. `asked` holds what came, as it came."""

    turns: Sequence[Turn]
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    over: Event = field(default_factory=Event)
    address: str = ""

    def turn(self) -> Turn:
        return self.turns[min(len(self.asked), len(self.turns)) - 1]


class Server(ThreadingHTTPServer):
    daemon_threads = True
    script: Script

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up on a server that misbehaves is in the right."""


class Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        script = self.server.script
        body = self.rfile.read(int(self.headers["content-length"]))
        script.keys.append(self.headers.get("authorization", ""))
        script.asked.append(json.loads(body) | {"path": self.path})
        self.close_connection = True
        script.turn()(self)

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def send(self, body: bytes, *, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        self.send_header("content-type", headers.pop("kind", "application/json"))
        self.send_header("content-length", headers.pop("length", str(len(body))))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def trickle(self, piece: bytes, seconds: float = 0.05) -> None:
        """Sends the same bytes again and again until the test is over."""
        while not self.server.script.over.wait(seconds):
            self.wfile.write(piece)


@contextmanager
def serving(*turns: Turn) -> Iterator[Script]:
    """Starts the server; its script says where it is and what it was asked."""
    script = Script(turns)
    server = Server(("127.0.0.1", 0), Handler)
    server.script = script
    script.address = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield script
    finally:
        script.over.set()
        server.shutdown()
        server.server_close()
        thread.join()


def nobody() -> str:
    """Return an address at which nothing listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}/v1"


USAGE = {"prompt_tokens": 1000, "completion_tokens": 200, "total_tokens": 1200}


def completion(content: Any, **fields: Any) -> bytes:
    """Return the body of a chat completion with this content."""
    message = {"role": "assistant", "content": content}
    choices = [{"index": 0, "finish_reason": "stop", "message": message}]
    plain = {"id": "c1", "object": "chat.completion", "created": 1, "model": "small", "choices": choices}
    return json.dumps({**plain, "usage": USAGE, **fields}).encode()


def says(content: Any, **fields: Any) -> Turn:
    """A turn that answers as it should, with this content."""
    return lambda handler: handler.send(completion(content, **fields))


def article(headline: str, prose: str) -> str:
    return json.dumps({"headline": headline, "prose": prose})


def writes(headline: str, prose: str, **fields: Any) -> Turn:
    """A turn that answers with an article."""
    return says(article(headline, prose), **fields)


def refuses(status: int, body: bytes = b'{"error": {"message": "no"}}', **headers: str) -> Turn:
    return lambda handler: handler.send(body, status=status, **headers)
