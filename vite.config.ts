// The report page: one HTML file with its script and style inside, allowed by their hashes and by nothing else.

import { createHash } from "node:crypto";
import { resolve } from "node:path";
import { defineConfig, type Plugin } from "vite";

const sha256 = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** Puts the built script and style into the page and writes the content security policy that allows just these. */
function singleFile(): Plugin {
  return {
    name: "single-file",
    enforce: "post",
    generateBundle(_, bundle) {
      let script = "";
      let style = "";
      for (const [name, item] of Object.entries(bundle)) {
        if (item.type === "chunk") script += item.code.trim().replaceAll("</script", "<\\/script");
        else if (name.endsWith(".css")) style += String(item.source).trim();
        else continue;
        delete bundle[name];
      }
      const page = Object.values(bundle).find((item) => item.fileName.endsWith(".html"));
      if (page?.type !== "asset") throw new Error("the build gave no page");
      const policy = [
        "default-src 'none'",
        `script-src ${sha256(script)}`,
        `style-src ${sha256(style)}`,
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
      ].join("; ");
      page.source = String(page.source)
        .replace(/\s*<script type="module"[^>]*><\/script>/, "")
        .replace(/\s*<link rel="(stylesheet|modulepreload)"[^>]*>/g, "")
        .replace(
          "<!--policy-->",
          () =>
            `<meta http-equiv="Content-Security-Policy" content="${policy}">\n    <style>${style}</style>`,
        )
        .replace("<!--script-->", () => `<script type="module">${script}</script>`);
      page.fileName = "report-page.html";
    },
  };
}

export default defineConfig({
  root: resolve(import.meta.dirname, "web"),
  plugins: [singleFile()],
  build: {
    outDir: resolve(import.meta.dirname, "dist"),
    emptyOutDir: false,
    target: "es2022",
    cssCodeSplit: false,
    modulePreload: false,
    assetsInlineLimit: 1_000_000,
    rolldownOptions: { output: { codeSplitting: false } },
  },
});
