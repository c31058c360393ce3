"""Judge one execution of new code against what the original did on the same input.

A difference refuses the new code, except on a generated input that lies outside the recorded domain and where the
difference is one that nobody can miss or that the original could not get past: those become stated assumptions, one
sentence per kind.
"""

from .compare import CannotTell, Comparison, Difference, describe, shorten
from .domain import RecordedDomain
from .records import common

_LOUD = ("TypeError", "OverflowError", "ValueError", "TypingError", "AttributeError", "UFuncTypeError", "SystemError",
         "NumbaValueError", "UnsupportedError", "LoweringError", "NumbaTypeError", "_UFuncInputCastingError",
         "_UFuncOutputCastingError", "_UFuncNoLoopError")  # fmt: skip
_ARITHMETIC = {
    "builtins.OverflowError": ("largest", "infinite", "wide"),
    "builtins.ZeroDivisionError": ("empty", "short", "zero", "smallest", "equal", "constant", "ties", "negative", "largest", "infinite"),
    "builtins.FloatingPointError": ("largest", "smallest", "infinite", "nan", "zero", "empty"),
}  # fmt: skip
# How far an input is from the recorded ones, as generate.py says, and the feature that must bear it out.
_CLAIMED = {"wide integers": "wide", "other types": "type", "other dtypes": "dtype"}
# Exceptions that end a loop or a thread of control without anybody hearing of it.
_QUIET = ("StopIteration", "StopAsyncIteration", "GeneratorExit", "SystemExit", "KeyboardInterrupt")
_FLOAT32 = 2.0**29  # the spacing of float32 over that of float64
_SINGLE = 2.0**-20  # of numbers in single precision, where no tolerance is stated: a few of their last digits


