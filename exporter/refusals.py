"""What a hosted server's refusals mean to the person who publishes."""

from __future__ import annotations

from exporter.contract.errors import InputError, VitrineError, WorldError


def refusal(
    host: str, status: int, message: str, hint: str, *, wait: str = ""
) -> VitrineError:
    """The sentence for a status from 300 on; `message` and `hint` are the server's own.

    They stand where the server knows more than its status says; what it says to
    programmers, as of tokens, is said in our words.
    """
    if status < 400:
        return InputError(
            f"{host} sends its visitors elsewhere ({status}).",
            "Use the address it sends them to.",
        )
    if status == 429:
        again = f"Try again in {wait} s." if wait.isdigit() else "Try again later."
        return WorldError(f"{host} has had enough for now (429).", again)
    if status >= 500:
        return WorldError(
            message or f"{host} has a problem ({status}).",
            hint or "Nothing was changed; try again in a moment.",
        )
    if status in _OURS:
        words, next_step = _OURS[status]
        return InputError(words.format(host=host), next_step)
    words, next_step = _THEIRS.get(status, ("{host} refused it ({status}).", ""))
    return InputError(
        message or words.format(host=host, status=status), hint or next_step
    )


_OURS = {
    401: (
        "{host} does not know this token (401).",
        "Paste a current one; `license create` printed it once.",
    ),
    413: (
        "The widget is larger than {host} takes (413).",
        "Use smaller pictures and fonts, or addresses of them.",
    ),
}
_THEIRS = {
    403: (
        "{host} does not let this token do that (403).",
        "Ask who runs the server whether the licence is active.",
    ),
    409: (
        "Something else changes the widget on {host} just now (409).",
        "Look again, then publish once more.",
    ),
}
