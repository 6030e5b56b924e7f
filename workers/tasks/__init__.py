"""The Celery side: application, tasks, messages, publishing and supervision of workers."""
