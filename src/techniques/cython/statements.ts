// Statements: what they bind, for the analysis, and their text in the compiled function.

import type { Node, stmt } from "../../source/ast.generated.ts";
import { NotYet } from "./compiled.ts";
import { Loops } from "./loops.ts";
import { isNative, none } from "./values.ts";

export class Statements extends Loops {
  /** One round of the analysis: what every variable may be, given what is known so far. */
  analyse(): void {
    this.block(this.scope.body);
    if (!this.scope.returns) this.scope.give(none);
  }

  /** The text of the function's statements; the analysis must have come to rest. */
  text(): string {
    const { body, file } = this.scope;
    const [first, last] = [body[0]!, body.at(-1)!];
    const span = { ...first, start: file.lineStarts[first.lineno - 1]!, end: last.end };
    return this.splice(span, this.block(body));
  }

  protected block(statements: readonly stmt[]): (readonly [Node, string])[] {
    return statements.flatMap((statement) => {
      try {
        return [[statement, this.statement(statement)] as const];
      } catch (error) {
        if (error instanceof NotYet && !this.scope.final) return [];
        throw error;
      }
    });
  }

  private statement(node: stmt): string {
    switch (node.kind) {
      case "Assign":
        return this.assign(node);
      case "AnnAssign":
        if (node.value === null || node.target.kind !== "Name")
          return this.reject(node, "it annotates without assigning");
        return `${node.target.id} = ${this.bindTo(node.target, node.value)}`;
      case "AugAssign":
        return this.augment(node);
      case "For":
        return this.loop(node);
      case "While": {
        const test = this.truth(node.test);
        return this.splice(node, [[node.test, test], ...this.block(node.body), ...this.block(node.orelse)]);
      }
      case "If": {
        const test = this.truth(node.test);
        return this.splice(node, [[node.test, test], ...this.block(node.body), ...this.block(node.orelse)]);
      }
      case "Return": {
        if (!node.value) {
          this.scope.give(none);
          return this.splice(node, []);
        }
        const { value } = this.expression(node.value);
        this.scope.give(value);
        const result = this.scope.result;
        const native = result !== null && isNative(result) && this.scope.returns;
        return this.splice(node, [
          [node.value, native ? this.native(node.value).text : this.held(node.value)],
        ]);
      }
      case "Expr":
        if (node.value.kind !== "Call") return this.reject(node, "it evaluates an expression for nothing");
        this.noteChange(node.value);
        return this.splice(node, [[node.value, this.expression(node.value).text]]);
      case "Assert": {
        const message = node.msg ? ([[node.msg, this.object(node.msg)]] as const) : [];
        return this.splice(node, [[node.test, this.truth(node.test)], ...message]);
      }
      case "Raise":
        // Python raises it in the end, with its own arguments.
        return "raise Exception";
      case "Import":
      case "ImportFrom":
        // What is used of it is imported by the compiled module.
        return this.scope.body.includes(node) ? "pass" : this.reject(node, "it imports under conditions");
      case "Pass":
      case "Break":
      case "Continue":
        return this.splice(node, []);
      default:
        return this.reject(node, `it uses \`${(keywordOf[node.kind] ?? node.kind).toLowerCase()}\``);
    }
  }
}

const keywordOf: Partial<Record<stmt["kind"], string>> = {
  FunctionDef: "def",
  ClassDef: "class",
  ImportFrom: "import",
  AsyncFor: "async for",
  AsyncWith: "async with",
  Delete: "del",
};
