"""Keeps children running: revives what dies, and leaves nothing behind."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

from config.embedded import logs, orphans, processes
from config.embedded.children import Child, Spec
from config.embedded.places import Trouble

TICK = 0.1


class Supervisor:
    """All children of one data folder, in the order they start."""

    def __init__(self, data: Path, *, to_files: bool, say: Callable[[str], None]) -> None:
        """Remember where things are; nothing starts yet."""
        self.data = data
        self.to_files = to_files
        self.say = say
        self.children: list[Child] = []
        self.guests: set[int] = set()
        self.stopping = False

    def catch_signals(self) -> None:
        """Let Ctrl-C, SIGTERM and a closed terminal end everything in order."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._asked_to_stop)
        processes.adopt_orphans()

    def _asked_to_stop(self, *_: object) -> None:
        self.stopping = True

    def start(self, *specs: Spec, within: float = 180) -> None:
        """Start children and wait until all are ready; raises Trouble when one is not."""
        fresh = [Child(spec, self.data, to_files=self.to_files) for spec in specs]
        for child in fresh:
            self.children.append(child)
            child.start()
        self._note()
        waiting = list(fresh)
        processes.wait_until(lambda: self.stopping or self._settled(waiting), within=within)
        for child in waiting:
            if not self.stopping:
                message = f"{child.spec.name} did not start. {logs.tail(child.log)}"
                raise Trouble(message)

    def run_once(self, spec: Spec, *, log: Path) -> int:
        """Run a program to its end beside the children; its exit status, 0 when asked to stop."""
        program = processes.start(spec.command, farewell=spec.farewell, log=log)
        self.guests.add(program.pid)
        while program.poll() is None and not self.stopping:
            self.look_after()
            time.sleep(TICK / 2)
        processes.stop(program, spec.farewell, within=spec.patience)
        self.guests.clear()
        return 0 if self.stopping else program.returncode

    def _settled(self, waiting: list[Child]) -> bool:
        """Take out who is ready; one answer is enough, a busy machine may be slow to give the next."""
        self.look_after()
        waiting[:] = [child for child in waiting if not child.spec.ready()]
        return all(child.failures > 2 for child in waiting)  # noqa: PLR2004 - tries

    def look_after(self) -> None:
        """Revive what died and is due; forget what had to run only once."""
        changed = False
        for child in list(self.children):
            changed |= self._look_at(child)
        self._reap_strays()
        if changed:
            self._note()

    def _look_at(self, child: Child) -> bool:
        if child.died():
            if child.spec.once:
                self.children.remove(child)
            else:
                self.say(f"{child.spec.name} ended and is started again.")
            return True
        if child.process is None and time.monotonic() >= child.due and not self.stopping:
            child.start()
            return True
        return False

    def _reap_strays(self) -> None:
        ours = {child.process.pid for child in self.children if child.process} | self.guests
        while True:
            try:
                found = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            except ChildProcessError:
                return
            if found is None or found.si_pid in ours:
                return
            os.waitpid(found.si_pid, os.WNOHANG)

    def _note(self) -> None:
        running = {c.spec.name: c.process.pid for c in self.children if c.process}
        orphans.note(self.data / "pids.json", running)

    def run(self) -> None:
        """Look after the children until asked to stop."""
        while not self.stopping:
            self.look_after()
            logs.keep_small(self.data / "logs")
            time.sleep(TICK)

    def stop(self, *, servers: int) -> None:
        """End everything: programs together, then the first `servers` children, last one first."""
        self.stopping = True
        programs, engines = self.children[servers:], self.children[:servers]
        for child in programs:
            if child.process and child.process.poll() is None:
                child.process.send_signal(child.spec.farewell)
        for child in [*programs, *reversed(engines)]:
            child.stop()
        self._reap_strays()
        (self.data / "pids.json").unlink(missing_ok=True)
