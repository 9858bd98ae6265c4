"""Stands in for the cloud: remembers every call, checks nothing, answers each action with its documented example."""
import asyncio
import json
import threading
from urllib.parse import parse_qsl, urlsplit

COMMON = {
    "Action", "Version", "Format", "AccessKeyId", "Signature", "SignatureMethod", "SignatureVersion", "SignatureNonce",
    "SignatureType", "Timestamp", "TimeStamp", "SecurityToken",
}


class Recorder:
    def __init__(self, answers):
        """`answers`: bodies by (version, action)."""
        self.answers = {key: json.dumps(body).encode() for key, body in answers.items()}
        self.calls = []
        started = threading.Event()
        threading.Thread(target=self._run, args=(started,), daemon=True).start()
        started.wait()

    def _run(self, started):
        async def main():
            server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
            self.port = server.sockets[0].getsockname()[1]
            started.set()
            await server.serve_forever()

        asyncio.run(main())

    async def _serve(self, reader, writer):
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                length = next((int(line[15:]) for line in head.split("\r\n") if line.lower().startswith("content-length:")), 0)
                form = (await reader.readexactly(length)).decode() if length else ""
                pairs = parse_qsl(urlsplit(head.split(" ")[1]).query, keep_blank_values=True) + parse_qsl(form, keep_blank_values=True)
                call = dict(pairs)
                assert len(call) == len(pairs), f"a parameter is sent twice: {pairs}"
                self.calls.append(call)
                body = self.answers[call["Version"], call["Action"]]
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    def taken(self):
        """The calls since the last time."""
        calls, self.calls = self.calls, []
        return calls
