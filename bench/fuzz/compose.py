"""Programs put together statement by statement, where the idioms are whole functions: loops over shared variables whose
statements were drawn at random, so that what a technique expects to stand together is mixed with what it does not."""

_INTEGER = ("x", "i", "ks[i % len(ks)]", "len(xs)", "k", "«int» * 2", "«int» + 1", "«int» - ks[i]", "«int» // 3", "«int» % 5", "abs(«int»)", "min(«int», k)")
_FLOAT = ("ys[i]", "t", "ys[i - 1]", "total", "«float» * 0.5", "«float» + «float»", "«float» - t", "«float» * «int»", "abs(«float»)", "max(«float», 0.0)", "math.sqrt(abs(«float»))", "«float» / (1 + k * k)")
_CONDITION = ("«int» > 2", "«float» < 1.0", "x in ks", "x not in seen", "«float» >= best", "i % 3 == 0", "«int» == k", "ys[i] > 0 and x != 1", "not seen", "len(out) < 9")
_STATEMENT = (
    "total += «float»", "k += «int»", "t = «float»", "out.append(«float»)", "out.append(«int»)", "seen.append(x)", "seen.add(x) if isinstance(seen, set) else seen.append(k)",
    "zs[i] = «float»", "zs[i] += «float»", "zs[«int» % len(zs)] += 1", "best = max(best, «float»)", "counts[x] = counts.get(x, 0) + 1", "counts.setdefault(«int», []).append(i)",
    "text += str(«int»)", "out.append(ks.count(x))", "out.append(ks.index(x) if x in ks else -1)", "out.insert(0, «int»)", "k = k ^ «int»",
    "if «condition»:\n    «statement»", "if «condition»:\n    «statement»\nelse:\n    «statement»", "if «condition»:\n    continue", "if «condition»:\n    break",
    "for j in range(len(ks)):\n    «statement»", "for j in range(i):\n    total += ys[j]", "if «float» > best:\n    best = «float»\n    k = i", "ks[i] = «int»", "ks.append(x) if len(ks) < 50 else None",
    "row = [v * 2 for v in ys[:i]]\ntotal += sum(row)", "if x in seen:\n    out.append(x)\nelse:\n    seen.append(x) if isinstance(seen, list) else seen.add(x)", "while k > 100:\n    k //= 2",
)  # fmt: skip
_GRAMMAR = {"int": _INTEGER, "float": _FLOAT, "condition": _CONDITION, "statement": _STATEMENT}
_HEADS = ("for i, x in enumerate(xs):", "for i, x in enumerate(xs):", "for i in range(len(xs)):\n    x = xs[i]", "for i, (x, y) in enumerate(zip(xs, ys)):", "for i in range(1, len(xs) - 1):\n    x = xs[i]", "i = 0\nwhile i < len(xs):\n    x = xs[i]\n    i += 1")
_RESULTS = ("out", "total, k", "zs", "out, seen", "counts", "best, k", "text, total", "ks, zs, out", "sorted(counts)", "out, total, best, k")
_KINDS = {"lists": ("ints", "floats", "ints"), "arrays": ("iarray", "array", "iarray")}


def composed(r):
    """(text of a function f, kinds of its arguments)."""
    form = "arrays" if r.random() < 0.35 else "lists"
    zs = "np.zeros(len(xs) + 1)" if form == "arrays" else "[0.0] * (len(xs) + 1)"
    lines = ["total = 0.0", "k = 1", "t = 0.5", "best = %s" % r.choice(("-1.0", "float('-inf')", "0.0")), "out = []",
             "seen = %s" % r.choice(("[]", "[]", "set()", "list(ks)")), "counts = {}", "text = ''", "zs = %s" % zs]  # fmt: skip
    body = []
    for _ in range(r.randint(1, 3)):
        body += _expanded("«statement»", r, 0).split("\n")
    head = r.choice(_HEADS).split("\n")
    lines += head + ["    " + line for line in body]
    lines.append("return %s" % r.choice(_RESULTS))
    used = "\n".join(lines)
    kept = [line for n, line in enumerate(lines) if n > 8 or _occurs(line.split(" = ")[0], used) > 1]
    return "def f(xs, ys, ks):\n" + "\n".join("    " + line for line in kept) + "\n", _KINDS[form]


def _occurs(name, text):
    import re

    return len(re.findall(r"\b%s\b" % name, text))


def _expanded(text, r, depth):
    while "«" in text:
        start = text.index("«")
        end = text.index("»", start)
        choices = _GRAMMAR[text[start + 1 : end]]
        if depth > 3:
            choices = [one for one in choices if "«" not in one or one == "k += «int»"]
        made = _expanded(r.choice(choices), r, depth + 1)
        indent = text[text.rfind("\n", 0, start) + 1 : start]
        if "\n" in made and not indent.strip():
            made = made.replace("\n", "\n" + indent)
        elif "\n" in made:
            continue  # does not fit behind other text: draw again
        text = text[:start] + made + text[end + 1 :]
    return text
