import { cpSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Packed, root, runIn } from "./packed.ts";
import { guide, lines, program, read, shown, xor } from "./set_ups.ts";

const packed = new Packed();
const bundlers = ["esbuild", "rollup", "@rollup/plugin-node-resolve", "webpack"];
beforeAll(() => packed.open("vite", ...bundlers), 300_000);
afterAll(() => packed.close());

/** A binary of a package in tools; that of esbuild is a script until npm replaces it by the native one. */
const tool = (name: string) => resolve(root, "tools/node_modules/.bin", name);

/** Runs a command of the guide in a project; what `npx` would run is taken from tools. */
function npx(folder: string, command: string): void {
  expect(guide).toContain(`npx ${command}\n`);
  const [name = "", ...words] = command.split(" ");
  runIn(folder, tool(name), ...words);
}

describe("README's first program trains in a page built by", () => {
  test("Vite, without settings", async () => {
    const page = shown("page.html").replace("./dist/main.js", "./main.ts");
    const folder = packed.project("vite", { "index.html": page, "main.ts": program });
    await build({ root: folder, configFile: false, logLevel: "silent" });
    expect(await packed.printed(join(folder, "dist"))).toEqual(xor);
    lines("Vite", page);
  });

  test("esbuild", async () => {
    const page = shown("page.html");
    const folder = packed.project("esbuild", { "index.html": page, "main.ts": program });
    npx(folder, "esbuild main.ts --bundle --format=esm --outdir=dist");
    expect(await packed.printed(folder)).toEqual(xor);
    lines("esbuild", page);
  });

  test("Rollup", async () => {
    const page = shown("page.html");
    const folder = packed.project("rollup", { "index.html": page, "main.js": program });
    npx(folder, "rollup main.js --plugin @rollup/plugin-node-resolve --dir dist");
    expect(await packed.printed(folder)).toEqual(xor);
    lines("Rollup", page);
  });

  test("webpack", async () => {
    const config = shown("webpack.config.js");
    const page = shown("page.html");
    const folder = packed.project("webpack", {
      ...{ "index.html": page, "main.js": program, "webpack.config.js": config },
      "package.json": '{ "type": "module" }',
      // as webpack-cli does
      "run.js": `import webpack from "webpack";
import config from "./webpack.config.js";
webpack(config, (error, stats) => {
  if (!error && !stats.hasErrors() && !stats.hasWarnings()) return;
  console.error(error ?? stats.toString());
  process.exit(1);
});`,
    });
    runIn(folder, process.execPath, "run.js");
    expect(await packed.printed(folder)).toEqual(xor);
    lines("webpack", page, config);
  });
});

describe("without a build step", () => {
  const module = (code: string) =>
    `<!doctype html>\n<meta charset="utf-8" />\n<script type="module">\n${code}</script>\n`;

  test("one file of dist/cdn trains, beside the page and from another origin", async () => {
    const page = shown("cdn.html");
    const folder = packed.project("cdn", { "index.html": page });
    cpSync(join(packed.folder, "node_modules/wgrad/dist/cdn"), join(folder, "cdn"), {
      recursive: true,
    });
    expect(await packed.printed(folder)).toEqual(xor);
    lines("one file", page.replace(/^ {2}await init.*(?=^<)/ms, ""));

    const { jsdelivr, unpkg } = JSON.parse(read("package.json"));
    expect(jsdelivr).toBe(unpkg);
    const away = await packed.serve(join(packed.folder, "node_modules/wgrad"));
    const elsewhere = page.replace("./cdn/wgrad.js", new URL(jsdelivr, away).href);
    expect(elsewhere).not.toBe(page);
    expect(await packed.printed(packed.project("away", { "index.html": elsewhere }))).toEqual(xor);
  });

  test("several files of dist/cdn have one engine and the same classes", async () => {
    const code = `import { init, ones, runKernel, Tensor, ValueError } from "./cdn/wgrad.js";
import { KMeans } from "./cdn/ml.js";
import { loadOnnx } from "./cdn/onnx.js";
import { softmax } from "./cdn/kernels.js";
import { loadLayersModel } from "./cdn/tfjs.js";
const engine = await init();
const { y } = runKernel(softmax, { x: ones([2, 4]) });
const { labels } = await new KMeans({ nClusters: 2 }).fit([[0], [1], [5]]);
const refused = await (async () => loadOnnx(3))().catch((error) => error instanceof ValueError);
console.log(y instanceof Tensor, await y.read(), labels[0] === labels[1], refused, typeof loadLayersModel);
`;
    const folder = packed.project("cdn", { "index.html": module(code) });
    const uniform = new Array(8).fill(0.25);
    expect(await packed.printed(folder)).toEqual([true, uniform, true, true, "function"]);
  });

  test("dist/cdn/wgrad.js has every name of the entry points in it, and no other of more than three letters", async () => {
    const at = (file: string) => import(join(packed.folder, "node_modules/wgrad/dist", file));
    const [whole, ...parts] = await Promise.all([
      at("cdn/wgrad.js"),
      ...["", "data/", "io/", "loss/", "optim/", "train/"].map((name) => at(`${name}index.js`)),
    ]);
    const nested = { models: "models", nn: "nn", transforms: "data/transforms" };
    for (const [name, folder] of Object.entries(nested)) {
      expect(Object.keys(whole[name]), name).toEqual(Object.keys(await at(`${folder}/index.js`)));
    }
    const wanted = [...parts.flatMap(Object.keys), ...Object.keys(nested)].sort();
    expect(
      Object.keys(whole)
        .filter((name) => name.length > 3 || wanted.includes(name))
        .sort(),
    ).toEqual(wanted);
  });

  test("an import map names the files of the package", async () => {
    const map = shown("import_map.html");
    const folder = packed.project("plain", { "index.html": map + module(program) });
    symlinkSync(join(packed.folder, "node_modules/wgrad"), join(folder, "wgrad"), "junction");
    expect(await packed.printed(folder)).toEqual(xor);
  });
});

test("a worker trains, as the guide says", async () => {
  const worker = (name: string) => read(`tests/guides/worker/${name}.js`);
  const page = shown("page.html").replace("./dist/main.js", "./main.js");
  const files = { "index.html": page, "main.js": worker("main"), "worker.js": worker("worker") };
  const folder = packed.project("worker", files);
  await build({ root: folder, configFile: false, logLevel: "silent", worker: { format: "es" } });
  const [word, weights] = await packed.printed(join(folder, "dist"));
  expect([word, weights]).toEqual(["weights", [expect.closeTo(2, 2)]]); // the slope
  lines("a worker", page, worker("main"));
});
