import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testPython } from "../../../test/python.ts";
import { outcomeOf, rewriteProgram, sample } from "../../../test/rewriting.ts";
import { type PythonService, startService } from "../../interpreter/service.ts";
import { technique } from "./index.ts";

let service: PythonService;
beforeAll(async () => {
  service = await startService(testPython());
});
afterAll(() => service.close());

describe.each([
  ["containers/membership", "stop_words", "7:function"],
  ["containers/membership", "stop_words", "9:loop"],
  ["containers/membership", "shared_genes", "1:function"],
  ["containers/membership", "unique_rows", "5:function"],
  ["containers/membership", "visited", "4:function"],
  ["containers/membership", "word_counts", "7:loop"],
  ["containers/membership", "ledger", "6:function"],
  ["containers/membership", "known_codes", "1:function"],
  ["containers/queue", "breadth_first", "6:function"],
  ["containers/queue", "moving_average", "6:function"],
  ["containers/queue", "round_robin", "6:loop"],
  ["containers/priority-queue", "shortest_path", "4:function"],
  ["containers/priority-queue", "rope_cost", "4:function"],
  ["containers/priority-queue", "triage", "8:loop"],
  ["containers/search", "orders", "4:function"],
  ["containers/search", "stations", "7:function"],
  ["containers/search", "monthly", "5:loop"],
  ["containers/search", "invoices", "4:function"],
  ["containers/search", "timetable", "7:function"],
  ["containers/search", "common_tags", "1:function"],
  ["containers/search", "price_list", "1:function"],
  ["containers/search", "tables", "1:function"],
  ["containers/search", "positions", "1:function"],
  ["containers/membership", "members", "6:function"],
  ["containers/hoist", "normalise", "11:function"],
  ["containers/hoist", "vocabulary", "4:function"],
  ["containers/hoist", "scores", "6:function"],
  ["containers/concatenation", "primes", "1:function"],
  ["containers/concatenation", "readings", "4:loop"],
  ["containers/concatenation", "paths", "1:function"],
  ["containers/insertion", "medians", "4:function"],
  ["containers/insertion", "appointments", "9:loop"],
  ["containers/insertion", "closest", "6:function"],
  ["containers/membership", "tariffs", "7:function"],
  ["containers/text", "packets", "1:function"],
  ["containers/text", "chunks", "4:loop"],
  ["containers/text", "numerals", "1:function"],
  ["containers/comparison", "leaderboard", "9:function"],
  ["containers/comparison", "versions", "8:function"],
  ["containers/comparison", "schedule", "9:function"],
])("%s: %s at %s", (variant, name, place) => {
  test("becomes what a good engineer would write, and prints the same", async () => {
    const { before, after } = sample(join(import.meta.dirname, "fixtures"), name);
    const found = await rewriteProgram(service, technique, before);
    const region = found.find((one) => one.region.id === `program:${place}`);
    const made = region?.rewrites.find(({ rewrite }) => rewrite.technique === variant);
    expect(made?.text ?? region?.declined ?? found.map((one) => one.region.id)).toBe(after);
    expect(outcomeOf(after)).toEqual(outcomeOf(before));
  });
});
