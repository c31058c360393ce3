import { expect, test } from "vitest";
import { embeddedJson } from "./html.ts";

test.each(["</script>", "<!-- <script>", "]]>", "&lt;", "\u2028\u2029", "\ud800", "\u0000\u001b", "$& $1"])(
  "embedded text cannot leave its script element and comes back whole: %j",
  (text) => {
    const json = embeddedJson({ [text]: text });
    expect(json).not.toMatch(/[<>&\u2028\u2029\ud800]/);
    expect(JSON.parse(json)).toEqual({ [text]: text });
  },
);
