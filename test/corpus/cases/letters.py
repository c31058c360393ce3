"""Texts once more: prefixes, lines, brackets, digits of all scripts, forms of one letter, overlaps."""

import re
import string
import unicodedata


# %% original: names without a prefix
def f(names):
    out = []
    for name in names:
        if name[:4] == "img_":
            name = name[4:]
        out.append(name)
    return out


# %% calls
f(["img_cat", "dog", "img_bird"])


# %% wrong: letters of the prefix are stripped
def f(names):
    return [name.lstrip("img_") if name.startswith("img_") else name for name in names]


# %% wrong: wherever it stands
def f(names):
    return [name.replace("img_", "") for name in names]


# %% wrong: what follows the last
def f(names):
    return [name.split("img_")[-1] if name.startswith("img_") else name for name in names]


# %% right: removeprefix
def f(names):
    return [name.removeprefix("img_") for name in names]


# %% original: lines
def f(text):
    lines, start = [], 0
    for i in range(len(text)):
        if text[i] == "\n":
            lines.append(text[start:i])
            start = i + 1
    lines.append(text[start:])
    return lines


# %% calls
f("one\ntwo\nthree")


# %% wrong: splitlines
def f(text):
    return text.splitlines()


# %% wrong: splitlines, and what follows the last
def f(text):
    return (text + "x").splitlines()[:-1] + [(text + "x").splitlines()[-1][:-1]]


# %% wrong: trimmed
def f(text):
    return text.strip().split("\n")


# %% right: split
def f(text):
    return text.split("\n")


# %% original: what stands in the first brackets
def f(text):
    start = text.find("<")
    if start < 0:
        return None
    end = text.find(">", start)
    if end < 0:
        return None
    return text[start + 1 : end]


# %% calls
f("a <b> c")
f("plain")


# %% wrong: greedy
def f(text):
    found = re.search("<(.*)>", text, re.DOTALL)
    return found.group(1) if found else None


# %% wrong: a point is no end of line
def f(text):
    found = re.search("<(.*?)>", text)
    return found.group(1) if found else None


# %% wrong: brackets that open twice
def f(text):
    found = re.search("<([^<>]*)>", text)
    return found.group(1) if found else None


# %% right: up to the first that closes
def f(text):
    found = re.search("<([^>]*)>", text)
    return found.group(1) if found else None


# %% original: the same text, in whatever form
def f(a, b):
    return unicodedata.normalize("NFC", a) == unicodedata.normalize("NFC", b)


# %% calls
f("cafe", "cafe")
f("x", "y")


# %% wrong: forms differ
def f(a, b):
    return a == b


# %% wrong: what looks alike
def f(a, b):
    return unicodedata.normalize("NFKC", a) == unicodedata.normalize("NFKC", b)


# %% wrong: without accents
def f(a, b):
    bare = lambda s: "".join(c for c in unicodedata.normalize("NFD", s) if not unicodedata.combining(c))
    return bare(a) == bare(b)


# %% right: taken apart
def f(a, b):
    return a == b or unicodedata.normalize("NFD", a) == unicodedata.normalize("NFD", b)


# %% original: a number of plain digits
def f(text):
    if text == "":
        return False
    for c in text:
        if not "0" <= c <= "9":
            return False
    return True


# %% calls
f("123")
f("12a")


# %% wrong: isdigit
def f(text):
    return text.isdigit()


# %% wrong: isdecimal
def f(text):
    return text.isdecimal()


# %% wrong: a pattern of digits of all scripts
def f(text):
    return re.fullmatch(r"\d+", text) is not None


# %% wrong: the end may be a line's
def f(text):
    return re.match("[0-9]+$", text) is not None


# %% right: a pattern
def f(text):
    return re.fullmatch("[0-9]+", text) is not None


# %% original: how often it stands there, overlaps too
def f(text, part):
    count = 0
    for i in range(len(text)):
        if text[i : i + len(part)] == part:
            count += 1
    return count


# %% calls
f("banana", "an")
f("xyz", "q")


# %% wrong: count goes on behind each
def f(text, part):
    return text.count(part)


# %% wrong: the empty text stands at the end too
def f(text, part):
    return len(re.findall("(?=%s)" % re.escape(part), text))


# %% right: startswith
def f(text, part):
    return sum(text.startswith(part, i) for i in range(len(text)))


# %% original: without punctuation
def f(text):
    out = ""
    for c in text:
        if c not in string.punctuation:
            out += c
    return out


# %% calls
f("Well, this is it!")


# %% wrong: underscores are letters
def f(text):
    return re.sub(r"[^\w\s]", "", text)


# %% wrong: what is left of letters
def f(text):
    return "".join(c for c in text if c.isalnum() or c.isspace())


# %% right: translate
def f(text):
    return text.translate(str.maketrans("", "", string.punctuation))


# %% original: pairs from a query
def f(query):
    out = {}
    for part in query.split("&"):
        key, sep, value = part.partition("=")
        if sep:
            out[key] = value
    return out


# %% calls
f("a=1&b=2")


# %% wrong: values with a sign
def f(query):
    return dict(part.split("=")[:2] for part in query.split("&") if "=" in part)


# %% wrong: the first wins
def f(query):
    out = {}
    for part in query.split("&"):
        if "=" in part:
            out.setdefault(*part.split("=", 1))
    return out


# %% right: split once
def f(query):
    return dict(part.split("=", 1) for part in query.split("&") if "=" in part)


# %% original: the longest word
def f(text):
    best = ""
    for word in text.split(" "):
        if len(word) > len(best):
            best = word
    return best


# %% calls
f("the quick brown fox")


# %% wrong: the last of ties
def f(text):
    return sorted(text.split(" "), key=len)[-1]


# %% wrong: any white space
def f(text):
    return max(text.split(), key=len, default="")


# %% right: max
def f(text):
    return max(text.split(" "), key=len)
