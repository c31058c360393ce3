"""Text: joining, counting, parsing, case and Unicode."""


# %% original: a table as text
def f(rows):
    text = ""
    for row in rows:
        line = ""
        for i in range(len(row)):
            if i > 0:
                line += ","
            line += str(row[i])
        text += line + "\n"
    return text


# %% calls
f([[1, 2], [3, 4]])
f([["a", None], [1.5, "b"]])


# %% right: joins
def f(rows):
    return "".join(",".join(map(str, row)) + "\n" for row in rows)


# %% right: a list of lines
def f(rows):
    lines = []
    for row in rows:
        lines.append(",".join([str(cell) for cell in row]) + "\n")
    return "".join(lines)


# %% wrong: the last newline is lost
def f(rows):
    return "\n".join(",".join(map(str, row)) for row in rows)


# %% wrong: repr for str
def f(rows):
    return "".join(",".join(map(repr, row)) + "\n" for row in rows)


# %% wrong: empty cells are dropped
def f(rows):
    return "".join(",".join(str(cell) for cell in row if cell is not None) + "\n" for row in rows)


# %% original: how often each letter stands
def f(text):
    counts = {}
    for letter in text:
        counts[letter] = text.count(letter)
    return counts


# %% calls
f("hello world")
f("aAbB")


# %% right: Counter, made a dict
from collections import Counter


def f(text):
    return dict(Counter(text))


# %% wrong: without regard to case
from collections import Counter


def f(text):
    return dict(Counter(text.lower()))


# %% wrong: sorted letters
def f(text):
    return {letter: text.count(letter) for letter in sorted(set(text))}


# %% original: is it a palindrome
def f(text):
    kept = ""
    for letter in text:
        if letter.isalnum():
            kept += letter.lower()
    for i in range(len(kept)):
        if kept[i] != kept[len(kept) - 1 - i]:
            return False
    return True


# %% calls
f("A man, a plan, a canal: Panama")
f("hello")
f("x1x")


# %% right: a slice of the joined letters
def f(text):
    kept = "".join(letter.lower() for letter in text if letter.isalnum())
    return kept == kept[::-1]


# %% wrong: case matters
def f(text):
    kept = "".join(letter for letter in text if letter.isalnum())
    return kept == kept[::-1]


# %% wrong: only letters of ASCII are looked at
import re


def f(text):
    kept = re.sub("[^a-z0-9]", "", text.lower())
    return kept == kept[::-1]


# %% wrong: digits are not letters
def f(text):
    kept = "".join(letter.lower() for letter in text if letter.isalpha())
    return kept == kept[::-1]


# %% original: remove vowels
def f(text):
    out = ""
    for letter in text:
        if letter not in "aeiouAEIOU":
            out = out + letter
    return out


# %% calls
f("Programming Language")
f("AEIOU")
f("xyz")


# %% right: translate
_VOWELS = str.maketrans("", "", "aeiouAEIOU")


def f(text):
    return text.translate(_VOWELS)


# %% right: a regular expression
import re

_VOWELS = re.compile("[aeiouAEIOU]")


def f(text):
    return _VOWELS.sub("", text)


# %% wrong: IGNORECASE with a range that is too wide
import re


def f(text):
    return re.sub("[a-eiou]", "", text, flags=re.I)


# %% wrong: capitals stay
def f(text):
    return text.translate(str.maketrans("", "", "aeiou"))


# %% original: settings from text
def f(text):
    settings = {}
    for line in text.split("\n"):
        line = line.strip()
        if line == "" or line.startswith("#"):
            continue
        position = line.find("=")
        if position < 0:
            continue
        settings[line[:position].strip()] = line[position + 1 :].strip()
    return settings


# %% calls
f("a = 1\n# note\nb=2=3\n\nbad line")
f("x=\n =y\nx=5")


# %% right: partition
def f(text):
    settings = {}
    for line in text.split("\n"):
        line = line.strip()
        if not line or line[0] == "#":
            continue
        key, found, value = line.partition("=")
        if found:
            settings[key.strip()] = value.strip()
    return settings


# %% wrong: split at every sign
def f(text):
    settings = {}
    for line in text.split("\n"):
        line = line.strip()
        if not line or line[0] == "#" or "=" not in line:
            continue
        parts = line.split("=")
        settings[parts[0].strip()] = parts[1].strip()
    return settings


# %% wrong: the first setting of a key wins
def f(text):
    settings = {}
    for line in text.split("\n"):
        line = line.strip()
        if not line or line[0] == "#":
            continue
        key, found, value = line.partition("=")
        if found:
            settings.setdefault(key.strip(), value.strip())
    return settings


# %% wrong: partition from the right
def f(text):
    settings = {}
    for line in text.split("\n"):
        line = line.strip()
        if not line or line[0] == "#":
            continue
        key, found, value = line.rpartition("=")
        if found:
            settings[key.strip()] = value.strip()
    return settings


# %% original: words of a text
def f(text):
    words = []
    word = ""
    for letter in text:
        if letter == " ":
            if word != "":
                words.append(word)
            word = ""
        else:
            word += letter
    if word != "":
        words.append(word)
    return words


# %% calls
f("the quick  brown fox")
f(" a b ")


# %% right: split at spaces, empty ones dropped
def f(text):
    return [word for word in text.split(" ") if word]


# %% wrong: split at any white space
def f(text):
    return text.split()


# %% wrong: empty words kept
def f(text):
    return text.split(" ")


# %% original: equal but for case
def f(one, two):
    if len(one) != len(two):
        return False
    for a, b in zip(one, two):
        if a.lower() != b.lower():
            return False
    return True