class Judge:
    """Holds outcomes against each other; `assumptions` are the sentences that its tolerance of differences rests on."""

    def __init__(self, comparison, skip, domain, demanded=()):
        """`demanded` are keys of records without which the original cannot do either."""
        self.comparison, self.skip, self.domain, self.demanded = comparison, set(skip), domain, demanded
        self._assumed = {}

    @property
    def assumptions(self):
        return list(self._assumed.values())

    def hold(self, record, entry, expected, actual, before=None, after=None):
        """
        Raise Difference or CannotTell when `actual` may not stand for `expected`. `entry()` is the input anew; `before`
        and `after` are the graphs to compare, by default those of the outcomes.
        """
        if actual["blocked"]:
            raise CannotTell("the new code %s, which a replay may not do" % actual["blocked"])
        if actual["limit"]:
            raise Difference("how it ends", ended(expected), "exceeds the limit of %s" % actual["limit"])
        before, after = common(record, before or expected["graph"], after or actual["graph"])
        try:
            try:
                self.comparison.facets(before, after, self.skip | {"warnings"})
            except Difference as difference:
                if difference.where == "how" or _raised(expected) != _raised(actual):
                    raise Difference("how it ends", ended(expected), ended(actual)) from difference
                raise
            self.comparison.facets(*(_only(graph, "warnings") for graph in (before, after)), self.skip)
        except Difference as difference:
            if record["origin"] == "recorded":
                raise
            features = self.domain.outside(entry())
            if not self._may_assume(record, features, expected, actual, difference, before, after):
                raise

    def _may_assume(self, record, features, expected, actual, difference, before, after):
        kinds = {feature.kind for feature in features}
        claimed = record["domain"]
        if _CLAIMED.get(claimed, "") not in kinds:
            claimed = None  # what was generated as unusual had been recorded after all
        raised, raises = expected["how"] == "exception", actual["how"] == "exception"
        if raised and raises:
            return self._both_raise(claimed, features, expected, actual, before, after)
        if raised:
            return self._only_original_raises(features, expected, actual)
        if raises:
            return self._only_new_raises(claimed, features, actual)
        if difference.where.startswith(("warnings", "len(warnings")):
            telling = [f for f in features if f.kind not in ("longer", "shorter")]
            return bool(telling) and self._assume(
                "warnings", "Warnings may differ on inputs that the run never had, as when %s." % telling[0].text
            )
        if claimed == "other dtypes":
            return self._agree_but_for_dtype(record, before, after)
        if claimed == "other types":
            return self._agree_in_value(features, before, after)
        return self._agree_without_rows(features, before, after)

    def _both_raise(self, claimed, features, expected, actual, before, after):
        if self._checks_labels(features, actual):
            return True
        if not features or expected["deliberate"] or _short(actual) in _QUIET:
            return False
        if claimed is not None:
            return self._assume_types(claimed, features, actual)
        # What was done until then may matter to whoever catches it: a file closed, a log kept, a job taken from a queue.
        try:
            self.comparison.facets(before, after, self.skip | {"warnings", "exception"})
        except (Difference, CannotTell):
            return False
        one, two = _short(expected), _short(actual)
        told = "both raise %s, with another message" % one if one == two else (
            "the original raises %s and this raises %s" % (one, two)
        )
        return self._assume("both raise", "On inputs that the run never had, as when %s, %s." % (features[0].text, told))

    def _only_original_raises(self, features, expected, actual):
        causes = _ARITHMETIC.get(expected["type"], ())
        cause = min(
            (feature for feature in features if feature.kind in causes), key=lambda f: causes.index(f.kind), default=None
        )
        if cause is None or expected["deliberate"]:
            return False
        gives = _given(actual)
        if cause.kind == "largest":
            near = "; recorded values reach %s" % _number(cause.bound) if cause.bound else ""
            text = "Where numbers overflow, as when %s, the original raises %s and this gives %s%s."
            return self._assume(expected["type"], text % (cause.text, _short(expected), gives, near))
        text = "When %s, the original raises %s and this gives %s; no recorded call had that."
        return self._assume(expected["type"], text % (cause.text, _short(expected), gives))

    def _only_new_raises(self, claimed, features, actual):
        if self._checks_labels(features, actual):
            return True
        if _short(actual) == "KeyError" and self._lacks_key(features, actual):
            return True
        if claimed is None or _short(actual) not in _LOUD:
            return False
        return self._assume_types(claimed, features, actual)

    def _checks_labels(self, features, actual):
        """Whether the new code says by an `assert` that it takes other row labels for granted than these."""
        if _short(actual) != "AssertionError":
            return False
        for kind, takes in (("labels", "Row labels do not repeat"), ("other labels", "Rows are labelled 0, 1, 2 …")):
            feature = next((feature for feature in features if feature.kind == kind), None)
            if feature is not None:
                text = "%s, as in all recorded calls; when %s, this raises AssertionError."
                return self._assume(kind, text % (takes, feature.text))
        return False

    def _lacks_key(self, features, actual):
        """A record without a key that all recorded ones have, and that the original asks for too, if of other records."""
        root = actual["graph"]["nodes"][actual["graph"]["roots"]["exception"]]
        for feature in features:
            if feature.kind == "keys":
                for key in feature.bound & frozenset(self.demanded):
                    if root[2][0] == repr(key):
                        text = "Records in `%s` have the key %r, as all recorded ones do; without it this raises KeyError."
                        return self._assume("key %s" % key, text % (feature.place.split("[")[0], key))
        return False

    def _assume_types(self, claimed, features, actual):
        cause = next(feature for feature in features if feature.kind == _CLAIMED[claimed])
        if claimed == "other dtypes":
            return self._assume_dtype("; others raise %s" % _short(actual))
        if claimed == "wide integers":
            text = "Integers stay within 64 bits, as in all recorded calls; when %s, this raises %s."
        else:
            text = "Values have the types that were recorded; when %s, this raises %s."
        return self._assume(claimed, text % (cause.text, _short(actual)))

    def _agree_but_for_dtype(self, record, before, after):
        tolerance = self.comparison.tolerance
        if self._same_values(before, after, tolerance):
            return self._assume_dtype("; with others the results have another type")
        if "float32" not in record["label"]:
            return False
        coarse = {"kind": "relative", "bound": _SINGLE, "absolute": _SINGLE, "reason": ""}
        if tolerance is not None:
            coarse = dict(tolerance, **{name: tolerance[name] * _FLOAT32 for name in ("bound", "absolute") if name in tolerance})
        if not self._same_values(before, after, coarse):
            return False
        if not self._same_values(before, after, coarse, of_any_type=False):
            self._assume_dtype("; with others the results have another type")
        return self._assume(
            "single precision", "On arrays in single precision, which no recorded call had, results agree to single precision."
        )

    def _same_values(self, before, after, tolerance, of_any_type=True):
        """Whether two outcomes hold the same numbers."""
        try:
            Comparison(tolerance, values_only=of_any_type).facets(before, after, self.skip | {"warnings"})
        except (Difference, CannotTell):
            return False
        return True

    def _agree_in_value(self, features, before, after):
        """An integer where only floats were recorded may come out as that float: the number is the same."""
        if not self._same_values(before, after, self.comparison.tolerance):
            return False
        cause = next(feature for feature in features if feature.kind == "type")
        text = "Values have the types that were recorded; when %s, the same numbers come out as another type."
        return self._assume("number types", text % cause.text)

    def _agree_without_rows(self, features, before, after):
        """What comes of a frame without rows has no values, and a dtype that pandas makes up."""
        cause = next((feature for feature in features if feature.kind == "no rows"), None)
        if cause is None or not self._same_values(before, after, self.comparison.tolerance):
            return False
        return self._assume("no rows", "When %s, what comes out has another dtype; no recorded call had that." % cause.text)

    def _assume_dtype(self, consequence):
        dtypes = " or ".join(self.domain.recorded_dtypes()) or "as recorded"
        calls = "the recorded call" if self.domain.count == 1 else "all %d recorded calls" % self.domain.count
        return self._assume("dtypes", "Arrays are %s, as in %s%s." % (dtypes, calls, consequence))

    def _assume(self, kind, text):
        self._assumed.setdefault(kind, text)
        return True


