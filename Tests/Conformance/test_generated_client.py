"""A typed client that a generator makes of the document: it compiles, knows every answer, and works."""
import compileall
import importlib
import subprocess
import sys

import httpx
import pytest
import yaml
from openapi_python_client.strings import PythonIdentifier

from bench import bench, each_route  # noqa: F401: the fixture
from conftest import BINARY, sandbox


@pytest.fixture(scope="module")
def document():
    printed = subprocess.run([BINARY, "openapi"], check=True, capture_output=True).stdout
    return yaml.load(printed, Loader=yaml.CSafeLoader)


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    """The generated package, `acs_client`."""
    folder = tmp_path_factory.mktemp("client")
    (folder / "openapi.yaml").write_bytes(subprocess.run([BINARY, "openapi"], check=True, capture_output=True).stdout)
    (folder / "config.yaml").write_text("post_hooks: []\ncontent_type_overrides: {application/yaml: application/octet-stream}\n")
    made = subprocess.run(
        [sys.executable, "-m", "openapi_python_client", "generate", "--path", "openapi.yaml", "--config", "config.yaml",
         "--meta", "none", "--output-path", "acs_client", "--fail-on-warning"],
        cwd=folder, capture_output=True, text=True,
    )
    assert made.returncode == 0, made.stdout + made.stderr
    sys.path.insert(0, str(folder))
    yield importlib.import_module("acs_client")
    sys.path.remove(str(folder))


def test_it_compiles(package):
    assert compileall.compile_dir(package.__path__[0], quiet=1)


def module(document, method, path):
    operation = document["paths"][path][method.lower()]
    tag, name = (PythonIdentifier(text, "") for text in (operation["tags"][0], operation["operationId"]))
    return importlib.import_module(f"acs_client.api.{tag}.{name}")


@each_route
def test_it_understands_every_answer(package, document, bench, action, route):
    values = action.smallest(route)
    status, body, *_ = bench.send(action, action.request(route, values))
    client = package.AuthenticatedClient("http://unused", "token", raise_on_unexpected_status=True)
    parse = module(document, route["method"], route["path"])._parse_response
    answer = parse(client=client, response=httpx.Response(status, json=body))
    if status != 204:
        assert answer.to_dict() == body
    else:
        assert answer is None


def test_it_works(package):
    from acs_client.api.ecs_disk import create_disk, delete_disk, describe_disks, describe_disks_by_disk_id, resize_disk
    from acs_client.api.ecs_instance import describe_instances, stop_instance
    from acs_client.models import CreateDiskRequest, CreateDiskRequestDiskCategory, Problem, ResizeDiskRequest

    with sandbox("--speed", "100") as gateway:
        def client(name):
            return package.AuthenticatedClient(gateway.url, gateway.tokens[name], raise_on_unexpected_status=True)

        operator = client("operator")
        instance = describe_instances.sync(client=operator, page_size=1).items[0]
        made = create_disk.sync(
            client=operator, prefer="wait=20",
            body=CreateDiskRequest(zone_id=instance.zone_id, size=40, disk_category=CreateDiskRequestDiskCategory.CLOUD_EFFICIENCY),
        )
        disk = describe_disks_by_disk_id.sync(made.disk_id, client=operator)
        assert not isinstance(disk, Problem), disk
        assert (disk.size, disk.status, disk.zone_id) == (40, "Available", instance.zone_id)
        found = describe_disks.sync(client=operator, disk_ids=[made.disk_id])
        assert [d.disk_id for d in found.items] == [made.disk_id] and found.total_count == 1

        wrong = resize_disk.sync(made.disk_id, client=operator, body=ResizeDiskRequest(new_size=1))
        assert isinstance(wrong, Problem) and wrong.status == 400 and wrong.errors[0].parameter == "newSize"
        refused = stop_instance.sync(instance.instance_id, client=client("viewer"))
        assert isinstance(refused, Problem) and refused.status == 403 and "ecs:StopInstance" in refused.detail
        assert delete_disk.sync_detailed(made.disk_id, client=operator).status_code == 204
        gone = describe_disks_by_disk_id.sync(made.disk_id, client=operator)
        assert isinstance(gone, Problem) and gone.status == 404
