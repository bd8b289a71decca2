"""An identity from elsewhere opens an account only when everything about it is right."""

import time

import jwt
import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ImproperlyConfigured

from entrecidades.config.identity_providers import app_of, form_targets
from tests.web.identity import OTHER_KEY, Provider
from tests.web.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def running():
    provider = Provider()
    yield provider
    provider.server.shutdown()
    provider.server.server_close()


@pytest.fixture
def provider(running, settings):
    running.__dict__.update(claims={}, told={}, asked={}, key=type(running)().key)
    settings.SOCIALACCOUNT_PROVIDERS = running.settings(vouches_for=["maputo.example"])
    return running


@pytest.fixture
def proven(officer):
    """The officer has proven her address to us."""
    EmailAddress.objects.create(user=officer, email=officer.email, verified=True, primary=True)
    return officer


def logged_in_as(client):
    return client.session.get("_auth_user_id")


def test_a_right_identity_opens_the_account_with_the_same_proven_address(client, provider, proven):
    provider.leave(client)
    response = provider.come_back(client)
    assert response.status_code == 302
    assert logged_in_as(client) == str(proven.pk)
    assert provider.pkce_agrees()
    assert SocialAccount.objects.get().user == proven


def test_the_nonce_is_new_each_time_and_an_address_cannot_bring_its_own(client, provider):
    path = "/en/accounts/identity/test/"
    provider.leave(client, path=path)
    first = provider.asked["nonce"]
    response = client.post(f"{path}?auth_params=nonce%3Dmine%26prompt%3Dnone&scope=everything")
    assert len(first) >= 32
    assert "mine" not in response["Location"]
    assert first not in response["Location"]
    assert "everything" not in response["Location"]


WRONG = {
    "another nonce": {"nonce": "another"},
    "no nonce": {"nonce": None},
    "expired": {"exp": int(time.time()) - 60},
    "for somebody else": {"aud": "another-house"},
    "from somebody else": {"iss": "https://evil.example"},
    "about nobody": {"sub": None},
    "about another than the provider tells": {"sub": "4712"},
}


@pytest.mark.parametrize("claims", WRONG.values(), ids=WRONG)
def test_a_wrong_identity_opens_nothing(client, provider, proven, claims):
    provider.leave(client)
    provider.claims = claims
    response = provider.come_back(client)
    assert "could not be checked" in text_of(response)
    assert logged_in_as(client) is None
    assert not SocialAccount.objects.exists()


def test_an_identity_that_somebody_else_signed_opens_nothing(client, provider, proven):
    provider.leave(client)
    provider.key = OTHER_KEY
    assert "could not be checked" in text_of(provider.come_back(client))
    assert logged_in_as(client) is None


def test_an_identity_without_signature_opens_nothing(client, provider, proven, monkeypatch):
    provider.leave(client)
    facts = jwt.decode(provider.identity(), options={"verify_signature": False})
    bare = jwt.encode(facts, None, "none", headers={"kid": "k"})
    monkeypatch.setattr(provider, "identity", lambda: bare)
    assert "could not be checked" in text_of(provider.come_back(client))
    assert logged_in_as(client) is None


def test_a_public_key_taken_for_a_shared_secret_opens_nothing(
    client, provider, proven, monkeypatch
):
    provider.leave(client)
    facts = jwt.decode(provider.identity(), options={"verify_signature": False})
    forged = jwt.encode(facts, "k" * 32, "HS256", headers={"kid": "k"})
    monkeypatch.setattr(provider, "identity", lambda: forged)
    assert "could not be checked" in text_of(provider.come_back(client))
    assert logged_in_as(client) is None


def test_a_code_that_another_provider_gave_opens_nothing(client, provider, proven):
    provider.leave(client)
    assert "could not be checked" in text_of(
        provider.come_back(client, iss="https://evil.example")
    )
    assert logged_in_as(client) is None
    provider.leave(client)
    provider.come_back(client, iss=provider.url)
    assert logged_in_as(client) == str(proven.pk)


@pytest.mark.parametrize("told", ["down", {}, None, {"issuer": 7}])
def test_a_provider_that_tells_nothing_of_use_is_told_like_a_wrong_one(
    client, provider, monkeypatch, told
):
    monkeypatch.setattr(provider, "document", lambda *_asked: told)
    assert "could not be checked" in text_of(client.post("/en/accounts/identity/test/"))


