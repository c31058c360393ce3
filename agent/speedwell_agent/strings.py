"""Texts that tell apart ways of reading text: what ends a line, what is a space, a digit or a numeral, which letters are alike.

Each row below is what one way of reading takes for the same and another does not. They take the place of a recorded text, or
change it where it stands: at its ends, its separators and its numbers.
"""

import re

LINES = "a\rb\x0bc\x0cd\x1ce\x1df\x1eg\x85h\u2028i\u2029j\r\nk\n"
SPACES = "\xa0a \tb\u3000\x1c\u2003c\u200b\ufeff\x00"
LETTERS = "ßſİıΣς\u212a\u01c5ŉ\ufb01é e\u0301ª²"
DIGITS = "²١½\uff11"
_SURROGATE = "a\ud800"
_SYNTAX = ("(a|[b*.?", "%s {0} \\1 &amp;", "\"a,b\",'c'\\", ".a/../b.c.d", "#a;b=c==d=", "<a>:b::c,,d,")
_WHOLE = ("", "a", "Zz zZ", "é漢😀", "a\nb\tc", LINES, SPACES, LETTERS, DIGITS, _SURROGATE) + _SYNTAX
# Equal to some and not to others: without case, without spaces, by composed or compatible form, as numbers.
ALIKE = (("Straße", "STRASSE"), ("ſ", "s"), ("é", "e\u0301"), ("a", "A"), ("a ", "a"), ("", " "), ("\u212a", "k"), ("\ufb01", "fi"),
         ("\uff11", "1"), ("01", "1"), ("ς", "σ"), ("a10", "a9"), ("\xa0a", "a"), ("_", "Z"))  # fmt: skip
INTEGERS = ("0", "-0", "+7", "007", " 42 ", "1_000", "١٢", "\uff11", "99999999999999999999", "-3")
FLOATS = ("1.", ".5", "1e5", "1E-3", "-0.0", "inf", "-Infinity", "nan", " 2.5\n", "1_0.5", "٣.٥", "1e400", "0.1")
_NOT_NUMBERS = ("1,000", "1.2.3", "0x1A", "²", "½", "1e", "--1", "1 2", "5%", "1__0", "+", " ")
_IN_NUMBER = ("0", "00", "1", "13", "29", "31", "007", "-1", "+1", "1_0", "١", "²", " 1", "1.5", "1e2", "99999", "")
SHORT = ("", " ", "a", "A", "\n", "\t", "\r", "\x0b", "\x0c", "\x1c", "\x85", "\xa0", "\u2028", "\u200b", "\ufeff", "\x00", "é", "e\u0301",
         "ß", "İ", "ſ", "ς", "\u212a", "\ufb01", "²", "½", "١", "_", "漢", "😀", "\ud800", ".", "\\", "[", "%", "0", "-1", "1.5") + INTEGERS[2:7] + FLOATS[:9]  # fmt: skip


def changes_of_text(value):
    """Texts to try in place of `value`: of other kinds altogether, and `value` changed where it stands."""
    return list(dict.fromkeys(_WHOLE + (value[::-1], value * 2) + tuple(_in_place(value)) + (_numerals() if _has_digit(value) else ())))


def changes_of_texts(values):
    """[(label, texts)] to try in place of a list of texts."""
    alike = [text for pair in ALIKE for text in pair]
    made = [
        ("words that are alike", alike),
        ("words that are alike, reversed", alike[::-1]),
        ("letters with other cases", [LETTERS] + values[1:]),
        ("ends of lines", values[:-1] + [LINES]),
        ("spaces", values[:-1] + [SPACES]),
        ("other letters", values[:-1] + ["é漢😀"]),
        ("empty string first", [""] + values[1:]),
        ("upper and lower case", [text.upper() if i % 2 else text.lower() for i, text in enumerate(values)]),
        ("spaces around", [" %s\t" % text if i % 2 else "\xa0%s\n" % text for i, text in enumerate(values)]),
        ("what has a meaning in patterns and formats", list(_SYNTAX)),
        ("one letter more, one less", [text + "a" if i % 2 else text[:-1] for i, text in enumerate(values)]),
    ]
    if any(map(_has_digit, values)):
        made += [("integers", list(INTEGERS)), ("numbers", list(FLOATS + INTEGERS)), ("numerals", list(_numerals()))]
    return made


def varied(value, source):
    """Some texts near `value`, drawn at random."""
    extra = source.choice(SHORT)
    at = source.randrange(len(value) + 1)
    made = [extra, value + extra, extra + value, value[:at] + extra + value[at:], value[1:], value[:-1], value[:at] + value[at + 1 :]]
    nearby = list(_in_place(value))
    return made + [value[::-1], value * 2] + source.sample(nearby, min(4, len(nearby)))


def character_kinds(value):
    """What kinds of characters a text holds, each as people call it."""
    kinds = set()
    for character in set(value[:10_000]):
        if character.isalpha():
            kinds.add("letters" if character.isascii() else "letters beyond ASCII")
        elif character.isnumeric():
            kinds.add("digits" if character.isascii() else "digits beyond ASCII")
        elif character.isspace():
            kinds.add("spaces" if character == " " else "line ends or other white space")
        else:
            kinds.add(ascii(character))
    return kinds


def _numerals():
    return INTEGERS + FLOATS + _NOT_NUMBERS


def _has_digit(value):
    return any(character.isdigit() for character in value[:200])


def _in_place(value):
    """`value` with other ends, separators, numbers and cases."""
    if not value or len(value) > 1000:
        return
    yield from (" %s\t" % value, "\ufeff%s" % value, value + "\n", value + "\r\n", "\xa0%s\x1c" % value, value.upper(), value.swapcase())
    yield value[: len(value) // 2] + "é\u0301" + value[len(value) // 2 :]
    separators = [c for c in dict.fromkeys(value) if not c.isalnum()]
    for separator in separators[:4]:
        yield value.replace(separator, separator * 2)
        yield value.replace(separator, "", 1)
        yield value.replace(separator, " %s " % separator)
        yield value.replace(separator, separator + "\n")
        yield value + separator
        yield separator + value
        yield value.replace(separator, "\x85", 1)
    for number in list(re.finditer("[0-9]+", value))[:4]:
        for other in _IN_NUMBER:
            yield value[: number.start()] + other + value[number.end() :]
