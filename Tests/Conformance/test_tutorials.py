"""Runs the tutorials as a newcomer would: every command in one shell, every answer as the text shows it.

In a block marked `console`, a line that begins with `$ ` is a command (it goes on behind a `\\` at its end), and the lines below it
are what it prints. White space does not count, and `…` stands for any text. `$GATEWAY` is the address of a gateway with a fresh
simulated cloud, `$TOKEN`, `$OPERATOR` and `$VIEWER` are its three callers' tokens, and `gateway` is the program.
"""
import os
import re
import subprocess
import threading

import pytest

from conftest import BINARY, ROOT, sandbox

TUTORIALS = sorted((ROOT / "docs/tutorials").glob("*.md"))
LOOPBACK = re.compile(r"https?://(?!127\.0\.0\.1|localhost|\$)")


def steps(text):
    """Line number, command and expected output of every command, in order."""
    found, inside = [], False
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("```"):
            inside = line.strip() == "```console"
        elif inside and line.startswith("$ "):
            found.append([number, line[2:], []])
        elif inside and found:
            number, command, output = found[-1]
            if command.endswith("\\") and not output:
                found[-1][1] = f"{command}\n{line}"
            else:
                output.append(line)
    return [(number, command, "\n".join(output)) for number, command, output in found]


def agrees(expected, printed):
    parts = ["".join(part.split()) for part in expected.split("…")]
    return re.fullmatch(".*".join(map(re.escape, parts)), "".join(printed.split()), re.DOTALL) is not None


class Shell:
    """One bash for a whole tutorial."""

    END = "end-of-the-command"

    def __init__(self, gateway):
        variables = {
            "GATEWAY": gateway.url, "TOKEN": gateway.tokens["admin"], "OPERATOR": gateway.tokens["operator"],
            "VIEWER": gateway.tokens["viewer"], "PATH": f"{os.path.dirname(BINARY)}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8",
        }
        self.child = subprocess.Popen(
            ["bash", "--norc"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            env={**os.environ, **variables},
        )

    def run(self, command, seconds=60):
        """What the command prints, errors too."""
        timer = threading.Timer(seconds, self.child.kill)
        timer.start()
        self.child.stdin.write(f"{command}\necho; echo {self.END}\n")
        self.child.stdin.flush()
        printed = []
        for line in self.child.stdout:
            if line == self.END + "\n":
                timer.cancel()
                return "".join(printed)
            printed.append(line)
        raise AssertionError(f"the shell ended, or took longer than {seconds} s: {command}\n" + "".join(printed))

    def close(self):
        self.child.kill()
        self.child.wait()


def test_there_is_one_for_each_product():
    assert {"ecs", "vpc", "slb", "ens", "private-cloud"} <= {path.stem for path in TUTORIALS}


@pytest.mark.parametrize("tutorial", TUTORIALS, ids=lambda path: path.stem)
def test_every_command_prints_what_the_tutorial_shows(tutorial):
    commands = steps(tutorial.read_text())
    assert len(commands) >= 5
    with sandbox("--speed", "100") as gateway:
        shell = Shell(gateway)
        try:
            for number, command, expected in commands:
                assert not LOOPBACK.search(command), f"{tutorial.name}:{number}: only the gateway may be called: {command}"
                printed = shell.run(command)
                assert agrees(expected, printed), f"{tutorial.name}:{number}: {command}\nexpected:\n{expected}\nprinted:\n{printed}"
        finally:
            shell.close()
