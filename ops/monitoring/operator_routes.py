"""Adds the operators' routes to the HTTP application: metrics for Prometheus, and the operations page."""

from fastapi import FastAPI

from ops.monitoring.metrics_route import metrics_router
from ops.monitoring.operations_page.routes import operations_router
from ops.monitoring.operator_pages.router import operator_pages
from ops.operations.router import operations_interface
from ops.system import System
from workers.telemetry.recorder import RECORDER


def with_operations(app: FastAPI, system: System) -> FastAPI:
    """Return the application with these routes added."""
    RECORDER.enabled = system.settings.metrics
    if system.settings.metrics:
        app.include_router(metrics_router(system))
    app.include_router(operations_router(system))
    app.include_router(operator_pages(system))
    app.include_router(operations_interface(system))
    return app
