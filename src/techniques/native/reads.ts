// How the value of an expression is used: only read to compute something new, or kept by somebody.

import type { expr, Node } from "../../source/ast.generated.ts";
import { dottedName } from "../../source/meaning.ts";
import { scopesOf } from "../../source/scopes.ts";
import { walk } from "../../source/walk.ts";
import type { Subject } from "./subject.ts";
import { isArray } from "./types.ts";

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Functions of NumPy that only compute, and give what is new: no views, no random numbers, nothing written. */
export const computing = words(`
  abs absolute add all allclose any argmax argmin array array_equal average cbrt ceil clip column_stack concatenate copy cos
  cosh count_nonzero cov cross cumprod cumsum degrees det diff divide dot einsum equal exp expm1 eye floor greater hstack
  hypot identity inner inv isclose isfinite isinf isnan kron less log log10 log1p log2 logical_and logical_not logical_or
  matmul max maximum mean median min minimum multiply nanmax nanmean nanmin nansum negative norm ones outer percentile pinv
  power prod quantile radians round sign sin sinh slogdet solve sort sqrt square stack std subtract sum tan tanh tensordot
  trace tril triu unique var vdot vstack where zeros matrix_power cholesky eigh eigvalsh svd qr diag arange linspace full
  argsort searchsorted bincount isin
`);

const methods = words(`
  all any argmax argmin astype copy cumprod cumsum dot item max mean min prod round std sum tolist trace var argsort
`);

const builtins = words("abs bool float int len max min print round str sum repr");

/** Whether a call only computes something new from its arguments. */
export function onlyComputes(subject: Subject, node: Extract<Node, { kind: "Call" }>): boolean {
  if (node.keywords.some(({ arg }) => arg === "out" || arg === null)) return false;
  const name = dottedName(subject.file, node.func);
  if (name === null)
    return (
      node.func.kind === "Attribute" && methods.has(node.func.attr) && isArray(subject.type(node.func.value))
    );
  const match = /^(?:numpy|scipy)\.(?:linalg\.)?(\w+)$/.exec(name);
  return match ? computing.has(match[1]!) : builtins.has(name);
}

/** Whether evaluating an expression changes nothing and runs none of the program's functions. */
export function isPlain(subject: Subject, node: expr): boolean {
  let plain = true;
  walk(node, (part) => {
    if (part.kind === "Call") {
      const isView =
        part.func.kind === "Attribute" &&
        ["transpose", "reshape", "ravel", "diagonal"].includes(part.func.attr) &&
        isArray(subject.type(part.func.value));
      if (!isView && !onlyComputes(subject, part)) plain = false;
    } else if (["NamedExpr", "Await", "Yield", "YieldFrom", "Lambda"].includes(part.kind)) plain = false;
  });
  return plain;
}

/**
 * Whether nobody can keep the value of `node`, or see whether it is a view or may be written: it goes into operations that
 * make new values, or is bound to a local name of which that holds.
 */
export function isOnlyRead(subject: Subject, node: expr): boolean {
  const parent = subject.parents.get(node);
  switch (parent?.kind) {
    case "BinOp":
    case "UnaryOp":
    case "Compare":
    case "FormattedValue":
      return true;
    case "AugAssign":
      return parent.value === node;
    case "Subscript":
      if (parent.slice === node) return true;
      return parent.ctx === "Load" && (isArray(subject.type(node), 1) || isOnlyRead(subject, parent));
    case "Attribute": {
      if (["shape", "size", "ndim", "dtype"].includes(parent.attr)) return true;
      if (parent.attr === "T") return isOnlyRead(subject, parent);
      const call = subject.parents.get(parent);
      return call?.kind === "Call" && call.func === parent && methods.has(parent.attr);
    }
    case "Call":
      return parent.func !== node && onlyComputes(subject, parent);
    case "keyword": {
      const call = subject.parents.get(parent);
      return call?.kind === "Call" && onlyComputes(subject, call);
    }
    case "Assign": {
      const [target] = parent.targets;
      if (parent.targets.length !== 1) return false;
      if (target!.kind === "Subscript") return isArray(subject.type(target!.value));
      return target!.kind === "Name" && isNameOnlyRead(subject, target!);
    }
    default:
      return false;
  }
}

function isNameOnlyRead(subject: Subject, target: Extract<expr, { kind: "Name" }>): boolean {
  const variable = scopesOf(subject.file).variable(target);
  if (!variable || variable.scope.node !== subject.region) return false;
  const bindings = variable.occurrences.filter(({ action }) => action !== "read");
  return (
    bindings.length === 1 &&
    variable.occurrences.every(
      ({ node, action, scope }) =>
        action !== "read" || (scope === variable.scope && isOnlyRead(subject, node as expr)),
    )
  );
}
