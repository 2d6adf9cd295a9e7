"""One process, as ours; what waits for the database does so in threads."""

import os

bind = f"{os.environ['REJOINDER_HOST']}:{os.environ['REJOINDER_PORT']}"
workers = 1
threads = 4
keepalive = 75
wsgi_app = "desk.wsgi"
