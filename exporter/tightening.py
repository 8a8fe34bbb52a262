"""A script in fewer signs that mean the same; what comes in was joined and renamed.

Only what tokens alone can prove: a comma that ends a list, brackets around an arrow's
one parameter, declarations that follow each other, a line's end after a block, a ";"
that a bracket or a block says already. A name that is declared by `const` here is
assigned nowhere, as the type checker sees to, so `let` says the same and compresses
better; so do `!0`, `!1` and `void 0`.
"""

from __future__ import annotations

from exporter.javascript import Token, tokens

_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")
_HEADS = frozenset(("if", "for", "while", "catch"))
_BEFORE_BLOCK = frozenset(("else", "try", "finally", "do"))
_WORDY = frozenset(("name", "number"))
_SHORT = {"true": "!0", "false": "!1", "undefined": "void 0"}


def tightened(source: str) -> str:
    """`source` with its needless signs left out."""
    return _Tightener(source).result()


class _Tightener:
    def __init__(self, source: str) -> None:
        self._source = source
        self._tokens = list(tokens(source))
        self._opened: dict[int, int] = {}
        self._around: list[int] = []
        self._match()
        self._texts = [token.text for token in self._tokens]

    def result(self) -> str:
        self._drop_commas()
        self._bare_arrows()
        self._join_declarations()
        self._short_words()
        self._drop_ends()
        return "".join(self._pieces())

    def _match(self) -> None:
        stack: list[int] = []
        for index, token in enumerate(self._tokens):
            closes = token.kind == "sign" and token.text in _CLOSING
            if closes:
                self._opened[index] = stack.pop()
            self._around.append(stack[-1] if stack else -1)
            if token.kind == "sign" and token.text in _OPENING:
                stack.append(index)

    def _drop_commas(self) -> None:
        for index in self._opened:
            if self._sign(index - 1) == "," and self._sign(index - 2) not in (
                *(",", "["),
            ):
                self._texts[index - 1] = ""

    def _bare_arrows(self) -> None:
        for end, start in self._opened.items():
            alone = end == start + 2 and self._tokens[start + 1].kind == "name"
            if alone and self._sign(end) == ")" and self._sign(end + 1) == "=>":
                self._texts[start] = self._texts[end] = ""

    def _join_declarations(self) -> None:
        declared: dict[int, int] = {}
        for index, token in enumerate(self._tokens):
            around = self._around[index]
            if self._is_declaring(index):
                self._texts[index] = "let"
                if declared.get(around) == index - 1:
                    self._texts[index - 1], self._texts[index] = "", ","
                declared[around] = -2
            elif token.text == ";" and token.kind == "sign" and around in declared:
                # The end of a declaration; another one may follow at once.
                declared[around] = index if declared[around] == -2 else -1
            elif token.kind == "sign" and token.text == "}":
                declared.pop(index, None)

    def _short_words(self) -> None:
        for index, token in enumerate(self._tokens):
            if token.kind != "name" or token.text not in _SHORT:
                continue
            before, after = self._sign(index - 1), self._sign(index + 1)
            is_key = before in ("{", ",") and after in (":", ",", "}", "(")
            if before not in (".", "?.") and not (is_key and self._is_object(index)):
                self._texts[index] = _SHORT[token.text]

    def _is_object(self, index: int) -> bool:
        return self._sign(self._around[index]) == "{"

    def _drop_ends(self) -> None:
        """The ";" before a "}" and after a block, where it is no statement itself."""
        for index in range(1, len(self._tokens)):
            if self._texts[index] != ";" or self._sign(self._around[index]) == "(":
                continue
            ends = self._sign(index + 1) == "}" and not self._is_empty(index)
            if ends or (self._sign(index - 1) == "}" and self._is_over(index - 1)):
                self._texts[index] = ""

    def _is_empty(self, index: int) -> bool:
        """Whether a ";" is all that a loop or a condition does."""
        before = self._sign(index - 1)
        if before == ")":
            return self._text(self._opened[index - 1] - 1) in _HEADS
        return self._text(index - 1) == "else"

    def _is_declaring(self, index: int) -> bool:
        return (
            self._tokens[index].kind == "name"
            and self._tokens[index].text in ("const", "let")
            and self._sign(index - 1) not in (".", "?.")
            and self._sign(index + 1) not in (":", ",", "}", "(", ")", "=", ".")
        )

    def _pieces(self) -> list[str]:
        pieces: list[str] = []
        before = -1
        for index, text in enumerate(self._texts):
            if not text:
                continue
            if before >= 0:
                pieces.append(self._between(before, index))
            pieces.append(text)
            before = index
        return pieces

    def _between(self, before: int, index: int) -> str:
        first, second = self._texts[before], self._texts[index]
        if first == "," or second == ",":
            return ""
        if self._ends_line(before, index):
            return "\n"
        if self._wordy(before, first[-1]) and self._wordy(index, second[0]):
            return " "
        return " " if first[-1] == second[0] and first[-1] in "+-/" else ""

    def _wordy(self, index: int, text: str) -> bool:
        """Whether a token that ends or begins with `text` would join another word."""
        return self._tokens[index].kind in _WORDY and text != "!"

    def _ends_line(self, before: int, index: int) -> bool:
        """Whether the line's end between two tokens may be what parts statements."""
        blank = self._source[self._tokens[before].end : self._tokens[index].start]
        return "\n" in blank and not self._is_over(before)

    def _is_over(self, index: int) -> bool:
        """Whether a statement ends or goes on here, line's end or not."""
        sign = self._sign(index)
        if sign == ")":
            return self._text(self._opened[index] - 1) in _HEADS
        if sign == "}":
            return self._is_block(self._opened[index])
        return bool(sign) and sign not in ("]", "++", "--")

    def _is_block(self, opening: int) -> bool:
        before = self._text(opening - 1)
        if before in _BEFORE_BLOCK or before in (";", "{", "}", ""):
            return True
        if before != ")":
            return False
        head = self._opened[opening - 1]
        return (
            self._text(head - 1) in _HEADS
            or self._is_function(head)
            or self._is_class(self._around[opening])
        )

    def _is_function(self, head: int) -> bool:
        """Whether parameters that open at `head` are a declared function's."""
        word = head - 2 - (self._text(head - 2) == "*")
        if self._text(word) != "function":
            return False
        start = word - (self._text(word - 1) == "async")
        return self._text(start - 1) in (";", "{", "}", "")

    def _is_class(self, opening: int) -> bool:
        """Whether a bracket holds a class's methods."""
        return opening >= 0 and (
            self._text(opening - 2) == "class" or self._text(opening - 2) == "extends"
        )

    def _sign(self, index: int) -> str:
        if not 0 <= index < len(self._tokens):
            return ""
        token = self._tokens[index]
        return token.text if token.kind == "sign" else ""

    def _text(self, index: int) -> str:
        if not 0 <= index < len(self._tokens):
            return ""
        token: Token = self._tokens[index]
        return token.text if token.kind in ("sign", "name") else "?"
