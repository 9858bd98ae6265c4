"""Prints signatures made by the code of the vendor's own Python SDKs, one JSON object a line, for random calls.

Usage: signer_vectors.py COUNT SEED

RPC strings to sign and HMAC-SHA1 come from aliyun-python-sdk-core, ACS3 from alibabacloud-openapi-util. Neither knows
HMAC-SHA256 in the query: for that, the string to sign is the SDK's and the HMAC is Python's.
"""
import base64
import hashlib
import hmac
import json
import random
import sys
from urllib.parse import quote

from alibabacloud_openapi_util.client import Client
from aliyunsdkcore.auth.composer import rpc_signature_composer as composer
from Tea.request import TeaRequest

PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
ALPHABETS = (
    PLAIN,
    # What encodings treat differently, and the rest of Unicode.
    "-_.~ +*/%&=?:;,@!$'()[]{}\"\\<>|^`#\t\n\x00\x7f",
    "éßπЖ青岛节点\u00a0\u2028\ufeff😀\U0010ffff",
)
# The SDK's functions for this have two underscores in front and no public counterpart that takes a nonce and a time.
compose_string_to_sign = vars(composer)["__compose_string_to_sign"]
get_signature = vars(composer)["__get_signature"]


def text(source, least, most, alphabets=ALPHABETS):
    return "".join(source.choice(source.choice(alphabets)) for _ in range(source.randint(least, most)))


def rpc(source, own, vector):
    common = {
        "Action": vector["action"],
        "Version": vector["version"],
        "AccessKeyId": vector["id"],
        "Format": vector["format"],
        "SignatureMethod": source.choice(["HMAC-SHA1", "HMAC-SHA256"]),
        "SignatureNonce": vector["nonce"],
        "SignatureVersion": "1.0",
        "Timestamp": vector["timestamp"],
    }
    if vector["token"]:
        common["SecurityToken"] = vector["token"]
    signed = compose_string_to_sign(vector["method"], {**own, **common})
    if common["SignatureMethod"] == "HMAC-SHA1":
        signature = get_signature(signed, vector["secret"])
    else:
        code = hmac.new((vector["secret"] + "&").encode(), signed.encode(), hashlib.sha256).digest()
        signature = base64.b64encode(code).decode()
    return common["SignatureMethod"].lower(), signed, signature


def acs3(own, vector):
    request = TeaRequest()
    request.method = vector["method"]
    request.pathname = "/"
    request.query = own if request.method == "GET" else {}
    # The SDK writes a blank in a form as a plus sign; the signature covers whatever stands there.
    body = "" if request.method == "GET" else "&".join(f"{name}={quote(own[name], safe='~')}" for name in own)
    payload = hashlib.sha256(body.encode()).hexdigest()
    request.headers = {
        "host": "ecs.aliyuncs.com",
        "x-acs-action": vector["action"],
        "x-acs-version": vector["version"],
        "x-acs-date": vector["timestamp"],
        "x-acs-signature-nonce": vector["nonce"],
        "x-acs-content-sha256": payload,
    }
    if vector["token"]:
        request.headers["x-acs-security-token"] = vector["token"]
    if body:
        request.headers["content-type"] = "application/x-www-form-urlencoded"
    algorithm = "ACS3-HMAC-SHA256"
    return "acs3", None, Client.get_authorization(request, algorithm, payload, vector["id"], vector["secret"])


def main():
    count, seed = int(sys.argv[1]), int(sys.argv[2])
    source = random.Random(seed)
    for _ in range(count):
        header_style = source.random() < 0.3
        # The newer SDK does not encode names.
        names = (PLAIN,) if header_style else ALPHABETS
        own = {}
        for _ in range(source.randint(0, 20)):
            own["P" + text(source, 0, 12, names)] = text(source, 0, 40)
        own = dict(sorted(own.items()))
        vector = {
            "method": source.choice(["GET", "POST"]),
            "id": "id" + text(source, 0, 20, (PLAIN,)),
            "secret": "s" + text(source, 0, 80),
            "token": "t" + text(source, 0, 60, (PLAIN + "+/=",)) if source.random() < 0.3 else None,
            "action": "A" + text(source, 0, 20, (PLAIN,)),
            "version": source.choice(["2014-05-26", "2016-04-28"]),
            "format": source.choice(["JSON", "XML"]),
            "nonce": "n" + text(source, 0, 30, (PLAIN + "-",)),
            "timestamp": "2026-01-02T03:04:05Z",
        }
        kind, signed, signature = acs3(own, vector) if header_style else rpc(source, own, vector)
        print(json.dumps({
            **vector, "parameters": own, "kind": kind, "stringToSign": signed, "signature": signature,
        }))


if __name__ == "__main__":
    main()