# %% calls
f("Hello", "hELLO")
f("abc", "abd")
f("ab", "abc")


# %% right: all()
def f(one, two):
    return len(one) == len(two) and all(a.lower() == b.lower() for a, b in zip(one, two))


# %% wrong: a prefix is enough
def f(one, two):
    return all(a.lower() == b.lower() for a, b in zip(one, two))


# %% original: Caesar
def f(text, shift):
    out = ""
    for letter in text:
        if "a" <= letter <= "z":
            out += chr((ord(letter) - 97 + shift) % 26 + 97)
        elif "A" <= letter <= "Z":
            out += chr((ord(letter) - 65 + shift) % 26 + 65)
        else:
            out += letter
    return out


# %% calls
f("Hello, World!", 3)
f("xyz", -5)


# %% right: a translation table
from string import ascii_lowercase as lower
from string import ascii_uppercase as upper


def f(text, shift):
    k = shift % 26
    return text.translate(str.maketrans(lower + upper, lower[k:] + lower[:k] + upper[k:] + upper[:k]))


# %% wrong: no wrap for negative shifts
from string import ascii_lowercase as lower
from string import ascii_uppercase as upper


def f(text, shift):
    k = abs(shift) % 26
    return text.translate(str.maketrans(lower + upper, lower[k:] + lower[:k] + upper[k:] + upper[:k]))


# %% wrong: lower case for upper
def f(text, shift):
    return "".join(
        chr((ord(c.lower()) - 97 + shift) % 26 + 97) if "a" <= c.lower() <= "z" else c for c in text
    )


# %% original: run lengths
def f(text):
    out = ""
    i = 0
    while i < len(text):
        j = i
        while j < len(text) and text[j] == text[i]:
            j += 1
        out += text[i] + str(j - i)
        i = j
    return out


# %% calls
f("aaabccd")
f("zz")
f("abc")


# %% right: groupby
from itertools import groupby


def f(text):
    return "".join(letter + str(len(list(run))) for letter, run in groupby(text))


# %% right: a regular expression
import re


def f(text):
    return re.sub(r"(.)\1*", lambda m: m[1] + str(len(m[0])), text, flags=re.S)


# %% wrong: newlines are left as they are
import re


def f(text):
    return re.sub(r"(.)\1*", lambda m: m[1] + str(len(m[0])), text)


# %% wrong: one is not written
from itertools import groupby


def f(text):
    parts = []
    for letter, run in groupby(text):
        n = len(list(run))
        parts.append(letter + (str(n) if n > 1 else ""))
    return "".join(parts)


# %% wrong: runs counted over the whole text
def f(text):
    return "".join(letter + str(text.count(letter)) for letter in dict.fromkeys(text))


# %% original: hexadecimal digest of bytes
def f(data):
    text = ""
    for byte in data:
        digit = hex(byte)[2:]
        if len(digit) == 1:
            digit = "0" + digit
        text += digit
    return text


# %% calls
f(b"\x00\xff\x10")
f(b"abc")


# %% right: bytes.hex
def f(data):
    return data.hex()


# %% wrong: upper case
def f(data):
    return data.hex().upper()


# %% wrong: leading zeros lost
def f(data):
    return "".join("%x" % byte for byte in data)


# %% original: numbers in a line
def f(line):
    numbers = []
    for part in line.split(","):
        part = part.strip()
        if part == "":
            numbers.append(None)
        else:
            try:
                numbers.append(int(part))
            except ValueError:
                numbers.append(part)
    return numbers


# %% calls
f("1, 2,,x")
f("-5,0")


# %% right: a helper
def _value(part):
    if not part:
        return None
    try:
        return int(part)
    except ValueError:
        return part


def f(line):
    return [_value(part.strip()) for part in line.split(",")]


# %% wrong: isdigit knows no sign
def f(line):
    return [int(p) if p.isdigit() else (p or None) for p in map(str.strip, line.split(","))]


# %% wrong: zero taken for nothing
def f(line):
    out = []
    for part in line.split(","):
        try:
            out.append(int(part) or None)
        except ValueError:
            out.append(part.strip() or None)
    return out


# %% wrong: white space kept
def f(line):
    out = []
    for part in line.split(","):
        try:
            out.append(int(part))
        except ValueError:
            out.append(part or None)
    return out


# %% original: longest common prefix
def f(words):
    if len(words) == 0:
        return ""
    prefix = ""
    for i in range(len(words[0])):
        for word in words:
            if i >= len(word) or word[i] != words[0][i]:
                return prefix
        prefix += words[0][i]
    return prefix


# %% calls
f(["flower", "flow", "flight"])
f(["dog"])
f(["same", "same"])


# %% right: the least and the greatest decide
import os


def f(words):
    return os.path.commonprefix(words)


# %% right: zip
def f(words):
    n = 0
    for letters in zip(*words):
        if len(set(letters)) > 1:
            break
        n += 1
    return words[0][:n] if words else ""


# %% wrong: whole path parts
def f(words):
    out = []
    for letters in zip(*words):
        if len(set(letters)) == 1:
            out.append(letters[0])
    return "".join(out)


# %% original: title of a name
def f(name):
    parts = name.split(" ")
    for i in range(len(parts)):
        if parts[i] != "":
            parts[i] = parts[i][0].upper() + parts[i][1:].lower()
    return " ".join(parts)


# %% calls
f("john o'neil SMITH")
f("ab  c")


# %% wrong: title() breaks at the apostrophe
def f(name):
    return name.title()


# %% wrong: capwords joins white space
import string


def f(name):
    return string.capwords(name)


# %% right: slices in a comprehension
def f(name):
    return " ".join([part[:1].upper() + part[1:].lower() for part in name.split(" ")])
