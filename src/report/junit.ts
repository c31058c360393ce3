// A judgement as JUnit XML, which every CI system reads: one test case for each changed piece, one for the whole program.

import type { JudgedPiece, Judgement } from "../schemas/index.ts";
import { pieceEvidence, pieceLine, pieceName } from "./judgement.ts";

/** `different` is a failure, `cannot_tell` an error: neither lets a build pass. */
export function renderJunit(judgement: Judgement): string {
  const { program } = judgement;
  const cases = judgement.pieces.map(pieceCase);
  if (program && program.outputs.same !== null)
    cases.push(
      testCase(
        "workload",
        "output",
        0,
        program.outputs.same ? "same" : "different",
        program.outputs.difference ?? "",
      ),
    );
  if (cases.length === 0)
    cases.push(testCase("versions", judgement.new, 0, judgement.verdict, judgement.reason));
  const count = (tag: string) => cases.filter((one) => one.includes(`<${tag} `)).length;
  const totals = `tests="${cases.length}" failures="${count("failure")}" errors="${count("error")}"`;
  const name = attribute(`speedwell prove ${judgement.old} ${judgement.new}`);
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites ${totals}>
  <testsuite name="${name}" ${totals}>
${cases.join("\n")}
  </testsuite>
</testsuites>
`;
}

function pieceCase(piece: JudgedPiece): string {
  const line = pieceLine(piece);
  const more = piece.call === null ? "" : `\n\n${piece.call}`;
  const seconds = piece.timing?.newSeconds ?? 0;
  return testCase(
    line === null ? piece.shown : `${piece.shown}:${line}`,
    pieceName(piece),
    seconds,
    piece.verdict,
    piece.reason,
    pieceEvidence(piece) + more,
  );
}

function testCase(
  place: string,
  name: string,
  seconds: number,
  verdict: Judgement["verdict"],
  reason: string,
  detail = reason,
): string {
  const head = `    <testcase classname="${attribute(place)}" name="${attribute(name)}" time="${seconds.toFixed(6)}"`;
  if (verdict === "same") return `${head}><system-out>${text(detail)}</system-out></testcase>`;
  const tag = verdict === "different" ? "failure" : "error";
  return `${head}><${tag} type="${verdict}" message="${attribute(reason)}">${text(detail)}</${tag}></testcase>`;
}

/** XML 1.0 has no place for most control characters and for lone surrogates, not even escaped. */
const allowed = (value: string): string =>
  value.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd");

const text = (value: string): string =>
  allowed(value)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("\r", "&#13;");

const attribute = (value: string): string =>
  text(value).replaceAll('"', "&quot;").replaceAll("\n", "&#10;").replaceAll("\t", "&#9;");
