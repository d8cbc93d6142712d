"""What tests of the server ask, and how they read the answers."""

import json
from typing import Any

TEACHER = "a-word-of-the-teacher"
HOSTS = {"127.0.0.1", "::1", "Class-Room.local"}
FEW = "population.births_per_year=300"
SEVERAL = {"population.places": ["Rochdale", "Burnley"], "population.services": "each"}
"""Two places with a service each, which a page cannot run."""


def mistakes(response: Any, status: int = 422) -> list[dict[str, str]]:
    """What is said to be wrong, in sentences."""
    assert response.status_code == status
    found = response.json()["mistakes"]
    assert found
    for each in found:
        assert set(each) == {"path", "text", "short"}
        assert all(each[name] and each[name].isprintable() for name in ("text", "short"))
    return found


def bundle(content: bytes) -> tuple[dict[str, Any], bytes]:
    size = int.from_bytes(content[:4], "little")
    return json.loads(content[4 : 4 + size]), content[4 + size :]
