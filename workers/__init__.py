"""The pipeline: intake, stages, storage, sandbox, Celery tasks. Start reading at ``pipeline.py``."""
