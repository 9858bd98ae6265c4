"""Requests that a generator invents from the document, good ones and bad ones, against the whole simulated cloud.

Nothing may be a server's fault, every answer must be one that the document describes, and what the document forbids is refused.
"""
import json
import re
import subprocess
import sys

import pytest
import yaml

from conftest import BINARY, sandbox

CASES = 8
ACCOUNTS = ["sandbox", "private"]


def known_ids(caller, document):
    """Ids of what there is, by the names that paths give them."""
    wanted = set(re.findall(r"{(\w+)}", " ".join(document["paths"])))
    found = {name: [] for name in wanted}
    lists = [p for p, item in document["paths"].items() if "get" in item and "{" not in p]
    for path, account in [(path, account) for account in ACCOUNTS for path in lists]:
        answer = caller.get(path, headers={"X-Account": account})
        items = answer.json().get("items", []) if answer.status_code == 200 and "json" in answer.headers["Content-Type"] else []
        for item in [i for i in items if isinstance(i, dict)]:
            for name in wanted & item.keys():
                if isinstance(item[name], str) and item[name] and item[name] not in found[name]:
                    found[name].append(item[name])
    return {name: ids[:10] + ids[-10:] for name, ids in found.items() if ids}


# The server's library itself refuses a head that is far too long, with a page of its own.
HOOKS = """
import schemathesis
from urllib.parse import urlencode

@schemathesis.hook
def filter_query(context, query):
    return query is None or len(urlencode(query, doseq=True)) < 6000
"""


def test_nothing_breaks_and_every_answer_is_as_documented(tmp_path):
    (tmp_path / "openapi.yaml").write_bytes(subprocess.run([BINARY, "openapi"], check=True, capture_output=True).stdout)
    document = yaml.load((tmp_path / "openapi.yaml").read_bytes(), Loader=yaml.CSafeLoader)
    with sandbox("--speed", "1000") as gateway:
        ids = known_ids(gateway.admin, document)
        assert len(ids) > 5
        (tmp_path / "hooks.py").write_text(HOOKS)
        # 501 says that the account's cloud has no such operation.
        lines = ['hooks = "hooks.py"', "[cache]", "enabled = false",
                 "[checks.not_a_server_error]", 'expected-statuses = ["2xx", "3xx", "4xx", "501"]', "[checks.negative_data_rejection]",
                 'expected-statuses = ["400", "401", "403", "404", "405", "409", "413", "414", "415", "422", "429", "431", "501"]',
                 "[dictionaries]", f"account = {{values = {json.dumps(ACCOUNTS)}}}"]
        # Of what is there, mostly; the rest is invented.
        lines += [f"{name} = {{values = {json.dumps(values)}}}" for name, values in ids.items()]
        lines += ["[parameters]"] + [f'"path.{name}" = {{dictionary = "{name}", probability = 0.8}}' for name in ids]
        lines.append('"header.X-Account" = {dictionary = "account", probability = 0.8}')
        # Some states are never reached, as those of what is in another region.
        lines.append('"header.Prefer" = "wait=1"')
        (tmp_path / "schemathesis.toml").write_text("\n".join(lines) + "\n")
        done = subprocess.run(
            [sys.executable, "-m", "schemathesis.cli", "--config-file", "schemathesis.toml", "--no-color", "run", "openapi.yaml",
             "--url", gateway.url, "--header", f"Authorization: Bearer {gateway.tokens['admin']}",
             # What is well formed may still be refused by the cloud, for reasons that no schema tells.
             # Whoever guesses tokens is refused before long, so that other tests see to it that each request needs one.
             "--exclude-checks", "positive_data_acceptance,ignored_auth", "--phases", "examples,fuzzing", "--max-examples", str(CASES),
             # Larger than what the generator reads of an answer; `test_openapi.py` has it.
             "--exclude-path", "/openapi.yaml", "--seed", "1", "--warnings", "off", "--suppress-health-check", "all", "--generation-database", "none"],
            cwd=tmp_path, capture_output=True, text=True,
        )
        assert done.returncode == 0, "\n".join(line[:1000] for line in (done.stdout + done.stderr).splitlines())
        # A generator that fails at something of its own stops without a word.
        selected, tested = re.search(r"Operations: +(\d+) selected", done.stdout), re.search(r"Fuzzing.*\n\s*✅ +(\d+) passed", done.stdout)
        assert selected[1] == tested[1], done.stdout[-3000:] + done.stderr[-3000:]
        assert gateway.process.child.poll() is None
        lines = [line for line in gateway.process.log() if line.get("msg") == "request"]
        statuses = [line["status"] for line in lines]
        assert sum(status < 300 for status in statuses) > len(statuses) / 10
