"""A mail server of forty lines that drops, delays and refuses as it is told."""

import socketserver
import threading
import time
from contextlib import contextmanager

HANG_UP = object()


class Talk(socketserver.StreamRequestHandler):
    """One conversation. The server's ``answer`` may replace the answer to a command."""

    def handle(self):
        self.say("220 sink")
        for raw in self.rfile:
            line = raw.decode().strip()
            command = line.split(":")[0].split(" ")[0].upper()
            if command == "DATA":
                self.say("354 go on")
                self.take(b"".join(iter(self.rfile.readline, b".\r\n")))
            elif command == "RCPT":
                self.reader = line.split("<")[1].split(">")[0]
                self.say(self.server.answer("RCPT", self.reader) or "250 OK")
            else:
                self.say(self.server.answer(command, "") or "250 OK")
            if command == "QUIT":
                return

    def take(self, letter):
        """A letter that was accepted is in ``taken``, whether or not the client heard of it."""
        said = self.server.answer("DATA", self.reader) or "250 OK"
        if said is HANG_UP or said.startswith("2"):
            head = letter.decode().split("\r\n\r\n")[0].split("\r\n")
            names = [line.split(": ", 1)[1] for line in head if line.startswith("Message-ID")]
            self.server.taken.append((self.reader, names[0]))
            self.server.took.set()
            time.sleep(self.server.delay)
        self.say(said)

    def say(self, words):
        if words is HANG_UP:
            raise ConnectionAbortedError
        self.wfile.write(f"{words}\r\n".encode())


class Sink(socketserver.ThreadingTCPServer):
    """Listens on a free port of this machine."""

    allow_reuse_address = daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Talk)
        self.taken, self.took, self.delay = [], threading.Event(), 0.0
        self.answer = lambda _command, _reader: None

    @property
    def port(self):
        return self.server_address[1]

    def handle_error(self, _request, _client):
        """Who is killed does not say good-bye."""


@contextmanager
def sink():
    """A sink that listens until the end of the test."""
    with Sink() as server:
        listening = threading.Thread(target=server.serve_forever, args=(0.02,))
        listening.start()
        try:
            yield server
        finally:
            server.shutdown()
            listening.join()
