"""A site's word for its visitor: two ways that hold, and many that do not."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from typing import TYPE_CHECKING

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from hypothesis import given
from hypothesis import strategies as st

from server.visitors.identity import IdentityRefused, proven

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes

SECRET = "a secret of at least thirty-two bytes"
LONG = 2 * SECRET
"""Long enough for every HMAC."""


def pems(key: PrivateKeyTypes) -> tuple[str, str]:
    """The public half of a key, and the private one."""
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return public.decode(), private.decode()


PUBLIC, PRIVATE = pems(rsa.generate_private_key(public_exponent=65537, key_size=2048))


def sealed(user: str, secret: str = SECRET) -> str:
    return hmac.digest(secret.encode(), user.encode(), hashlib.sha256).hex()


def token(secret: str = SECRET, algorithm: str = "HS256", **change: object) -> str:
    claims = {"sub": "anna", "exp": int(time.time()) + 600, **change}
    kept = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode(kept, secret, algorithm)


def by_hand(header: dict[str, str], body: dict[str, object], key: bytes) -> str:
    """A token as somebody writes it who does not ask a library."""
    parts = [
        base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=")
        for part in (header, body)
    ]
    mac = hmac.digest(key, b".".join(parts), hashlib.sha256)
    parts.append(base64.urlsafe_b64encode(mac).rstrip(b"="))
    return b".".join(parts).decode()


def refused(secret: str, user: str, proof: str) -> str:
    with pytest.raises(IdentityRefused) as caught:
        proven(secret, user, proof)
    return caught.value.code


@given(st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=100))
def test_an_id_with_its_hmac(user: str) -> None:
    assert proven(SECRET, user, sealed(user)) == user
    assert refused(SECRET, user + "x", sealed(user)) == "identity_refused"
    assert refused(SECRET, user, sealed(user, "another")) == "identity_refused"


def test_tokens_of_both_kinds() -> None:
    assert proven(SECRET, "", token()) == "anna"
    assert proven(SECRET, "anna", token()) == "anna"
    assert proven(PUBLIC, "", token(PRIVATE, "RS256")) == "anna"


def test_a_token_of_another_visitor() -> None:
    assert refused(SECRET, "bert", token()) == "identity_refused"


def test_tokens_that_do_not_hold() -> None:
    for text in (
        token("another secret of thirty-two bytes and more"),
        token(sub=None),
        token(exp=None),
        token(sub=""),
        token(sub=7),
        token(PRIVATE, "RS256"),
        token(nbf=int(time.time()) + 600),
        jwt.encode({"sub": "anna", "exp": 9e9}, "", "none"),
        "..", "a.b.c", token()[:-2], token() + "AA", "é.é.é",
    ):  # fmt: skip
        assert refused(SECRET, "", text) == "identity_refused", text


OTHER_WAYS = {
    **dict.fromkeys(("HS384", "HS512"), (LONG, LONG)),
    **dict.fromkeys(("RS384", "RS512", "PS256"), (PUBLIC, PRIVATE)),
    "ES256": pems(ec.generate_private_key(ec.SECP256R1())),
    "EdDSA": pems(ed25519.Ed25519PrivateKey.generate()),
}
"""What else a token may be signed by: what checks it, and what it is signed with."""


@pytest.mark.parametrize("algorithm", OTHER_WAYS)
def test_a_right_signature_by_another_way(algorithm: str) -> None:
    """Each would hold if its way were among those that are taken."""
    kept, key = OTHER_WAYS[algorithm]
    assert refused(kept, "", token(key, algorithm)) == "identity_refused"


def test_a_key_of_another_kind_is_refused_not_choked_on() -> None:
    kept, _ = pems(ec.generate_private_key(ec.SECP256R1()))
    for name in ("RS256", "HS256", "none"):
        body = {"sub": "anna", "exp": int(time.time()) + 600}
        forged = by_hand({"alg": name, "typ": "JWT"}, body, kept.encode())
        assert refused(kept, "", forged) == "identity_refused"


def test_a_public_key_is_no_secret() -> None:
    body = {"sub": "anna", "exp": int(time.time()) + 600}
    forged = by_hand({"alg": "HS256", "typ": "JWT"}, body, PUBLIC.encode())
    assert refused(PUBLIC, "", forged) == "identity_refused"
    assert refused(PUBLIC, "anna", sealed("anna", PUBLIC)) == "identity_refused"


def test_an_expired_token_says_so() -> None:
    assert refused(SECRET, "", token(exp=int(time.time()) - 60)) == "identity_expired"


def test_a_short_secret_signs_no_tokens() -> None:
    short = "short"
    body = {"sub": "anna", "exp": int(time.time()) + 600}
    text = by_hand({"alg": "HS256", "typ": "JWT"}, body, short.encode())
    assert refused(short, "", text) == "identity_refused"


@given(st.text(max_size=60), st.text(max_size=60))
def test_nothing_else_is_a_proof(user: str, proof: str) -> None:
    assert refused(SECRET, user, proof)


@pytest.mark.parametrize("user", ["", "x" * 201, "a\nb", "\x00"])
def test_ids_that_are_none(user: str) -> None:
    assert refused(SECRET, user, sealed(user)) == "identity_refused"
