#!/bin/bash
# A Celery worker that a program starts itself with celery.worker.WorkController never sends worker_ready; the worker
# class of the command, app.Worker, does.
#
# Guess before running it: both send it. The documentation ("Signals", worker_ready) says "Dispatched when the worker is
# ready to accept work", and WorkController is the documented heart of every worker ("Extensions and Bootsteps").
# Seen: a WorkController takes and runs a task, and sends no worker_ready: what an application opens in such a handler, a
# supervisor for example, is missing in a worker that runs in a thread, without a word.
# Ends with 1 where that has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check celery==5.7.0 kombu==5.7.0
cat > "$folder/try.py" <<'P'
import os
import sys
import threading
from importlib.metadata import version

from celery import Celery, signals
from celery.worker import WorkController

sent = []
signals.worker_ready.connect(lambda **_: sent.append("worker_ready"), weak=False)
app = Celery("tried", broker="memory://")
app.set_default()
done = threading.Event()


@app.task
def work():
    done.set()


def run(worker_class):
    """Run a task with a worker of this class; return whether it was run, and the signals that were sent."""
    sent.clear()
    done.clear()
    options = {"pool": "threads", "concurrency": 1, "without_heartbeat": True, "without_mingle": True}
    worker = worker_class(app=app, **options, without_gossip=True)
    threading.Thread(target=worker.start, daemon=True).start()
    work.delay()
    ran = done.wait(30)
    worker.stop()
    return ran, list(sent)


print(f"celery {version('celery')}, kombu {version('kombu')}, Python {sys.version.split()[0]}", flush=True)
controller = run(WorkController)
print("celery.worker.WorkController:", *controller, flush=True)
command = run(app.Worker)
os.write(1, f"app.Worker: {command[0]} {command[1]}\n".encode())  # app.Worker has taken print() for its log
os._exit(0 if controller == (True, []) and command == (True, ["worker_ready"]) else 1)
P
"$folder/venv/bin/python" "$folder/try.py"
