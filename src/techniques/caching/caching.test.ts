import { testSamples } from "../../../test/samples.ts";
import { technique } from "./index.ts";

testSamples(technique, import.meta.dirname, [
  ["caching/recursion", "stairs", "4:function"],
  ["caching/recursion", "knapsack", "1:function"],
  ["caching/recursion", "edit_distance", "5:function"],
  ["caching/recursion", "change", "4:function"],
  ["caching/recursion", "combinations", "5:function"],
  ["caching/repeated", "distances", "7:function"],
  ["caching/repeated", "agents", "4:function"],
  ["caching/repeated", "grades", "4:function"],
  ["caching/recursion", "portage", "12:function"],
  ["caching/repeated", "tariff", "8:function"],
  ["caching/repeated", "overlap", "1:function"],
  ["caching/files", "rainfall", "10:function"],
  ["caching/files", "widths", "6:function"],
  ["caching/files", "terms", "4:function"],
]);
