"""Visitors whom the site knows: it vouches for their id with a secret it shares.

Two ways. HMAC: the page names the id and `HMAC-SHA256(secret, id)` in hex. JWT: the
page shows a token with `sub` and `exp`, signed with the secret (HS256), or with the
key whose public half is kept here (RS256). What the secret is decides the algorithm,
never the token, so that a public key cannot be used as a secret.
"""

from __future__ import annotations

import hashlib
import hmac

from server.errors import ServerError

SECRET = "visitor_identity"
"""The name under which the vault keeps what identities are checked with."""

_LEEWAY = 30
_LONGEST = 200
_SHORTEST_SECRET = 32


class IdentityRefused(ServerError):
    """The site's word for its visitor does not hold."""

    status = 401

    def __init__(self, code: str, sentence: str, hint: str) -> None:
        super().__init__(sentence, hint)
        self.code = code


def proven(secret: str, user: str, proof: str) -> str:
    """The visitor's id at the site; raises IdentityRefused."""
    name = _of_token(secret, proof) if proof.count(".") == 2 else user
    if proof.count(".") != 2 and not _is_sealed(secret, user, proof):
        raise _refused("The proof of the visitor's identity is not right.")
    if user and name != user:
        raise _refused("The token is another visitor's.")
    if not name or len(name) > _LONGEST or not name.isprintable():
        raise _refused(f"The visitor's id is empty or longer than {_LONGEST} signs.")
    return name


def _is_sealed(secret: str, user: str, proof: str) -> bool:
    if _is_public_key(secret):
        return False
    good = hmac.digest(secret.encode(), user.encode("utf-8", "replace"), hashlib.sha256)
    shown = proof.lower().encode("utf-8", "replace")
    return hmac.compare_digest(good.hex().encode(), shown)


def _of_token(secret: str, token: str) -> str:
    import jwt  # a start can do without

    public = _is_public_key(secret)
    if not public and len(secret.encode()) < _SHORTEST_SECRET:
        raise _refused("The secret of identities is too short for tokens.")
    try:
        said = jwt.decode(
            token,
            secret,
            algorithms=["RS256" if public else "HS256"],
            leeway=_LEEWAY,
            options={"require": ["sub", "exp"], "verify_aud": False},
        )
    except jwt.ExpiredSignatureError:
        raise IdentityRefused(
            "identity_expired",
            "The token of the visitor's identity has expired.",
            "Let the site give the page a fresh one.",
        ) from None
    except (jwt.InvalidTokenError, jwt.InvalidKeyError, ValueError):
        raise _refused("The token of the visitor's identity is not right.") from None
    return str(said["sub"])


def _is_public_key(secret: str) -> bool:
    return secret.lstrip().startswith("-----BEGIN ")


def _refused(sentence: str) -> IdentityRefused:
    return IdentityRefused(
        "identity_refused", sentence, "Sign the id with the secret set for this chat."
    )
