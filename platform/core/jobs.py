"""Background jobs: enqueued in the caller's transaction, run as the system, repeatable."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import procrastinate
import structlog
from procrastinate import App, JobContext, PsycopgConnector, RetryStrategy
from procrastinate.tasks import Task

from core.db import db, unit_of_work
from core.policy import SYSTEM

Body = TypeVar("Body", bound=Callable[..., None])
log = structlog.get_logger("jobs")

jobs = App(connector=PsycopgConnector())
_RETRY = RetryStrategy(max_attempts=3, exponential_wait=5)


def job(name: str, *, cron: str | None = None) -> Callable[[Callable[..., None]], Task[..., Any, Any]]:
    """Make a function a job that runs in its own unit of work as the system; `cron` makes it periodic.

    A periodic function takes no argument; others take JSON values by keyword.
    """

    def register(body: Callable[..., None]) -> Task[..., Any, Any]:
        @wraps(body)
        def run(*args: Any, **kwargs: Any) -> None:
            kwargs.pop("timestamp", None)
            with unit_of_work(SYSTEM):
                body(**kwargs)
            log.info("job done", job=name)

        del run.__wrapped__  # procrastinate would read the body's signature
        task = jobs.task(name=name, retry=_RETRY, queueing_lock=name if cron else None)(run)
        if cron is not None:
            jobs.periodic(cron=cron)(task)
        return task

    return register


def enqueue(task: Task[..., Any, Any], **arguments: Any) -> None:
    """Put a job on the queue inside the current transaction: it exists exactly if the transaction commits."""
    connection = db.session.connection().connection.driver_connection
    task.configure(connection=connection).defer(**arguments)


@jobs.periodic(cron="* * * * *")
@jobs.task(name="core.rescue_stalled", queueing_lock="core.rescue_stalled", pass_context=True)
async def rescue_stalled(context: JobContext, timestamp: int) -> None:
    """Put the jobs of dead workers back on the queue."""
    for stalled in await context.app.job_manager.get_stalled_jobs():
        await context.app.job_manager.retry_job(stalled)


def run_worker(url: str, *, concurrency: int = 2) -> None:
    """Work until told to stop; `url` is a libpq address of the application's role."""
    connector = procrastinate.PsycopgConnector(conninfo=url)
    with jobs.replace_connector(connector) as app:
        app.run_worker(concurrency=concurrency)
