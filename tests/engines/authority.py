"""A time stamping authority that answers over HTTP on this machine, truly or not."""

from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

from asn1crypto import tsp

from tests.engines.stamping import stamper


def true(asked):
    """An answer as it should be."""
    return stamper().request_tsa_response(tsp.TimeStampReq.load(asked)).dump()


def of_something_else(asked):
    """A stamp, with the right nonce, of a hash that nobody asked for."""
    request = tsp.TimeStampReq.load(asked)
    request["message_imprint"]["hashed_message"] = bytes(32)
    return stamper().request_tsa_response(request).dump()


def of_before(asked):
    """A stamp without what was sent along to tell it from an older one."""
    request = tsp.TimeStampReq.load(asked)
    del request["nonce"]
    return stamper().request_tsa_response(request).dump()


def refusing(_asked):
    """No, in the words of the protocol."""
    return tsp.TimeStampResp({"status": {"status": "rejection"}}).dump()


def endless(_asked):
    """More than anybody wants to read."""
    return b"0" * 200_000


@contextmanager
def answering(answer):
    """The address of an authority that answers so; what it was asked is on the list."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            asked.append(self.rfile.read(int(self.headers["Content-Length"])))
            content = answer(asked[-1])
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_told):
            """Nothing: the log of the tests is quiet."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
