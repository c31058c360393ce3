// The extension types that stand for lists of numbers in compiled modules, and the way of lists into them and back.

import type { Support } from "./support.ts";

interface Kind {
  type: string;
  /** In the names of its functions. */
  noun: string;
  /** The C type of a number in memory, and as a value. */
  stored: string;
  value: string;
  /** The checked step from a Python object. */
  from: string;
  failure: string;
  /** Whether `before` and `after` are the same, zeros by their signs and NaN like every other. */
  equal: string;
}

const kinds: readonly Kind[] = [
  {
    type: "Floats",
    noun: "floats",
    stored: "double",
    value: "double",
    from: "as_float",
    failure: "-1",
    equal: "memcmp(&before, &after, sizeof(double)) == 0",
  },
  {
    type: "Integers",
    noun: "integers",
    stored: "long long",
    value: "long long",
    from: "as_long",
    failure: "-1",
    equal: "before == after",
  },
  {
    type: "Truths",
    noun: "truths",
    stored: "unsigned char",
    value: "bint",
    from: "as_bool",
    failure: "-1",
    equal: "before == after",
  },
];

/** What one kind of vector can do. `length` and `at` are read by the compiled functions themselves. */
function supportsOf({ type, noun, stored, value, from, failure, equal }: Kind): Record<string, Support> {
  const one = noun.slice(0, -1);
  const read = value === "bint" ? " != 0" : "";
  return {
    [type]: {
      imports: ["from libc.stdlib cimport free, realloc"],
      text: `cdef class ${type}:
    """A list of ${noun} side by side in memory."""
    cdef ${stored}* at
    cdef Py_ssize_t length, room

    def __dealloc__(self):
        free(self.at)`,
    },
    [`${noun}_resize`]: {
      needs: [type],
      text: `cdef int ${noun}_resize(${type} vector, Py_ssize_t length) except -1:
    cdef Py_ssize_t room
    cdef ${stored}* at
    if length > vector.room:
        room = length + length // 2 + 4
        at = <${stored}*>realloc(vector.at, room * sizeof(${stored}))
        if at is NULL:
            raise MemoryError
        vector.at = at
        vector.room = room
    vector.length = length
    return 0`,
    },
    [`${noun}_place`]: {
      needs: [type],
      text: `cdef inline Py_ssize_t ${noun}_place(${type} vector, long long index) except -1:
    if index < 0:
        index += vector.length
    if not 0 <= index < vector.length:
        raise IndexError
    return index`,
    },
    [`${noun}_get`]: {
      needs: [`${noun}_place`],
      text: `cdef inline ${value} ${noun}_get(${type} vector, long long index) except? ${failure}:
    return vector.at[${noun}_place(vector, index)]${read}`,
    },
    [`${noun}_at`]: {
      needs: [`${noun}_place`],
      text: `cdef inline ${stored}* ${noun}_at(${type} vector, long long index) except NULL:
    return vector.at + ${noun}_place(vector, index)`,
    },
    [`${noun}_append`]: {
      needs: [`${noun}_resize`],
      text: `cdef inline int ${noun}_append(${type} vector, ${value} ${one}) except -1:
    ${noun}_resize(vector, vector.length + 1)
    vector.at[vector.length - 1] = ${one}
    return 0`,
    },
    [`${noun}_insert`]: {
      needs: [`${noun}_resize`],
      text: `cdef int ${noun}_insert(${type} vector, long long index, ${value} ${one}) except -1:
    cdef Py_ssize_t i
    if index < 0:
        index = max(index + vector.length, 0)
    index = min(index, vector.length)
    ${noun}_resize(vector, vector.length + 1)
    for i in range(vector.length - 1, index, -1):
        vector.at[i] = vector.at[i - 1]
    vector.at[index] = ${one}
    return 0`,
    },
    [`${noun}_pop`]: {
      needs: [`${noun}_place`],
      text: `cdef ${value} ${noun}_pop(${type} vector, long long index) except? ${failure}:
    cdef Py_ssize_t i, place = ${noun}_place(vector, index)
    cdef ${value} ${one} = vector.at[place]${read}
    for i in range(place, vector.length - 1):
        vector.at[i] = vector.at[i + 1]
    vector.length -= 1
    return ${one}`,
    },
    [`${noun}_list`]: {
      needs: [type],
      text: `cdef list ${noun}_list(${type} vector):
    cdef Py_ssize_t i
    return [vector.at[i]${read} for i in range(vector.length)]`,
    },
    [`${noun}_update`]: {
      needs: [type],
      imports: value === "double" ? ["from libc.string cimport memcmp"] : [],
      text: `cdef list ${noun}_update(${type} vector, list values):
    """What the list comes to hold, with the objects that it holds already; None where nothing changes."""
    cdef Py_ssize_t i
    cdef ${value} before, after
    cdef bint same = len(values) == vector.length
    cdef list items = []
    for i in range(vector.length):
        after = vector.at[i]${read}
        if i < len(values):
            before = values[i]
            if ${equal}:
                items.append(values[i])
                continue
        same = False
        items.append(after)
    return None if same else items`,
    },
    [`${noun}_from`]: {
      needs: [`${noun}_resize`, from],
      text: `cdef ${type} ${noun}_from(list values):
    cdef Py_ssize_t i
    cdef ${type} vector = ${type}()
    ${noun}_resize(vector, len(values))
    for i in range(vector.length):
        vector.at[i] = ${from}(values[i])
    return vector`,
    },
    [`${noun}_of`]: {
      needs: [`${noun}_resize`],
      text: `cdef ${type} ${noun}_of(${value} ${one}, long long count):
    cdef Py_ssize_t i
    cdef ${type} vector = ${type}()
    ${noun}_resize(vector, max(count, 0))
    for i in range(vector.length):
        vector.at[i] = ${one}
    return vector`,
    },
    [`${noun}_part`]: {
      needs: [`${noun}_resize`, "slice_length"],
      text: `cdef ${type} ${noun}_part(${type} vector, Py_ssize_t start, Py_ssize_t stop, Py_ssize_t step):
    cdef Py_ssize_t i
    cdef ${type} part = ${type}()
    ${noun}_resize(part, slice_length(vector.length, &start, &stop, step))
    for i in range(part.length):
        part.at[i] = vector.at[start + i * step]
    return part`,
    },
    [`${noun}_put`]: {
      needs: [`${noun}_part`],
      text: `cdef int ${noun}_put(
    ${type} vector, Py_ssize_t start, Py_ssize_t stop, Py_ssize_t step, ${type} part
) except -1:
    cdef Py_ssize_t i
    if slice_length(vector.length, &start, &stop, step) != part.length:
        raise ValueError
    if part is vector:
        part = ${noun}_part(part, 0, part.length, 1)
    for i in range(part.length):
        vector.at[start + i * step] = part.at[i]
    return 0`,
    },
    [`${noun}_joined`]: {
      needs: [`${noun}_resize`],
      text: `cdef ${type} ${noun}_joined(${type} first, ${type} second):
    cdef Py_ssize_t i
    cdef ${type} vector = ${type}()
    ${noun}_resize(vector, first.length + second.length)
    for i in range(first.length):
        vector.at[i] = first.at[i]
    for i in range(second.length):
        vector.at[first.length + i] = second.at[i]
    return vector`,
    },
  };
}

