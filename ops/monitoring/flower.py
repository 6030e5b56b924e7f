"""The Celery application for Flower, with the broker and key prefix of the settings.

Start it with ``celery -A ops.monitoring.flower flower``.

Flower is not a dependency: install it with ``pip install flower``. It enables task events while it runs and shows no
queue lengths; ``gongkai top`` does.
"""

from workers.settings import load
from workers.tasks.celery_app import make_app

app = make_app(load())
