"""The vendor's own SDKs, old and new, unchanged, against the gateway, with a key that the gateway issued."""
import json
import re
import subprocess
import time
import urllib.parse
import xml.etree.ElementTree

import pytest
import requests
from alibabacloud_ecs20140526.client import Client as NewClient
from alibabacloud_ecs20140526 import models
from alibabacloud_tea_openapi.models import Config
from aliyunsdkcore.acs_exception.exceptions import ServerException
from aliyunsdkcore.client import AcsClient
from aliyunsdkcore.request import CommonRequest
from Tea.exceptions import TeaException

from conftest import BINARY, Process

ACCOUNT = "1234567890123456"


def gateway_command(*arguments):
    return subprocess.run([BINARY, *map(str, arguments)], capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="module")
def door(tmp_path_factory):
    """The gateway's address, and an access key of a caller who may do everything and of one who may only look."""
    folder = tmp_path_factory.mktemp("door")
    cloud = Process("simulate", "--listen", "127.0.0.1:0", "--access-key", "cloudkey:cloudsecret", "--speed", "1000")
    endpoint = cloud.wait_for(r"(http://127\.0\.0\.1:\d+)").group(1)
    gateway_command("access-key", "init", folder / "master")
    (folder / "policies").mkdir()
    for name, actions in (("all", ["*"]), ("look", ["ecs:Describe*"])):
        statement = {"Effect": "Allow", "Action": actions, "Resource": "*"}
        (folder / "policies" / f"{name}.json").write_text(json.dumps({"Version": "1", "Statement": [statement]}))
    file = folder / "gateway.yaml"

    def write(principals):
        file.write_text(f"""
listen: [{{address: "127.0.0.1:0"}}]
accounts:
  test: {{default: true, account-id: "{ACCOUNT}", region: cn-hangzhou, credentials: {{type: environment}}, endpoints: {{ecs: "{endpoint}"}}}}
principals:
{principals}
access-keys: {{master: master}}
policies: policies/
log: {{format: json}}
audit: {{path: audit.log}}
""")

    write("  nobody: {policies: [look]}")
    keys, principals = {}, ""
    for name, policy, extra in (("owner", "all", []), ("viewer", "look", []), ("late", "all", ["--expires", "2020-01-01T00:00:00Z"])):
        printed = gateway_command("access-key", "new", "--config", file, "--name", f"{name}-laptop", *extra)
        keys[name] = (re.search(r"id +(\S+)", printed).group(1), re.search(r"secret +(\S+)", printed).group(1))
        entry = re.search(r"entry +- (.*)", printed).group(1)
        principals += f"  {name}: {{access-keys: [{entry}], policies: [{policy}]}}\n"
    write(principals)
    again = gateway_command("access-key", "new", "--config", file, "--id", keys["owner"][0])
    assert keys["owner"][1] in again
    process = Process("serve", "--config", file, env={
        "ALIBABA_CLOUD_ACCESS_KEY_ID": "cloudkey", "ALIBABA_CLOUD_ACCESS_KEY_SECRET": "cloudsecret"})
    try:
        yield process.wait_for(r"ready on http://(\S+)").group(1), keys, folder, process
    finally:
        process.stop()
        cloud.stop()


def old_sdk(key):
    return AcsClient(*key, "cn-hangzhou", auto_retry=False)


def ask(door, key, action, form=False, **parameters):
    request = CommonRequest(domain=door[0], version="2014-05-26", action_name=action)
    request.set_protocol_type("http")
    request.set_method("POST" if form else "GET")
    request.set_accept_format("JSON")
    for name, value in parameters.items():
        (request.add_body_params if form else request.add_query_param)(name.replace("_", "."), value)
    return json.loads(old_sdk(key).do_action_with_exception(request))


def test_the_old_sdk_lives_a_whole_life(door):
    owner = door[1]["owner"]
    model = ask(door, owner, "DescribeInstances")["Instances"]["Instance"][0]
    made = ask(
        door, owner, "RunInstances", form=True, ImageId=model["ImageId"], InstanceType=model["InstanceType"],
        SecurityGroupId=model["SecurityGroupIds"]["SecurityGroupId"][0], VSwitchId=model["VpcAttributes"]["VSwitchId"],
        InstanceName="door-1", Tag_1_Key="made-by", Tag_1_Value="a+b c&d",
    )["InstanceIdSets"]["InstanceIdSet"][0]

    def look():
        return ask(door, owner, "DescribeInstances", InstanceIds=json.dumps([made]))["Instances"]["Instance"]

    def until(status):
        for _ in range(200):
            if look()[0]["Status"] == status:
                return
            time.sleep(0.05)
        raise AssertionError(f"never {status}")

    until("Running")
    assert look()[0]["Tags"]["Tag"] == [{"TagKey": "made-by", "TagValue": "a+b c&d"}]
    with pytest.raises(ServerException) as refused:
        ask(door, owner, "DeleteInstance", InstanceId=made)
    assert refused.value.get_error_code().startswith("IncorrectInstanceStatus"), "the cloud's own error, untouched"
    ask(door, owner, "StopInstance", InstanceId=made)
    until("Stopped")
    ask(door, owner, "DeleteInstance", InstanceId=made)
    assert look() == []


