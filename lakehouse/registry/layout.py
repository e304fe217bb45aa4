"""Where in the store the registry keeps what."""

from __future__ import annotations

ROOT = "registry/"
CODE, BLUEPRINT, PROOF = "fetcher.py", "blueprint.json", "proof.json"
RELEASE, STAGED = "release.json", "staged.json"


def source_key(source: str) -> str:
    """Return the key of a source's source.yaml."""
    return f"{ROOT}{source}/source.yaml"


def text_key(source: str, sha256: str) -> str:
    """Return the key under which one text of source.yaml is kept for good."""
    return f"{ROOT}{source}/sources/{sha256}.yaml"


def current_key(source: str) -> str:
    """Return the key of the one object that names the release in force."""
    return f"{ROOT}{source}/current.json"


def releases_folder(source: str) -> str:
    """Return the folder of all releases of a source."""
    return f"{ROOT}{source}/releases/"


def release_folder(source: str, number: int) -> str:
    """Return the folder of one release."""
    return f"{releases_folder(source)}{number:04d}/"


def staging_folder(source: str, staged: str = "") -> str:
    """Return the folder of one candidate, or of all."""
    return f"{ROOT}{source}/staging/{staged}/" if staged else f"{ROOT}{source}/staging/"


def audit_folder(source: str) -> str:
    """Return the folder of a source's audit log."""
    return f"{ROOT}{source}/audit/"
