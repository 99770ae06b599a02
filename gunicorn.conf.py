"""How gunicorn serves the academy: ``gunicorn`` alone, in this folder. Every value comes from the environment."""

from __future__ import annotations

from typing import Any

from academy.operations.domain.port import answer_probes
from academy.operations.domain.server import health_ports, open_health_port, require_fit_to_serve
from academy.settings.env import env_int, env_str
from academy.settings.logs import log_config

wsgi_app = "academy.wsgi"
bind = env_str("BIND", "127.0.0.1:8000")

# Threads wait for the database, processes compute: two a core, four threads each, is a place to start.
worker_class = "gthread"
workers = env_int("WEB_CONCURRENCY", default=2, least=1)
threads = env_int("WEB_THREADS", default=4, least=1)
# A worker that stopped breathing is killed; a request that takes long is the database's business, which has limits.
timeout = 60
# On a stop or a reload, requests under way may finish: longer than a statement may take.
graceful_timeout = env_int("GRACEFUL_TIMEOUT", default=40)
keepalive = 5
# Memory that something lost comes back; not in all workers at once.
max_requests = 5000
max_requests_jitter = 500

# From whom X-Forwarded-* is believed: the proxy, on this machine unless said otherwise.
forwarded_allow_ips = env_str("FORWARDED_ALLOW_IPS", "127.0.0.1,::1")

# Its socket for commands would be one more way in: signals, by the supervisor, do the same.
control_socket_disable = True

# One line a request comes from the application, which knows who asked and hides what is secret.
accesslog = None
errorlog = "-"
logconfig_dict = log_config(env_str("LOG_FORMAT", "json"))


def on_starting(server: Any) -> None:
    """Serve nothing from an installation that is not fit for it."""
    require_fit_to_serve()


def when_ready(server: Any) -> None:
    """Listen for probes, before there are workers."""
    open_health_port(host=env_str("HEALTH_HOST", "127.0.0.1"), port=env_int("HEALTH_PORT", default=0))


def post_worker_init(worker: Any) -> None:
    """Answer probes beside the threads that serve, which may all wait for a database that hangs."""
    from academy.operations.domain.probes import ANSWERS  # noqa: PLC0415 -- Django is loaded in the worker alone

    for listening in health_ports:
        answer_probes(listening, answers=ANSWERS)
