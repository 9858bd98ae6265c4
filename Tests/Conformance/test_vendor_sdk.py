"""The vendor's own Python SDK, unchanged, against the simulated cloud alone."""
import json
import time

import pytest
from aliyunsdkcore.acs_exception.exceptions import ServerException
from aliyunsdkcore.client import AcsClient
from aliyunsdkcore.profile import region_provider
from aliyunsdkecs.request.v20140526.DeleteInstanceRequest import DeleteInstanceRequest
from aliyunsdkecs.request.v20140526.DescribeInstancesRequest import DescribeInstancesRequest
from aliyunsdkecs.request.v20140526.RunInstancesRequest import RunInstancesRequest
from aliyunsdkecs.request.v20140526.StopInstanceRequest import StopInstanceRequest

from conftest import Process


@pytest.fixture(scope="module")
def endpoint():
    process = Process("simulate", "--listen", "127.0.0.1:0", "--access-key", "testid:testsecret", "--speed", "100")
    try:
        yield process.wait_for(r"http://(127\.0\.0\.1:\d+)").group(1)
    finally:
        process.stop()


def client(secret="testsecret", key="testid"):
    return AcsClient(key, secret, "cn-hangzhou", auto_retry=False)


def ask(sdk, request, endpoint, **parameters):
    request.set_endpoint(endpoint)
    request.set_protocol_type("http")
    request.set_accept_format("json")
    for name, value in parameters.items():
        getattr(request, f"set_{name}")(value)
    return json.loads(sdk.do_action_with_exception(request))


def describe(sdk, endpoint, identifier=None):
    parameters = {"InstanceIds": json.dumps([identifier])} if identifier else {}
    return ask(sdk, DescribeInstancesRequest(), endpoint, **parameters)["Instances"]["Instance"]


def test_a_whole_life(endpoint):
    sdk = client()
    model = describe(sdk, endpoint)[0]
    made = ask(
        sdk, RunInstancesRequest(), endpoint, ImageId=model["ImageId"], InstanceType=model["InstanceType"],
        SecurityGroupId=model["SecurityGroupIds"]["SecurityGroupId"][0], VSwitchId=model["VpcAttributes"]["VSwitchId"],
        InstanceName="sdk-1", Amount=1,
    )["InstanceIdSets"]["InstanceIdSet"][0]

    def until(status):
        for _ in range(400):
            found = describe(sdk, endpoint, made)
            if found and found[0]["Status"] == status:
                return
            time.sleep(0.05)
        raise AssertionError(f"never {status}")

    until("Running")
    with pytest.raises(ServerException) as refused:
        ask(sdk, DeleteInstanceRequest(), endpoint, InstanceId=made)
    assert refused.value.get_error_code().startswith("IncorrectInstanceStatus")
    ask(sdk, StopInstanceRequest(), endpoint, InstanceId=made)
    until("Stopped")
    ask(sdk, DeleteInstanceRequest(), endpoint, InstanceId=made)
    assert describe(sdk, endpoint, made) == []


def test_a_wrong_secret(endpoint):
    with pytest.raises(ServerException) as refused:
        describe(client(secret="wrong"), endpoint)
    assert refused.value.get_http_status() == 400
    # The SDK shows IncompleteSignature under its own name when it can compare the strings to sign.
    assert refused.value.get_error_code() in ("IncompleteSignature", "SignatureDoesNotMatch", "InvalidAccessKeySecret")


def test_an_unknown_key(endpoint):
    with pytest.raises(ServerException) as refused:
        describe(client(key="nobody"), endpoint)
    assert refused.value.get_error_code() == "InvalidAccessKeyId.NotFound"
