"""Many clients at once: each a thread with a connection of its own."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from threading import Barrier
from typing import TypeVar

CLIENTS = 32
Answer = TypeVar("Answer")
Client = Callable[[], Callable[[], object]]


def rate(make: Client, *, seconds: float) -> float:
    """Return how many calls per second all clients made together; each is made before the clock starts."""
    ready = Barrier(CLIENTS)

    def work() -> tuple[int, float]:
        call = make()
        call()
        ready.wait()
        began, done = time.perf_counter(), 0
        while time.perf_counter() - began < seconds:
            call()
            done += 1
        return done, time.perf_counter() - began

    return sum(done / took for done, took in _all(work))


def tally(make: Client, *, calls: int) -> list[object]:
    """Let each client call a number of times, all beginning together; return every answer."""
    ready = Barrier(CLIENTS)

    def work() -> list[object]:
        call = make()
        ready.wait()
        return [call() for _ in range(calls)]

    return [answer for answers in _all(work) for answer in answers]


def _all(work: Callable[[], Answer]) -> list[Answer]:
    with ThreadPoolExecutor(CLIENTS) as pool:
        return [future.result() for future in [pool.submit(work) for _ in range(CLIENTS)]]


def posting(
    port: int, path: str, *, body: Callable[[], bytes] = bytes, headers: Callable[[], dict[str, str]] = dict
) -> Client:
    """Return a client that posts over a kept connection and tells the status."""

    def make() -> Callable[[], object]:
        connection = HTTPConnection("127.0.0.1", port, timeout=60)

        def call() -> int:
            connection.request("POST", path, body=body(), headers=headers())
            answer = connection.getresponse()
            answer.read()
            return answer.status

        return call

    return make