def test_the_new_sdk_signs_in_headers(door):
    address, keys, _, _ = door
    config = Config(access_key_id=keys["viewer"][0], access_key_secret=keys["viewer"][1], endpoint=address, protocol="http")
    client = NewClient(config)
    found = client.describe_instances(models.DescribeInstancesRequest(region_id="cn-hangzhou", page_size=3)).body
    assert len(found.instances.instance) == 3 and found.total_count >= 10
    with pytest.raises(TeaException) as refused:
        client.stop_instance(models.StopInstanceRequest(instance_id=found.instances.instance[0].instance_id))
    assert refused.value.code == "Forbidden.RAM"
    config.access_key_secret = "wrong"
    with pytest.raises(TeaException) as refused:
        NewClient(config).describe_regions(models.DescribeRegionsRequest())
    assert refused.value.code == "SignatureDoesNotMatch"


def test_what_is_refused_is_refused_as_the_cloud_does(door):
    keys = door[1]
    for key, action, parameters, code in (
        ((keys["owner"][0], "wrong"), "DescribeRegions", {}, "SignatureDoesNotMatch"),
        (("GWAKnobodyknowsthis1", "x"), "DescribeRegions", {}, "InvalidAccessKeyId.NotFound"),
        (keys["late"], "DescribeRegions", {}, "Forbidden.AccessKeyDisabled"),
        (keys["viewer"], "StopInstance", {"InstanceId": "i-1"}, "Forbidden.RAM"),
        (keys["owner"], "StopInstance", {}, "MissingParameter"),
        (keys["owner"], "DescribeInstances", {"PageSize": "many"}, "InvalidParameter"),
        (keys["owner"], "DescribeInstances", {"Colour": "red"}, "InvalidParameter"),
        (keys["owner"], "DescribeEverything", {}, "InvalidAction.NotFound"),
    ):
        with pytest.raises(ServerException) as refused:
            ask(door, key, action, **parameters)
        # The old SDK calls a mismatch by a name of its own when it can compare the strings to sign.
        found = refused.value.get_error_code().replace("InvalidAccessKeySecret", "SignatureDoesNotMatch")
        assert found == code, (action, refused.value)


def signed_url(door, key, **parameters):
    """A signed URL, made by the old SDK."""
    request = CommonRequest(domain=door[0], version="2014-05-26", action_name=parameters.pop("action", "DescribeRegions"))
    request.set_protocol_type("http")
    request.set_accept_format(parameters.pop("format", "XML"))
    for name, value in parameters.items():
        request.add_query_param(name, value)
    _, url = None, old_sdk(key)._make_http_response(door[0], request, 5, 5).get_url()
    return f"http://{door[0]}{url}" if url.startswith("/") else url


def test_answers_come_in_the_form_asked_for(door):
    answer = requests.get(signed_url(door, door[1]["owner"]), timeout=10)
    assert answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/xml")
    root = xml.etree.ElementTree.fromstring(answer.content)
    assert root.tag == "DescribeRegionsResponse" and root.find("Regions/Region/RegionId") is not None
    error = requests.get(signed_url(door, door[1]["viewer"], action="StopInstance", InstanceId="i-1"), timeout=10)
    root = xml.etree.ElementTree.fromstring(error.content)
    assert error.status_code == 403 and root.tag == "Error" and root.findtext("Code") == "Forbidden.RAM"
    assert root.findtext("RequestId") and root.findtext("HostId") == door[0]


def test_a_call_counts_once_and_not_for_long(door):
    url = signed_url(door, door[1]["owner"], format="JSON")
    assert requests.get(url, timeout=10).status_code == 200
    again = requests.get(url, timeout=10)
    assert (again.status_code, again.json()["Code"]) == (400, "SignatureNonceUsed")
    parts = urllib.parse.urlsplit(url)
    query = urllib.parse.parse_qs(parts.query)
    query["Timestamp"] = ["2020-01-01T00:00:00Z"]
    old = requests.get(f"http://{door[0]}/?{urllib.parse.urlencode(query, doseq=True)}", timeout=10)
    assert old.json()["Code"] == "InvalidTimeStamp.Expired"
    query["Timestamp"] = ["yesterday"]
    strange = requests.get(f"http://{door[0]}/?{urllib.parse.urlencode(query, doseq=True)}", timeout=10)
    assert strange.json()["Code"] == "IllegalTimestamp"


def test_the_rest_of_the_gateway_is_as_ever(door):
    assert "acs-gateway" in requests.get(f"http://{door[0]}/", timeout=10).text
    assert requests.get(f"http://{door[0]}/instances", timeout=10).status_code == 401


def test_audit_tells_whose_key_it_was_and_nobody_tells_a_secret(door):
    address, keys, folder, process = door
    told = [json.loads(line) for line in (folder / "audit.log").read_text().splitlines()]
    assert any(
        (line.get("principal"), line.get("authentication"), line.get("credential")) == ("viewer", "access-key", "viewer-laptop")
        and line["action"] == "ecs:StopInstance" and line["outcome"] == "refused" for line in told)
    assert any(line["status"] in (400, 403, 404) and "principal" not in line and "decision" not in line for line in told), \
        "who is turned away is told, too"
    everything = (folder / "audit.log").read_text() + "\n".join(process.stdout + process.stderr)
    for _, secret in keys.values():
        assert secret not in everything
    assert "cloudsecret" not in everything