export const vectorSupports: Readonly<Record<string, Support>> = {
  slice_length: {
    text: `cdef extern from "Python.h":
    Py_ssize_t slice_length "PySlice_AdjustIndices" (Py_ssize_t, Py_ssize_t*, Py_ssize_t*, Py_ssize_t)`,
  },
  ...Object.assign({}, ...kinds.map(supportsOf)),
  with_vectors: {
    needs: kinds.map(({ noun }) => `${noun}_from`),
    text: `cdef object with_vectors(object value, object form, dict made):
    """The value with vectors in place of lists as \`form\` says, one for each list. \`made\`: list, form and what stands for it."""
    kind = type(value)
    if form is None:
        if kind is tuple:
            for item in value:
                with_vectors(item, None, made)
        elif kind not in (int, float, bool, str, bytes, type(None)):
            raise TypeError
        return value
    if id(value) in made:
        _, known, result = made[id(value)]
        if known != form:
            raise TypeError
        return result
    if kind is not (tuple if type(form) is tuple else list):
        raise TypeError
    if form is Floats:
        result = floats_from(value)
    elif form is Integers:
        result = integers_from(value)
    elif form is Truths:
        result = truths_from(value)
    elif kind is list:
        result = [with_vectors(item, form[0], made) for item in value]
    else:
        forms = [form[0]] * len(value) if form[-1] is ... else form
        if len(forms) != len(value):
            raise TypeError
        result = tuple([with_vectors(item, one, made) for item, one in zip(value, forms)])
    made[id(value)] = value, form, result
    return result`,
  },
  without_missing: {
    needs: ["Floats"],
    text: `cdef int without_missing(dict made) except -1:
    """Of missing values that may move, which object is where would be lost."""
    cdef Floats vector
    cdef Py_ssize_t i
    for _, form, result in made.values():
        if form is Floats:
            vector = result
            for i in range(vector.length):
                if vector.at[i] != vector.at[i]:
                    raise ValueError
    return 0`,
  },
  originals: {
    text: `cdef dict originals(dict made):
    """What stands for what, by identity."""
    return {id(result): (result, value) for value, _, result in made.values()}`,
  },
  with_lists: {
    needs: kinds.map(({ noun }) => `${noun}_list`),
    text: `cdef object with_lists(object value, dict known, int depth=0):
    """The value with lists for its vectors. \`known\`: what stands for what, by identity."""
    kind = type(value)
    if kind in (int, float, bool, str, bytes, type(None)):
        return value
    if id(value) in known:
        return known[id(value)][1]
    if depth > 100:
        raise RecursionError
    if kind is Floats:
        result = floats_list(value)
        # Which of them are one object is not known.
        if any([number != number for number in result]):
            raise ValueError
    elif kind is Integers:
        result = integers_list(value)
    elif kind is Truths:
        result = truths_list(value)
    elif kind is list:
        known[id(value)] = value, value
        items = [with_lists(item, known, depth + 1) for item in value]
        if any([old is not new for old, new in zip(value, items)]):
            value[:] = items
        return value
    elif kind is tuple:
        items = [with_lists(item, known, depth + 1) for item in value]
        result = tuple(items) if any([old is not new for old, new in zip(value, items)]) else value
    else:
        return value
    known[id(value)] = value, result
    return result`,
  },
  write_back: {
    needs: kinds.map(({ noun }) => `${noun}_update`).concat("with_lists"),
    text: `cdef int write_back(dict made, dict known) except -1:
    """The lists take over what stands for them holds: all of them, or none where this raises."""
    changes = []
    for value, _, result in made.values():
        kind = type(result)
        if kind is Floats:
            items = floats_update(result, value)
            if items is not None and any([number != number for number in items]):
                raise ValueError
        elif kind is Integers:
            items = integers_update(result, value)
        elif kind is Truths:
            items = truths_update(result, value)
        elif kind is list:
            items = [with_lists(item, known) for item in result]
        else:
            continue
        if items is not None:
            changes.append((value, items))
    for value, items in changes:
        value[:] = items
    return 0`,
  },
};
