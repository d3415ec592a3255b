"""What the service counts of itself, for Prometheus: numbers only, nothing of what was asked."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.process_collector import ProcessCollector

TYPE = "text/plain; version=0.0.4; charset=utf-8"
SECONDS = (0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120)


class Metrics:
    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)  # memory, CPU, open files
        self.requests = Counter(
            "rolefit_requests", "Answers given.", ["path", "status"], registry=registry
        )
        self.seconds = Histogram(
            "rolefit_request_seconds", "From the head of a request to the end of its answer.",
            ["path"], buckets=SECONDS, registry=registry,
        )  # fmt: skip
        self.open = Gauge("rolefit_requests_open", "Being answered now.", registry=registry)
        self.waiting = Gauge(
            "rolefit_requests_waiting", "Of these, waiting for a thread.", registry=registry
        )
        self.held = Gauge("rolefit_body_bytes", "Of bodies, in memory now.", registry=registry)
        self.documents = Counter(
            "rolefit_documents", "Resumes and jobs that were scored or read.", registry=registry
        )
        self.texts = Counter("rolefit_texts", "Texts that were encoded.", registry=registry)
        self.faults = Counter(
            "rolefit_faults", "Errors in the service itself.", ["type"], registry=registry
        )

    def text(self) -> bytes:
        return generate_latest(self.registry)
