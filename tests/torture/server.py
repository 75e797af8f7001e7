"""A PostgreSQL of the harness's own that can be stopped, killed and started again on the same data."""

import subprocess
import time
from contextlib import suppress
from pathlib import Path

import psutil

from tests.postgres import django_url, start

SECONDS_TO_COME_BACK = 60


class Server:
    """PostgreSQL with its data in `folder`, whose path must be short: it holds the socket."""

    def __init__(self, folder: Path) -> None:
        self.server = start(folder)
        self.url = django_url(self.server)
        info = self.server.get_postmaster_info()
        self.options = f'-h "{info.hostname or ""}" ' + (
            f"-k {info.socket_dir}" if info.socket_dir else f"-p {info.port}"
        )

    def strike(self, kind: str, *, pick: float, down: float) -> bool:
        """Stops or kills what `kind` says and has it running again after `down` seconds.

        A killed backend takes the others down with it, and the server comes back by itself. Returns whether there was
        something to strike.
        """
        if kind == "backend":
            return self._kill_backend(pick)
        if kind == "postmaster":
            self._postmaster().kill()
        else:
            self._ctl("-m", kind.split()[0], "stop")
        time.sleep(down)
        self.start()
        return True

    def _kill_backend(self, pick: float) -> bool:
        backends = self._backends()
        if not backends:
            return False
        try:
            backends[int(pick * len(backends))].kill()
        except psutil.NoSuchProcess:  # its client has just gone
            return False
        return True

    def start(self) -> None:
        """Starts the server; backends that a killed postmaster left behind hold it up for a moment."""
        end = time.monotonic() + SECONDS_TO_COME_BACK
        while True:
            try:
                self._ctl("-o", self.options, "-l", str(self.server.log), "start")
            except subprocess.SubprocessError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.2)
            else:
                return

    def stop(self) -> None:
        """Stops the server for good."""
        if self._pid_file.exists():
            self._ctl("-m", "immediate", "stop")
        self.server.cleanup()

    @property
    def _pid_file(self) -> Path:
        return self.server.pgdata / "postmaster.pid"

    def _postmaster(self) -> psutil.Process:
        return psutil.Process(int(self._pid_file.read_text().splitlines()[0]))

    def _backends(self) -> list[psutil.Process]:
        """Return the processes that work for a client, and not for the server itself."""
        found = []
        for process in self._postmaster().children():
            with suppress(psutil.NoSuchProcess):  # backends come and go while one looks
                words = " ".join(process.cmdline())
                if "[local]" in words or "127.0.0.1" in words:
                    found.append(process)
        return sorted(found, key=lambda process: process.pid)

    def _ctl(self, *arguments: str) -> None:
        # Without pipes: a server that has just been started would keep them open.
        subprocess.run(
            [str(self.server.bin_path / "pg_ctl"), "-w", "-D", str(self.server.pgdata), *arguments],
            user=self.server.system_user,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=True,
            timeout=30,
        )
