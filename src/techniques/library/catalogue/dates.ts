// datetime and calendar: days counted and named, leap years, lengths of months.

import { builtin, type Entry, using } from "../entry.ts";

const calendar = using("import calendar");
const date = using("from datetime import date");
const iso = using("import re", "from datetime import date");
/** What `fromisoformat` takes in every Python, and a parser by position takes alike. */
const written = (slot: string) => `re.fullmatch("[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]", {${slot}})`;
const years = [1900, 2000, 2023, 2024, 2100].map((y) => ({ y }));
/** The last days of February, of a year, and the day before a leap day. */
const days = [
  { y: 2000, m: 2, d: 29 },
  { y: 1900, m: 3, d: 1 },
  { y: 2023, m: 12, d: 31 },
  { y: 2024, m: 1, d: 1 },
  { y: 2021, m: 1, d: 3 },
  { y: 2100, m: 2, d: 28 },
];
const isoDays = ["2000-02-29", "1900-03-01", "2023-12-31", "2024-01-01", "2021-01-03"].map((day) => ({
  day,
}));
/** Beyond these a hand-written formula still gives something; the 29th and later may not exist in the month. */
const exists = (y: string, m: string, d: string) => [
  `1 <= {${y}} <= 9999 and 1 <= {${m}} <= 12 and 1 <= {${d}} <= 28`,
];
const guard = exists("y", "m", "d");
const slots = { y: "int", m: "int", d: "int" } as const;
const span = ["2000-02-28", "1999-12-31", "2024-03-01"].map((until) => ({ day: "2000-03-01", until }));

export const entries: Entry[] = [
  calendar("calendar.isleap({y})", { y: "int" }, "bool", { refuters: years }),
  calendar("calendar.leapdays({y}, {z})", { y: "int", z: "int" }, "int", {
    refuters: [
      { y: 1896, z: 1905 },
      { y: 2000, z: 2001 },
      { y: 1999, z: 2000 },
    ],
  }),
  calendar("calendar.monthrange({y}, {m})[{part}]", { y: "int", m: "int" }, "int", {
    vary: { part: ["1", "0"] },
    guard: ["1 <= {m} <= 12"],
    refuters: days.map(({ y, m }) => ({ y, m })),
  }),
  calendar("calendar.weekday({y}, {m}, {d})", slots, "int", { guard, refuters: days }),
  date("date({y}, {m}, {d}).{method}()", slots, "int", {
    vary: { method: ["toordinal", "isoweekday", "weekday"] },
    guard,
    refuters: days,
  }),
  date("date({y}, {m}, {d}).timetuple().tm_yday", slots, "int", { guard, refuters: days }),
  date("date({y}, {m}, {d}).isocalendar()[1]", slots, "int", { guard, refuters: days }),
  date("date({y}, {m}, {d}).isoformat()", slots, "str", { guard: [...guard, "1000 <= {y}"], refuters: days }),
  date(
    "(date({y}, {m}, {d}) - date({y0}, {m0}, {d0})).days",
    { y0: "int", m0: "int", d0: "int", ...slots },
    "int",
    {
      guard: [...guard, ...exists("y0", "m0", "d0")],
      refuters: [
        { y0: 2000, m0: 2, d0: 28, y: 2000, m: 3, d: 1 },
        { y0: 2000, m0: 3, d0: 1, y: 1999, m: 12, d: 31 },
        { y0: 1900, m0: 1, d0: 31, y: 2100, m: 3, d: 1 },
      ],
    },
  ),
  iso("date.fromisoformat({day})", { day: "text" }, "number", {
    guard: [written("day")],
    refuters: isoDays,
  }),
  iso("date.fromisoformat({day}).{method}()", { day: "text" }, "int", {
    vary: { method: ["toordinal", "weekday", "isoweekday"] },
    guard: [written("day")],
    refuters: isoDays,
  }),
  iso("date.fromisoformat({day}).timetuple().tm_yday", { day: "text" }, "int", {
    guard: [written("day")],
    refuters: isoDays,
  }),
  iso(
    "(date.fromisoformat({until}) - date.fromisoformat({day})).days",
    { day: "text", until: "text" },
    "int",
    {
      guard: [written("day"), written("until")],
      refuters: span,
    },
  ),
  builtin("divmod({a}, {b})", { a: "int", b: "int" }, "tuple", {
    refuters: [
      { a: -7, b: 2 },
      { a: 7, b: -2 },
    ],
  }),
];
