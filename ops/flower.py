"""The application as Flower opens it, with the broker and the prefix of the settings: ``celery -A ops.flower flower``.

Flower is no dependency: ``pip install flower`` beside it. It turns task events on while it runs, and shows no queue
length; ``gongkai top`` does.
"""

from workers.app import make_app
from workers.settings import load

app = make_app(load())
