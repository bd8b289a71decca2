"""The house signs who it is where a provider wants it, and tells its public keys to all."""

import pytest
from allauth.account.models import EmailAddress
from cryptography.hazmat.primitives import serialization as pem
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from django.core.exceptions import ImproperlyConfigured

from entrecidades.config.identity_providers import app_of
from tests.web.identity import Provider

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def provider():
    provider = Provider()
    yield provider
    provider.server.shutdown()
    provider.server.server_close()


def written(path, key, lock=None):
    """A private key in a file, perhaps with a passphrase."""
    locked = pem.BestAvailableEncryption(lock) if lock else pem.NoEncryption()
    path.write_bytes(key.private_bytes(pem.Encoding.PEM, pem.PrivateFormat.PKCS8, locked))
    return str(path)


@pytest.fixture(params=["EC", "RSA"])
def key_file(request, tmp_path):
    made = {
        "EC": lambda: ec.generate_private_key(ec.SECP256R1()),
        "RSA": lambda: rsa.generate_private_key(65537, 2048),
    }
    return written(tmp_path / "house.pem", made[request.param]())


@pytest.fixture
def house(provider, settings, client, key_file, officer):
    """A house that signs; the provider has read its keys as anybody can."""
    facts = {"vouches_for": ["maputo.example"], "key_files": [key_file]}
    settings.SOCIALACCOUNT_PROVIDERS = provider.settings(**facts)
    EmailAddress.objects.create(user=officer, email=officer.email, verified=True, primary=True)
    provider.house_keys = client.get("/identity-keys.json").json()["keys"]
    return officer


def test_a_signed_assertion_opens_the_account(client, provider, house):
    provider.leave(client)
    provider.come_back(client)
    assert client.session.get("_auth_user_id") == str(house.pk)
    assert provider.pkce_agrees()


def test_neither_key_nor_secret_leaves_the_house(client, provider, house, key_file):
    provider.leave(client)
    provider.come_back(client)
    assert "client_secret" not in provider.posted
    assert "PRIVATE" not in str(provider.posted)
    told = {name for key in provider.house_keys for name in key}
    assert told.isdisjoint({"d", "p", "q", "dp", "dq", "qi"})


def test_each_assertion_is_another(client, provider, house):
    told = set()
    for _turn in range(2):
        provider.leave(client)
        provider.come_back(client)
        told.add(provider.posted["client_assertion"][0])
        client.logout()
    assert len(told) == 2


def test_a_key_that_the_house_has_not_published_opens_nothing(client, provider, house, tmp_path):
    other = written(tmp_path / "other.pem", rsa.generate_private_key(65537, 2048))
    told = app_of({**NEEDED, "key_files": [other]})["settings"]["keys"]
    provider.house_keys = told
    provider.leave(client)
    provider.come_back(client)
    assert "_auth_user_id" not in client.session


def test_a_new_key_is_published_before_it_signs(client, provider, settings, key_file, tmp_path):
    new = written(tmp_path / "new.pem", ec.generate_private_key(ec.SECP256R1()))
    settings.SOCIALACCOUNT_PROVIDERS = provider.settings(key_files=[key_file, new])
    assert len(client.get("/identity-keys.json").json()["keys"]) == 2


def test_a_house_without_keys_tells_none(client, provider, settings):
    settings.SOCIALACCOUNT_PROVIDERS = provider.settings()
    assert client.get("/identity-keys.json").json() == {"keys": []}


NEEDED = {"id": "x", "name": "X", "server": "https://id.example", "client_id": "house"}
WRONG = {
    "no key": lambda path: path.write_text("nothing") and str(path),
    "too short": lambda path: written(path, rsa.generate_private_key(65537, 1024)),  # noqa: S505 - so it is refused
    "another curve": lambda path: written(path, ec.generate_private_key(ec.SECP384R1())),
    "a passphrase": lambda path: written(path, ec.generate_private_key(ec.SECP256R1()), b"x"),
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_a_wrong_key_stops_the_house_with_a_sentence(tmp_path, wrong):
    file = wrong(tmp_path / "key.pem")
    with pytest.raises(ImproperlyConfigured, match="a key of x"):
        app_of({**NEEDED, "key_files": [file]})


def test_a_key_beside_a_secret_and_a_method_without_key_are_refused(key_file):
    with pytest.raises(ImproperlyConfigured, match="a key and a secret"):
        app_of({**NEEDED, "key_files": [key_file], "secret": "s"})
    with pytest.raises(ImproperlyConfigured, match="lacks key_files"):
        app_of({**NEEDED, "token_auth_method": "private_key_jwt"})
