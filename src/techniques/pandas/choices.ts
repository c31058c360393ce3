// `yes if test else no` and chains of `if`, over whole columns.

import { bracketed, joined, NoColumnForm, number, type Setting, truth, type Value, wider } from "./values.ts";

/** `np.where(test, yes, no)`, or one `np.select` for a chain of conditions. */
export function choice(setting: Setting, test: Value, yes: Value, no: Value): Value {
  truth(test);
  if (!test.perRow) throw new NoColumnForm("a condition does not depend on the row");
  if ((yes.kind === "text") !== (no.kind === "text"))
    throw new NoColumnForm("a text or something else is given");
  if (yes.kind === "text") return textChoice(setting, test, yes, no);
  if ((yes.kind === "bool") !== (no.kind === "bool"))
    throw new NoColumnForm("a truth value or a number is given");
  if (yes.kind !== "bool") for (const one of [yes, no]) number(one);
  return {
    ...chosen(setting, test, yes, no),
    kind: wider(yes.kind, no.kind),
    emitted: wider(yes.emitted, no.emitted),
    low: Math.min(yes.low, no.low),
    high: Math.max(yes.high, no.high),
  };
}

/** Texts out of columns keep the column's dtype; texts that the code names come out of NumPy as such. */
function textChoice(setting: Setting, test: Value, yes: Value, no: Value): Value {
  if (!yes.perRow && (!no.perRow || no.cases)) return { ...chosen(setting, test, yes, no), kind: "text" };
  const kept = { ...joined("text", [test, yes, no]), bare: false };
  if (test.bare) throw new NoColumnForm("texts of columns are chosen by what is chosen itself");
  if (yes.perRow && !yes.bare && !no.cases)
    return { ...kept, text: `${bracketed(yes.text)}.where(${test.text}, ${no.text})` };
  if (no.perRow && !no.bare)
    return { ...kept, text: `${bracketed(no.text)}.mask(${test.text}, ${yes.text})` };
  throw new NoColumnForm("texts of columns are chosen between in several steps");
}

function chosen(setting: Setting, test: Value, yes: Value, no: Value): Value {
  const cases = [{ test: test.text, value: yes.text }, ...(no.cases ?? [])];
  const otherwise = no.otherwise ?? no.text;
  const np = setting.numpy();
  const text =
    cases.length === 1
      ? `${np}.where(${test.text}, ${yes.text}, ${otherwise})`
      : `${np}.select([${cases.map((one) => one.test).join(", ")}], ` +
        `[${cases.map((one) => one.value).join(", ")}], default=${otherwise})`;
  return { ...joined(yes.kind, [yes, no]), text, perRow: true, bare: true, cases, otherwise };
}