def _only(graph, name):
    return {"nodes": graph["nodes"], "roots": {n: r for n, r in graph["roots"].items() if n == name}}


def _raised(outcome):
    return outcome["type"], _message(outcome)


def _message(outcome):
    if outcome["how"] != "exception":
        return None
    return outcome["graph"]["nodes"][outcome["graph"]["roots"]["exception"]][2][0]


def _short(outcome):
    return outcome["type"].split(".")[-1]


def ended(outcome):
    """How an execution ended, as a phrase: what it raised or that it returned."""
    if outcome["how"] == "exception":
        return "raises %s(%s)" % (_short(outcome), shorten(_message(outcome)))
    if outcome["how"] == "return":
        root = outcome["graph"]["roots"].get("return")
        if root is None:
            return "returns a generator" if "generator" in outcome["graph"]["roots"] else "returns"
        return "returns %s" % clipped(describe(root, outcome["graph"]["nodes"]))
    return {"end": "ends normally", "break": "leaves the loop around it", "limit": "does not end"}.get(
        outcome["how"], outcome["how"]
    )


def _given(outcome):
    """What the new code gives where the original raised: inf or nan when that is in it, else a value."""
    import struct

    for node in outcome["graph"]["nodes"]:
        data = None
        if node[0] == "packed" and node[2][0] == "float":
            data = node[2][2]
        elif node[0] == "array" and node[2]["dtype"] == "<f8":
            data = node[2]["bytes"]
        for (value,) in struct.iter_unpack("<d", data or b""):
            if value != value or value in (float("inf"), float("-inf")):
                return "nan" if value != value else repr(value)
    root = outcome["graph"]["roots"].get("return")
    return clipped(describe(root, outcome["graph"]["nodes"]), 40) if isinstance(root, tuple) else "a value"


def _number(value):
    return repr(value) if isinstance(value, int) else "%g" % value


def clipped(text, limit=120):
    return text if len(text) <= limit else text[: limit - 1] + "…"


def told_apart(record, difference):
    """A difference as a sentence for people."""
    where = "on a %s input (%s) " % (record["origin"], record["label"])
    if difference.where == "how it ends":
        return where + "the original %s, the rewrite %s" % (difference.expected, difference.actual)
    return where + "%s differs: %s, not %s" % (difference.where, difference.actual, difference.expected)


__all__ = ["Judge", "RecordedDomain", "clipped", "ended", "told_apart"]
