// PageRank in passes over arrays: the same passes as a loop over the links makes, so the same ranks, however far it went.
//
// `nx.pagerank` ends by a rule of its own, so its ranks are those of a loop only where both went far enough. What differs
// between programs is said by the parameters: what pages without links give away, and when the passes end.

import { type Entry, using } from "../entry.ts";
import { SUMMATION } from "../reasons.ts";

const np = using("import numpy as np");
/** Pages without links, a page that links to itself, one link twice, a page that nothing links to. */
const refuters = [
  [
    [0, [1, 2]],
    [1, []],
    [2, [2, 0, 0]],
    [3, [0]],
  ],
  [
    [0, [1]],
    [1, [2]],
    [2, [0]],
  ],
] as const;

/** When the passes end: after so many, or when the ranks hardly change. */
const endings = [
  { loop: "for _ in range({rounds}):", slots: { rounds: "int" } as const, change: false },
  { loop: "for _ in range({rounds}):", slots: { rounds: "int", tol: "number" } as const, change: true },
  { loop: "while True:", slots: { tol: "number" } as const, change: true },
];

/** The ranks as a dict by page, or one after the other. */
const results = [
  ["dict(zip(pages, rank.tolist()))", "dict"],
  ["rank", "float vector"],
] as const;

export const entries: Entry[] = endings.flatMap(({ loop, slots, change }) =>
  ["", " + {d} * rank[counts == 0].sum() / len(pages)"].flatMap((lost) =>
    results.map(([call, gives]) =>
      np(call, { g: "links", d: "number", ...slots }, gives, {
        steps: [
          "pages = {g.pages}",
          "number = {page: k for k, page in enumerate(pages)}",
          "counts = np.array([len(near) for near in {g.near}])",
          "targets = np.array([number[page] for near in {g.near} for page in near], dtype=int)",
          "rank = np.full(len(pages), 1 / len(pages))",
          loop,
          "    shares = np.repeat({d} * rank / np.maximum(counts, 1), counts)",
          `    base = (1 - {d}) / len(pages)${lost}`,
          "    new = base + np.bincount(targets, weights=shares, minlength=len(pages))",
          ...(change ? ["    change = np.abs(new - rank).{norm}()"] : []),
          "    rank = new",
          ...(change ? ["    if change < {tol}:", "        break"] : []),
        ],
        known: "numpy.bincount",
        vary: change ? { norm: ["sum", "max"] } : {},
        literals: true,
        guard: ["{g}", "0 < {d} < 1", "{g.closed}", "{g.single}"],
        most: { d: 0.9999, ...(change ? { tol: 0.01 } : {}) },
        least: { d: 0.1, ...("rounds" in slots ? { rounds: 2 } : {}) },
        refuters: refuters.map((g) => ({ g })),
        floats: SUMMATION,
      }),
    ),
  ),
);
