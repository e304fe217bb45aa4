"""Names that end up in tables, hosts and assets are held to what those can take."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from lakehouse.source.names import Address, Group, Host, Owner, SourceName, Tag


class Named(BaseModel):
    """One of each."""

    name: SourceName = "a"
    address: Address = "https://a.org"
    host: Host = "a.org"
    owner: Owner = "team:a"
    group: Group = "a"
    tag: Tag = "a"


@pytest.mark.parametrize(
    "given_values",
    [
        {"name": "opinions_2"},
        {"name": "a" * 63},
        {"name": "daily"},
        {"address": "http://localhost:8000/x?y=1#z"},
        {"address": "https://[::1]/"},
        {"host": "127.0.0.1"},
        {"host": "::1"},
        {"host": "files.example.com"},
        {"host": "localhost:8000"},
        {"owner": "anna.b@example.org"},
        {"owner": "team:law-2"},
        {"group": "Courts_1"},
        {"tag": "a.b-c_D"},
    ],
)
def test_usable_names_are_taken(given_values: dict[str, str]) -> None:
    assert Named.model_validate(given_values).model_dump(include=set(given_values)) == given_values


@pytest.mark.parametrize(
    "given_values",
    [
        {"name": "1a"},
        {"name": "a b"},
        {"name": "a/b"},
        {"name": "ä"},
        {"name": "a\n"},
        {"name": "x__checks"},
        {"address": "file:///etc/passwd"},
        {"address": "//a.org"},
        {"address": "https://a.org:99999"},
        {"address": "https://a.org/\n"},
        {"address": "https://-a.org"},
        {"host": ""},
        {"host": "a.org:0"},
        {"host": "a.org:99999"},
        {"host": "a.org:x"},
        {"host": ":80"},
        {"host": "http://a.org"},
        {"host": "*.a.org"},
        {"host": "a..org"},
        {"owner": "anna"},
        {"owner": "team:"},
        {"owner": "a@b"},
        {"owner": "a@b.c"},
        {"owner": "a@b..c"},
        {"owner": "ä@b.ch"},
        {"owner": ".a@b.ch"},
        {"group": ""},
        {"tag": "a/b"},
        {"tag": ""},
    ],
)
def test_unusable_names_are_refused(given_values: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Named.model_validate(given_values)


def test_hosts_are_compared_in_small_letters_and_without_a_last_dot() -> None:
    assert Named(host="Files.Example.ORG.").host == "files.example.org"


@given(st.text(max_size=70))
def test_a_name_that_is_taken_can_name_a_table_and_a_folder(text: str) -> None:
    try:
        name = Named(name=text).name
    except ValidationError:
        return
    assert re.fullmatch("[a-z][a-z0-9_]{0,62}", name)


@given(st.text(alphabet="abc.:/@[]-_%?# \n1", max_size=20))
def test_an_address_that_is_taken_has_a_host_and_no_secret(text: str) -> None:
    try:
        address = Named(address=f"https://{text}").address
    except ValidationError:
        return
    rest = address.removeprefix("https://")
    assert rest[0] not in "/?#:"
    assert "@" not in re.split("[/?#]", rest)[0]