def test_a_provider_out_of_reach_is_told_like_a_wrong_one(client, provider, monkeypatch, settings):
    monkeypatch.setattr(provider, "url", "http://127.0.0.1:9")
    settings.SOCIALACCOUNT_PROVIDERS = provider.settings()
    assert "could not be checked" in text_of(client.post("/en/accounts/identity/test/"))


def test_an_answer_that_another_browser_asked_for_opens_nothing(client, provider, proven):
    provider.leave(client)
    client.session.flush()
    client.cookies.clear()
    assert "could not be checked" in text_of(provider.come_back(client))
    assert logged_in_as(client) is None


def test_an_address_not_proven_at_the_provider_opens_nothing(client, provider, proven):
    provider.told = {"email_verified": "true"}
    provider.leave(client)
    assert "How to get an account" in text_of(provider.come_back(client))
    assert logged_in_as(client) is None


def test_an_address_not_proven_to_us_opens_nothing(client, provider, officer):
    provider.leave(client)
    assert "How to get an account" in text_of(provider.come_back(client))
    assert not SocialAccount.objects.exists()


def test_a_provider_whose_word_is_not_taken_opens_nothing(client, provider, proven, settings):
    settings.SOCIALACCOUNT_PROVIDERS = provider.settings(vouches_for=["curitiba.example"])
    provider.leave(client)
    assert "How to get an account" in text_of(provider.come_back(client))
    assert logged_in_as(client) is None


def test_the_answer_does_not_tell_whether_there_is_an_account(client, provider, officer):
    def answer():
        provider.leave(client)
        return text_of(provider.come_back(client)).replace(provider.asked["state"], "")

    known = answer()
    provider.told = {"email": "nobody@maputo.example"}
    assert answer() == known


def test_a_member_connects_an_identity_and_then_it_opens_her_account(client, provider, officer):
    provider.told = {"email": "private@elsewhere.example"}
    officer.set_password("praia-do-bilene-1975")
    officer.save()
    client.force_login(officer)
    provider.leave(client, "connect")
    asked = provider.come_back(client)["Location"]
    assert not SocialAccount.objects.exists()
    client.post(asked, {"password": "praia-do-bilene-1975"})
    client.logout()
    provider.leave(client)
    provider.come_back(client)
    assert logged_in_as(client) == str(officer.pk)


def test_an_identity_that_opens_one_account_cannot_be_connected_with_another(
    client, provider, officer, counterpart
):
    SocialAccount.objects.create(user=counterpart, provider="test", uid="4711")
    client.force_login(officer)
    provider.leave(client, "connect")
    provider.come_back(client)
    assert SocialAccount.objects.get().user == counterpart


def test_little_is_kept_of_what_the_provider_tells(client, provider, proven):
    provider.told = {"cpf": "00000000191", "picture": "data:"}
    provider.leave(client)
    provider.come_back(client)
    assert "cpf" not in str(SocialAccount.objects.get().extra_data)


def test_the_log_in_page_has_a_button_for_each(client, provider):
    assert "Test identity" in text_of(client.get("/en/accounts/login/"))


def test_an_unknown_provider_is_not_there(client):
    assert client.post("/en/accounts/identity/nobody/").status_code == 404


GOOD = {"id": "x", "name": "X", "server": "https://x.example", "client_id": "c"}


@pytest.mark.parametrize(
    "wrong",
    [{"server": "http://x.example"}, {"id": "X Y"}, {"secrets": "?"}, {"client_id": None}],
)
def test_a_provider_that_could_be_impersonated_or_is_misspelt_is_refused(wrong):
    facts = {key: value for key, value in (GOOD | wrong).items() if value is not None}
    with pytest.raises(ImproperlyConfigured, match="ENTRECIDADES_OIDC"):
        app_of(facts)


def test_a_secret_can_stay_in_a_file_and_forms_may_lead_to_the_provider(tmp_path):
    (tmp_path / "secret").write_text("s3\n")
    app = app_of({**GOOD, "secret_file": str(tmp_path / "secret")})
    assert app["secret"] == "s3"  # noqa: S105 - a test's secret
    assert form_targets([GOOD]) == ["https://x.example"]
