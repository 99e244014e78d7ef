import { spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { entries } from "../../scripts/entries.mjs";
import { packed } from "../../scripts/packed.mjs";

const root = resolve(import.meta.dirname, "../..");
const consumer = mkdtempSync(join(tmpdir(), "wgrad-consumer-"));
const installed = join(consumer, "node_modules/wgrad");

function run(command: string, ...words: string[]): string {
  return runIn(root, command, ...words);
}

function runIn(cwd: string, command: string, ...words: string[]): string {
  const { VITEST: _, ...env } = process.env;
  const shell = process.platform === "win32";
  const { status, stdout, stderr } = spawnSync(command, words, {
    cwd,
    env,
    encoding: "utf8",
    shell,
  });
  expect(status, `${command} ${words.join(" ")}\n${stdout}${stderr}`).toBe(0);
  return stdout;
}

/** Source of a project that uses the package: every entry point, and one kernel on a device of its own. */
const program = `${entries()
  .map(({ name }, i) => `import * as entry${i} from "${name}";\nvoid entry${i};`)
  .join("\n")}
import { activate, prepare } from "wgrad/kernels";
export async function relu(device: GPUDevice, x: GPUBuffer, y: GPUBuffer, pass: GPUComputePassEncoder) {
  const prepared = await prepare(device, activate, { x: [1000] }, { act: "relu" });
  prepared.encode(pass, { x, y });
  return prepared.plan.outputs.y;
}
// @ts-expect-error: the types know that there is no such activation
export const wrong = (device: GPUDevice) => prepare(device, activate, { x: [1] }, { act: "cubic" });
`;

beforeAll(() => {
  mkdirSync(installed, { recursive: true });
  run("tar", "-xzf", packed(), "-C", installed, "--strip-components=1");
  writeFileSync(join(consumer, "package.json"), '{ "type": "module" }');
  writeFileSync(join(consumer, "main.ts"), program);
  for (const name of ["install", "example"]) {
    const text = readFileSync(resolve(root, `tests/readme/${name}.ts`), "utf8");
    writeFileSync(join(consumer, `${name}.ts`), text);
  }
}, 300_000);

afterAll(() => rmSync(consumer, { recursive: true }));

test.each([
  ["bundler", "esnext"],
  ["nodenext", "nodenext"],
])(
  "another package type-checks against it with module resolution %s",
  (moduleResolution, module) => {
    const compilerOptions = {
      ...{ strict: true, noEmit: true, exactOptionalPropertyTypes: true, target: "es2022" },
      ...{ lib: ["es2023", "dom"], skipLibCheck: false }, // the package brings the types that `using` needs
      ...{ module, moduleResolution },
    };
    writeFileSync(
      join(consumer, "tsconfig.json"),
      JSON.stringify({ compilerOptions, files: ["main.ts", "install.ts", "example.ts"] }),
    );
    run(process.execPath, resolve(root, "node_modules/typescript/bin/tsc"), "-p", consumer);
  },
);

/** Compressed bytes that a visitor of a page with this program downloads. */
async function bundled(name: string, code: string): Promise<string> {
  const input = join(consumer, `${name}.js`);
  writeFileSync(input, code);
  const outDir = join(consumer, "out", name);
  const rolldownOptions = { input };
  await build({
    configFile: false,
    root: consumer,
    logLevel: "silent",
    build: { rolldownOptions, outDir, modulePreload: false },
  });
  const assets = join(outDir, "assets");
  return readdirSync(assets)
    .map((file) => readFileSync(join(assets, file), "utf8"))
    .join("");
}

test("a bundle holds only the kernels it imports", async () => {
  const code = await bundled(
    "small",
    'import { activate } from "wgrad/kernels";\nconsole.log(activate.shader.path);\n',
  );
  expect(code).toMatch(/y\[(\w+)\]=\w+\(x\[\1\]\)/);
  expect(code).not.toContain("workgroupBarrier");
  expect(code.length).toBeLessThan(20_000);
});

test("estimators load no gradients", async () => {
  const code = await bundled("ml", 'import * as ml from "wgrad/ml";\nconsole.log(ml);\n');
  expect(code).toContain("elementwise/binary.wgsl");
  for (const kernel of ["accumulate", "activate_grad", "scale_grad", "softmax_grad"])
    expect(code).not.toContain(`/${kernel}.wgsl`);
});

test("a page that trains a perceptron loads no cases, and no more than 54 KiB", async () => {
  const code = await bundled(
    "perceptron",
    `import { capture, init, matmul, tensor } from "wgrad";
import { crossEntropy } from "wgrad/loss";
import { parameter } from "wgrad/nn";
import { Adam } from "wgrad/optim";
await init();
const weights = [parameter(tensor(new Float32Array(64), { shape: [8, 8] }))];
const optimizer = new Adam(weights);
const step = capture((x, y) => {
  const loss = crossEntropy(matmul(x, weights[0], { act: "relu" }), y);
  loss.backward();
  optimizer.step();
  return loss;
});
console.log(await step(tensor(new Float32Array(8), { shape: [1, 8] }), tensor(new Uint32Array(1))).item());
`,
  );
  expect(code).not.toContain("safety: ");
  expect(gzipSync(code).length).toBeLessThan(54 * 1024);
});

const oneKernel = `import { activate, prepare } from "wgrad/kernels";
const device = await (await navigator.gpu.requestAdapter()).requestDevice();
console.log(await prepare(device, activate, { x: [1000] }, { act: "relu" }));
`;
const kMeans = `import { init } from "wgrad";
import { KMeans } from "wgrad/ml";
await init();
console.log((await new KMeans({ nClusters: 2 }).fit([[0], [1], [5]])).labels);
`;

test.each([
  ["one kernel on a device of one's own", oneKernel, 7.7],
  ["K-Means", kMeans, 31],
  [
    "the residual network of README",
    readFileSync(resolve(root, "tests/readme/example.ts"), "utf8"),
    72.25,
  ],
])("a page with %s has at most its share of KiB", async (name, code, most) => {
  const size = gzipSync(await bundled(name.replaceAll(/\W/g, "_"), code)).length;
  expect(size / 1024, name).toBeLessThan(most);
});

test("the package holds what is built and the sources that its maps lead to, and nothing else", () => {
  const names = readdirSync(installed);
  expect(names.sort()).toEqual(["LICENSE", "README.md", "dist", "package.json", "src"]);
  const sources = readdirSync(join(installed, "src"), { recursive: true, withFileTypes: true });
  expect(sources.filter((each) => each.isFile() && !each.name.endsWith(".ts"))).toEqual([]);
  expect(readdirSync(join(installed, "dist"))).not.toContain("site");
  expect(readdirSync(join(installed, "dist/data/builtin"))).toContain("LICENSE"); // the licences of the data sets
});

/** Runs a module in Node in the other project and returns what it prints. */
function node(name: string, code: string): string {
  writeFileSync(join(consumer, name), code);
  return runIn(consumer, process.execPath, name);
}

/** Puts a package of this repository beside the library. */
function link(name: string): void {
  symlinkSync(
    resolve(root, "node_modules", name),
    join(consumer, "node_modules", name),
    "junction",
  );
}

test("every entry point loads on a server: nothing asks for navigator", () => {
  link("wgsl_reflect");
  const names = entries().flatMap(({ name }) => (name === "wgrad/node" ? [] : name));
  const code = `for (const name of ["navigator", "document", "window"])
  Object.defineProperty(globalThis, name, { get() { throw new Error(name + " was touched"); } });
for (const name of ${JSON.stringify(names)}) await import(name);
console.log("loaded");
`;
  expect(node("server.js", code)).toBe("loaded\n");
});

describe("wgrad/node", () => {
  test("says what to install where Dawn is missing", () => {
    const code = `await import("wgrad/node").catch(({ name, message }) => console.log(name, message));`;
    expect(node("without.js", code)).toBe(
      "NoAdapterError wgrad/node: expected the package webgpu, got none; npm install webgpu\n",
    );
  });

  test("brings WebGPU, and the program ends", () => {
    link("webgpu");
    const code = `import { readFileSync } from "node:fs";
import { gpu, saveFile } from "wgrad/node";
import { init, NoAdapterError, tensor } from "wgrad";
console.log(gpu === navigator.gpu, typeof GPUBufferUsage.STORAGE);
const adapter = await gpu.requestAdapter(); // null without a graphics driver
const started = await init().then(() => true, (error) => !(error instanceof NoAdapterError));
console.log(started === (adapter !== null));
if (started) console.log((await tensor([1, 2]).read()).join() === "1,2");
await saveFile("saved.bin", new Uint8Array([104, 105]));
console.log(readFileSync("saved.bin", "utf8"));
`;
    expect(node("with.js", code)).toMatch(/^true number\ntrue\n(true\n)?hi\n$/);
  });

  test("runs the program of the guide, or says that there is no adapter", () => {
    const program = readFileSync(resolve(root, "tests/guides/in_node.mjs"), "utf8");
    const told = program.replace(
      "init();",
      "init().catch(({ name }) => process.exit(console.log(name)));",
    );
    expect(told).not.toBe(program);
    expect(node("guide.js", told)).toMatch(/ 3,3,3,3\n$|^NoAdapterError\n$/);
  });
});
