// What the user gets: the compiled module's text, its build file, and the call in the Python function that uses it.

import { dirname, join } from "node:path";
import type { AddedFile, Rewrite, TextEdit } from "../../schemas/index.ts";
import type { FunctionDef } from "../../source/ast.generated.ts";
import { blockAfterImports } from "../../source/imports.ts";
import { indentationStep } from "../../source/layout.ts";
import { freshName } from "../../source/names.ts";
import { type Draft, rewriteOf } from "../draft.ts";
import type { RegionContext } from "../technique.ts";
import { withoutDocstring } from "./flow.ts";
import { Unsupported } from "./values.ts";

/** One build file for all compiled modules below its folder. */
const setup = `"""Build the compiled modules: python setup_compiled.py build_ext --inplace"""

from Cython.Build import cythonize
from setuptools import Extension, setup

# Products and sums are rounded one by one, and powers computed, as Python does it.
exact = ["-ffp-contract=off", "-fno-builtin-pow"]

setup(
    name="compiled",
    ext_modules=cythonize([Extension("*", ["**/_*_compiled.pyx"], extra_compile_args=exact)]),
)
`;

/** The rewrite of a function whose compiled form has this text. */
export function compiledRewrite(
  context: RegionContext,
  node: FunctionDef,
  outer: readonly string[],
  text: string,
): Rewrite {
  const { file, region } = context;
  const folder = dirname(file.path);
  const levels = context.package === "" ? 0 : context.package.split(".").length;
  const root = levels === 0 ? folder : join(folder, ...Array.from({ length: levels }, () => ".."));
  const stem = region.qualname.replaceAll(".<locals>", "").replaceAll(/\W+/g, "_").replace(/^_+/, "");
  const module = `_${stem}_compiled`;
  const local = freshName(file, `_compiled_${stem}`);
  const dotted = context.package === "" ? module : `${context.package}.${module}`;
  const files: AddedFile[] = [
    { path: join(folder, `${module}.pyx`), text },
    { path: join(root, "setup_compiled.py"), text: setup },
  ];
  const step = indentationStep(file);
  const imported = [
    "try:",
    `${step}from ${dotted} import ${node.name} as ${local}`,
    "except ImportError:",
    `${step}${local} = None`,
  ];
  const edits = [blockAfterImports(file, imported), callEdit(context, node, outer, local)];
  const draft: Draft = {
    variant: "",
    summary: `Compile \`${node.name}\` with Cython, with the types that were seen; the Python code stays for everything else`,
    edits,
    assumptions: [],
  };
  return {
    // The two places are never one.
    ...rewriteOf({ file, region, technique: "cython" }, [draft])!,
    requires: [
      { package: "cython", version: ">=3" },
      { package: "setuptools", version: "" },
    ],
    files,
    build: {
      module: dotted,
      directory: root,
      arguments: ["setup_compiled.py", "build_ext", "--inplace"],
    },
  };
}

/** The call before the function's first statement. */
function callEdit(
  { file }: RegionContext,
  node: FunctionDef,
  outer: readonly string[],
  local: string,
): TextEdit {
  const [first] = withoutDocstring(node);
  if (!first) throw new Unsupported("it has no statements", node.start);
  const lineStart = file.lineStarts[first.lineno - 1]!;
  const indentation = file.text.slice(lineStart, first.start);
  if (indentation.trim() !== "") throw new Unsupported("its first statement shares a line", first.start);
  const step = indentationStep(file);
  const { args } = node;
  const parameters = [...args.posonlyargs, ...args.args, ...args.kwonlyargs].map(({ arg }) => arg);
  const lines = [
    `if ${local} is not None:`,
    `${step}try:`,
    `${step}${step}return ${local}(${[...parameters, ...outer].join(", ")})`,
    `${step}except Exception:`,
    `${step}${step}pass  # left to Python`,
  ];
  const text = lines.map((line) => line + file.newline + indentation).join("");
  return { start: first.start, end: first.start, text };
}
