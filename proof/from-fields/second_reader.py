"""Reads From fields with Python's email package: a line of base64 in, a line of JSON out.

The strict reading is email.policy.SMTP (email.headerregistry), the lenient one email.utils.getaddresses.
"""

import base64
import json
import sys
from email import message_from_bytes
from email.policy import SMTP
from email.utils import getaddresses

POLICY = SMTP.clone(utf8=True)


def text_of(value):
    """Python keeps octets beyond ASCII as surrogates; here they become UTF-8 again, what is none stays."""
    return value.encode("utf-8", "surrogateescape").decode("utf-8", "surrogateescape")


def read(value):
    lenient = [text_of(address) for _, address in getaddresses([text_of(value.decode("ascii", "surrogateescape"))])]
    result = {"addresses": None, "defects": [], "lenient": [address for address in lenient if "@" in address]}
    try:
        header = message_from_bytes(b"From: " + value + b"\r\n\r\n", policy=POLICY)["from"]
        result["addresses"] = [text_of(f"{a.username}@{a.domain}") for a in header.addresses]
        result["defects"] = sorted({type(defect).__name__ for defect in header.defects})
    except Exception as fault:  # some fields meet faults of the package
        result["defects"] = [type(fault).__name__]
    return result


for line in sys.stdin:
    print(json.dumps(read(base64.b64decode(line))))
