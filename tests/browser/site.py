"""A customer's web site: pages that load posthog-js as its snippet does, from our server."""

import json
from collections.abc import Generator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, Final
from urllib.parse import urlsplit

# Calls are kept until array.js has come and makes them, as in PostHog's snippet.
_PAGE: Final = """\
<!doctype html>
<html lang="en">
<head>
  <title>Ada's shop</title>
  <script>
    const queue = (window.posthog = [])
    queue._i = []
    queue.people = []
    queue.__SV = 1
    for (const name of ["capture", "identify", "reset"])
      queue[name] = (...given) => queue.push([name, ...given])
    queue.init = (token, options) => {
      const script = document.createElement("script")
      script.crossOrigin = "anonymous"
      script.src = options.api_host + "/static/array.js"
      document.head.append(script)
      queue._i.push([token, options, "posthog"])
    }
    posthog.init(%s, %s)
  </script>
</head>
<body>
  <h1>Ada's shop</h1>
  <p>Engines, analytical and other.</p>
</body>
</html>
"""


class Site:
    """Pages by path, under any name that leads to this machine."""

    def __init__(self, port: int, pages: dict[str, str]) -> None:
        self.port = port
        self._pages = pages

    def page(self, token: str, options: dict[str, Any], *, host: str = "shop.localhost") -> str:
        """The address of a page that calls `posthog.init(token, options)`."""
        path = f"/{len(self._pages)}/"
        self._pages[path] = _PAGE % (json.dumps(token), json.dumps(options))
        return f"http://{host}:{self.port}{path}"


@contextmanager
def a_site() -> Generator[Site]:
    """Serves pages until the block ends."""
    pages: dict[str, str] = {}
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, pages))
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield Site(server.server_port, pages)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    def __init__(self, pages: dict[str, str], *given: Any) -> None:
        self._pages = pages
        super().__init__(*given)

    def do_GET(self) -> None:
        found = self._pages.get(urlsplit(self.path).path)
        self.send_response(404 if found is None else 200)
        # Without a charset, as many pages are: the scripts must bring their own.
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write((found or "").encode())

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the library's name
        """Says nothing."""
