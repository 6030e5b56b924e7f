"""The application as Flower opens it, with the broker and the prefix of the settings.

Start it with ``celery -A ops.monitoring.flower flower``.

Flower is no dependency: ``pip install flower`` beside it. It turns task events on while it runs, and shows no queue
length; ``gongkai top`` does.
"""

from workers.settings import load
from workers.tasks.celery_app import make_app

app = make_app(load())
