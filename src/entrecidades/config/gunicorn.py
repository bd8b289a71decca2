"""How the web server runs: two processes of four threads did best with real pages (ADR 0008)."""

import os

bind = os.environ.get("ENTRECIDADES_BIND", "127.0.0.1:8000")
workers = int(os.environ.get("ENTRECIDADES_WORKERS", "2"))
worker_class = "gthread"
threads = 4
preload_app = True
max_requests = 20000
max_requests_jitter = 2000
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108, PTH112 - a heartbeat file, as gunicorn advises
proc_name = "entrecidades"
