import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { build, type Plugin } from "vite";
import { afterAll, expect, test } from "vitest";
import { wgslLibrary } from "../../../src/kernels/wgsl_library.ts";
import { bindingsOf, type Shader, source } from "../../../src/shader/shader.ts";
import { wgsl } from "../../../src/vite/index.ts";

const root = mkdtempSync(join(tmpdir(), "wgrad-vite-"));
afterAll(() => rmSync(root, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

const wave = `//! use wgrad/lib/workgroup_sum.wgsl
//! use ../shared/half.wgsl
//! use ./ops/* as op
//! inout total
struct Params { n: u32, rates: vec2f }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>; // [n]
@group(0) @binding(2) var<storage, read_write> y: array<f32>; // [n]
@group(0) @binding(3) var<storage, read_write> total: array<f32>; // [1]
@compute @workgroup_size(WG)
fn main(@builtin(local_invocation_index) i: u32) {
  y[i] = half(op(x[i]));
  total[0] = workgroup_sum(i, x[i]);
}
`;
write("package.json", '{ "type": "module" }');
write("src/kernels/wave.wgsl", wave);
write("src/shared/half.wgsl", "fn half(x: f32) -> f32 { return x / 2.0; }\n");
write("src/kernels/ops/plain.wgsl", "fn op(x: f32) -> f32 { return x; }\n");
write(
  "src/kernels/ops/shifted.wgsl",
  "@group(0) @binding(4) var<storage, read> shift: array<f32>; // [1]\nfn op(x: f32) -> f32 { return x + shift[0]; }\n",
);
write(
  "src/main.ts",
  'import wave from "./kernels/wave.wgsl";\nimport text from "./kernels/wave.wgsl?raw";\nexport { wave, text };\n',
);

const plugin: Plugin = wgsl(); // compiles only if it has Vite's type
let builds = 0;
async function built(entry: string, plugins = [plugin]) {
  const name = `main${builds++}.js`;
  const lib = { entry, formats: ["es" as const], fileName: () => name };
  const outDir = "out";
  await build({
    ...{ configFile: false, root, logLevel: "silent", plugins },
    build: { outDir, emptyOutDir: false, lib },
  });
  return import(/* @vite-ignore */ pathToFileURL(join(root, outDir, name)).href);
}

test("a .wgsl file of a project is a linked shader", async () => {
  const { wave: shader, text }: { wave: Shader; text: string } = await built("src/main.ts");
  expect(text).toBe(wave);
  expect(shader.path).toBe("./src/kernels/wave.wgsl");
  expect(shader.parts.map(({ file }) => file)).toEqual([
    "wgrad/lib/workgroup_sum.wgsl",
    "./src/shared/half.wgsl",
    "./src/kernels/wave.wgsl",
  ]);
  expect(shader.params).toEqual([
    { name: "n", type: "u32", offset: 0, count: 1 },
    { name: "rates", type: "f32", offset: 8, count: 2 },
  ]);
  expect(shader.paramsSize).toBe(16);
  const names = (op: string) =>
    bindingsOf(shader, { op }).map(({ name, access }) => `${name} ${access}`);
  expect(names("plain")).toEqual(["x read", "y write", "total inout"]);
  expect(names("shifted")).toEqual(["x read", "y write", "total inout", "shift read"]);
  expect(source(shader, { op: "plain" })).toContain(wgslLibrary["wgrad/lib/workgroup_sum.wgsl"]);
});

test("its types are beside it, and are written when they change", async () => {
  await built("src/main.ts");
  const types = join(root, "src/kernels/wave.wgsl.d.ts");
  expect(readFileSync(types, "utf8")).toBe(`// Generated from wave.wgsl. Do not edit.
import type { Shader } from "wgrad/kernels";
declare const shader: Shader<{
  reads: { x: "f32" };
  optional: { shift: "f32" };
  writes: { y: "f32" };
  inouts: { total: "f32" };
  params: { n: number; rates: readonly number[] };
  overrides: "WG";
  slots: { op: "plain" | "shifted" };
}>;
export default shader;
`);
  const { mtimeMs } = statSync(types);
  await built("src/main.ts");
  expect(statSync(types).mtimeMs).toBe(mtimeMs);
  write("src/other.wgsl", "@compute @workgroup_size(1) fn main() {}\n");
  write("src/other.ts", 'export { default } from "./other.wgsl";\n');
  await built("src/other.ts", [wgsl({ types: false })]);
  expect(existsSync(join(root, "src/other.wgsl.d.ts"))).toBe(false);
});

test("what it is made of is watched", () => {
  const watched: string[] = [];
  const own = wgsl();
  own.configResolved({ root });
  own.load.call(
    { addWatchFile: (file) => watched.push(file) },
    join(root, "src/kernels/wave.wgsl"),
  );
  expect(watched.map((file) => file.slice(root.length + 1).replaceAll("\\", "/"))).toEqual([
    "src/shared/half.wgsl",
    "src/kernels/wave.wgsl",
    "src/kernels/ops/plain.wgsl",
    "src/kernels/ops/shifted.wgsl",
  ]);
});

test.each([
  ["//! use ./none.wgsl", "./src/w.wgsl:1: there is no ./src/none.wgsl; paths are relative to the"],
  [
    "//! use wgrad/lib/nine.wgsl",
    "there is no wgrad/lib/nine.wgsl; there are wgrad/lib/axis.wgsl,",
  ],
  ["//! use wgrad/libs/* as f", "there is no wgrad/libs/*; there are wgrad/"],
  ["\n@group(0) @binding(1) var t: texture_2d<f32>;", "./src/w.wgsl:2: 't' is texture_2d<f32>"],
  ["\n  override K: u32 = 1;", "./src/w.wgsl:2: expected 'override' at the beginning"],
])("%s names the user's file", async (line, message) => {
  write("src/w.wgsl", `${line}\n@compute @workgroup_size(1) fn main() {}\n`);
  write("src/w.ts", 'export { default } from "./w.wgsl";\n');
  await expect(built("src/w.ts")).rejects.toThrow(message);
});

test("every file of the library that may be used brings what it uses", () => {
  const paths = Object.keys(wgslLibrary);
  expect(paths.length).toBeGreaterThan(45);
  for (const [path, text] of Object.entries(wgslLibrary)) {
    const used = [...text.matchAll(/^\/\/! use (\S+\.wgsl)$/gm)].map(([, file]) => `wgrad/${file}`);
    expect(paths, path).toEqual(expect.arrayContaining(used));
  }
});

test("an unknown option is refused", () => {
  expect(() => wgsl({ root: "src" } as never)).toThrow(/^wgsl: .*root/);
});
