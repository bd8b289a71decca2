"""What the operator names of a federation, and from where documents of one are read."""

import json
import socket

import jwt
import pytest
from django.core.exceptions import ImproperlyConfigured

from entrecidades.config.federation import federation_of
from entrecidades.config.identity_providers import app_of
from entrecidades.engines.federation.tokens import Untrusted
from entrecidades.web.entrance.identity.fetching import Fetcher
from tests.web.federated.house_and_provider import HOUSE, OURS, file_of

pytestmark = pytest.mark.django_db


def found_at(monkeypatch, address):
    told = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_told, **_more: told)


@pytest.mark.parametrize(
    "address",
    [
        *("10.0.0.5", "127.0.0.1", "169.254.169.254", "192.168.1.1", "172.16.0.1", "100.64.0.1"),
        *("0.0.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "255.255.255.255", "240.0.0.1"),
        *("::", "::1", "fd00::1", "fe80::1", "fe80::1%eth0", "ff02::1", "2001:db8::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.5", "2002:7f00:1::", "2002:a00:5::"),
        *("64:ff9b::7f00:1", "64:ff9b::a00:5", "2001::1", "::127.0.0.1", "64:ff9b:1::a00:5"),
    ],
)
def test_a_public_name_that_leads_inside_is_not_asked(monkeypatch, address):
    found_at(monkeypatch, address)
    with pytest.raises(Untrusted, match="not public"):
        Fetcher([])("https://registry.example/x")


@pytest.mark.parametrize(
    "address",
    [
        "http://registry.example",
        "file:///etc/passwd",
        "ftp://registry.example",
        "https://",
        "//registry.example",
        "https://registry.example@10.0.0.5/",
        "https://registry.example:x@10.0.0.5/",
        "https://registry.example\\@10.0.0.5/",
        "https://registry.example\\.evil.example/",
        "https://registry.example#@evil.example/",
        "https://registry.exa\tmple/",
        "https://registry.example /",
        " https://registry.example/",
        "https://[::1]/",
        "https://registry。example/",
        "https://regıstry.example/",
        "HTTP://registry.example/",
        "gopher://registry.example/",
        "https:registry.example",
        "https:///registry.example",
        "https://registry.example:443:80/",
        "",
    ],
)
def test_only_https_is_asked(monkeypatch, address):
    found_at(monkeypatch, "93.184.215.14")
    with pytest.raises(Untrusted, match="no https address"):
        Fetcher([])(address)


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "0177.0.0.1", "127.1", "localhost"])
def test_a_number_of_this_machine_is_not_asked_however_it_is_written(host):
    with pytest.raises(Untrusted, match=r"not public|leads nowhere"):
        Fetcher([])(f"https://{host}/x")


def test_one_address_inside_is_enough_to_refuse_a_name(monkeypatch):
    told = [(0, 0, 0, "", (address, 443)) for address in ("93.184.215.14", "10.0.0.5")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_told, **_more: told)
    with pytest.raises(Untrusted, match="not public"):
        Fetcher([])("https://registry.example/x")


def test_what_is_too_long_or_leads_elsewhere_is_refused(provider):
    fetch = Fetcher([provider.root])
    provider.answers["/long"] = "x" * (300 << 10)
    with pytest.raises(Untrusted, match="too much"):
        fetch(f"{provider.root}/long")
    with pytest.raises(Untrusted, match="answers with 404"):
        fetch(f"{provider.root}/gone")
    fetch.until = 0
    provider.answers["/slow"] = "x"
    with pytest.raises(Untrusted, match="too slowly"):
        fetch(f"{provider.root}/slow")


@pytest.fixture
def named(tmp_path, running):
    return {
        "entity": HOUSE,
        "organization": "House",
        "contacts": ["house@house.example"],
        "anchors": {"https://registry.example/": running.anchor_file(tmp_path)},
        **{name: [file_of(tmp_path, name, key)] for name, key in OURS.items()},
    }


def test_what_is_named_is_read(named, tmp_path):
    mark = jwt.encode({"sub": HOUSE}, OURS["client_key_files"], "RS256")
    (tmp_path / "marks.json").write_text(json.dumps([{"id": "m", "trust_mark": mark}]))
    told = federation_of({**named, "trust_marks_file": str(tmp_path / "marks.json")})
    assert told["superiors"] == ["https://registry.example/"]
    assert told["trust_marks"][0]["trust_mark"] == mark
    assert federation_of({}) == {}


def test_what_is_wrong_stops_the_house_with_a_sentence(named, tmp_path):
    marks, nothing = tmp_path / "marks.json", tmp_path / "nothing"
    other = jwt.encode({"sub": "https://other.example"}, OURS["client_key_files"], "RS256")
    marks.write_text(json.dumps([{"id": "m", "trust_mark": other}]))
    nothing.write_text("nothing")
    wrong = {
        "lacks": {name: named[name] for name in named if name != "contacts"},
        "unknown": {**named, "anchor": "x"},
        "must be https": {**named, "entity": "http://house.example"},
        "without a path": {**named, "entity": f"{HOUSE}/x"},
        "lacks a key": {**named, "key_files": []},
        "one key stands twice": {**named, "client_key_files": named["key_files"]},
        "it must be RSA": {**named, "encryption_key_files": named["key_files"]},
        "a key:": {**named, "key_files": [str(nothing)]},
        "the keys of": {**named, "anchors": {"https://registry.example": str(nothing)}},
        "about somebody else": {**named, "trust_marks_file": str(marks)},
        "cannot be read": {**named, "trust_marks_file": str(nothing)},
    }
    for sentence, facts in wrong.items():
        with pytest.raises(ImproperlyConfigured, match=sentence):
            federation_of(facts)


def test_a_provider_names_an_anchor_that_the_house_knows_and_nothing_else(named):
    told = federation_of(named)
    provider = {"id": "x", "name": "X", "server": "https://op.example"}
    anchor = {"anchor": "https://registry.example/"}
    assert app_of({**provider, **anchor}, told)["client_id"] == HOUSE
    with pytest.raises(ImproperlyConfigured, match="is none of"):
        app_of({**provider, "anchor": "https://other.example"}, told)
    with pytest.raises(ImproperlyConfigured, match="is none of"):
        app_of({**provider, **anchor})
    with pytest.raises(ImproperlyConfigured, match="needs no"):
        app_of({**provider, **anchor, "secret": "s"}, told)
