import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Packed, root } from "./packed.ts";

const packed = new Packed();
beforeAll(() => packed.open("vite"), 300_000);
afterAll(() => packed.close());

/** The first program of README; what it prints goes to `print`. */
const first = readFileSync(resolve(root, "tests/readme/install.ts"), "utf8");
const printing = (print: string) => first.replace("console.log", print);
/** A program of the guide about workers. */
const guide = (name: string) =>
  readFileSync(resolve(root, `tests/guides/worker/${name}.js`), "utf8");
const page = (script: string, head = "") => `<!doctype html>
<html lang="en"><head><meta charset="utf-8" /><title>set-up</title>${head}</head>
<body><pre></pre>${script}</body></html>`;
const show = `const show = (values) => {
  document.querySelector("pre").textContent = Array.from(values).map(Math.round).map(Math.abs).join();
  document.body.dataset.status = "ok";
};`;

function project(name: string, files: Readonly<Record<string, string>>): string {
  const folder = join(packed.folder, name);
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  return folder;
}

describe("what the documentation shows trains in", () => {
  test("a page without a build step, README's first program: an import map and the files of the package", async () => {
    const names = ["", "/loss", "/nn", "/optim"];
    const { exports } = JSON.parse(readFileSync(resolve(root, "package.json"), "utf8"));
    const imports = names.map((name) => [
      `wgrad${name}`,
      exports[`.${name}`].default.replace("./", "./wgrad/"),
    ]);
    const map = `<script type="importmap">${JSON.stringify({ imports: Object.fromEntries(imports) })}</script>`;
    const script = `<script type="module">\n${show}\n${printing("show").replaceAll("using loss", "const loss")}</script>`;
    const folder = project("plain", { "index.html": page(script, map) });
    cpSync(join(packed.folder, "node_modules/wgrad"), join(folder, "wgrad"), { recursive: true });
    expect((await packed.page(folder)).text).toContain("0,1,1,0");
  });

  test("a worker, as the guide says", async () => {
    const folder = project("worker", {
      "index.html": page('<script type="module" src="./main.js"></script>'),
      "main.js": `${show}\n${guide("main").replace('console.log("weights", data)', "show(data)")}
worker.addEventListener("error", ({ message }) => { document.body.dataset.status = message; });`,
      "worker.js": guide("worker"),
    });
    await build({
      ...{ root: folder, configFile: false, logLevel: "silent" },
      worker: { format: "es" },
      build: { target: "es2022" },
    });
    const { status, text } = await packed.page(join(folder, "dist"));
    expect(status).toBe("ok");
    expect(text.trim()).toBe("2"); // the slope
  });
});
