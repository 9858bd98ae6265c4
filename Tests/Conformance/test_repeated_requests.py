"""What is asked again in the same words is answered the same, and never with another caller's rights."""
import threading

import requests

from conftest import Process, configured, sandbox

LIST = "/instances?pageSize=5"


def test_every_answer_to_the_same_request_is_the_same(gateway):
    answers = [gateway.viewer.get(LIST) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200] * 4
    assert len({answer.content for answer in answers}) == 1
    assert "hit" in answers[-1].headers["Cache-Status"]
    assert len({answer.headers["X-Request-Id"] for answer in answers}) == 4


def test_what_differs_in_a_header_is_not_the_same_request(gateway):
    for _ in range(3):
        plain = gateway.viewer.get(LIST)
        native = gateway.viewer.get(LIST, headers={"Accept": "application/vnd.acs.native+json"})
        stranger = requests.get(gateway.url + LIST, headers={"Authorization": "Bearer acsgw_" + "x" * 43}, timeout=10)
        elsewhere = gateway.viewer.get(LIST, headers={"X-Account": "nowhere"})
        fresh = gateway.viewer.get(LIST, headers={"Cache-Control": "no-cache"})
        assert "items" in plain.json() and "Instances" in native.json()
        assert stranger.status_code == 401 and elsewhere.status_code == 404
        assert "hit" not in fresh.headers["Cache-Status"]
        unchanged = gateway.viewer.get(LIST, headers={"If-None-Match": gateway.viewer.get(LIST).headers["ETag"]})
        assert unchanged.status_code == 304


def test_a_write_shows_in_the_next_answer():
    with sandbox("--speed", "100") as gateway:
        for _ in range(3):
            names = gateway.operator.get("/instances?all=true").json()["items"]
        instance = names[0]["instanceId"]
        one = f"/instances/{instance}"
        for number in range(5):
            for _ in range(3):
                gateway.operator.get(one)
            changed = gateway.operator.request("PATCH", one, json={"instanceName": f"name-{number}"})
            assert changed.status_code < 300, changed.text
            assert gateway.operator.get(one).json()["instanceName"] == f"name-{number}"


def test_no_answer_crosses_between_callers(tmp_path):
    """Two callers of different rights ask for the same cached list at the same time; only one may have it."""
    cloud = Process("simulate", "--listen", "127.0.0.1:0", "--access-key", "testid:testsecret-needle")
    try:
        endpoint = cloud.wait_for(r"(http://127\.0\.0\.1:\d+)").group(1)
        with configured(tmp_path, endpoint, effects={"allowed": "Allow", "refused": "Deny"}) as gateway:
            seen = {"allowed": set(), "refused": set()}

            def ask(name):
                caller = getattr(gateway, name)
                for _ in range(300):
                    answer = caller.get("/instances")
                    seen[name].add((answer.status_code, "items" in answer.json()))

            threads = [threading.Thread(target=ask, args=(name,)) for name in seen for _ in range(4)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            assert seen == {"allowed": {(200, True)}, "refused": {(403, False)}}
            assert gateway.upstream_calls() < 20
    finally:
        cloud.stop()
