import { expect, test, vi } from "vitest";
import own from "../../README.md?raw";
import { seeded } from "../../src/core/rng.ts";
import { manualSeed } from "../../src/ops/index.ts";
import augment from "../readme/augment.ts?raw";
import classical from "../readme/classical.ts?raw";
import composed from "../readme/composed.ts?raw";
import csv from "../readme/csv.ts?raw";
import example from "../readme/example.ts?raw";
import files from "../readme/files.ts?raw";
import fineTuning from "../readme/fine_tuning.ts?raw";
import install from "../readme/install.ts?raw";
import onnxOut from "../readme/onnx_out.ts?raw";
import ownKernel from "../readme/own_kernel.ts?raw";
import ownOp from "../readme/own_op.ts?raw";
import pictures from "../readme/pictures.ts?raw";
import tfjs from "../readme/tfjs.ts?raw";
import { frugally } from "../support/frugal.ts";
import { lendSharedDevice } from "../support/shared_device.ts";

await lendSharedDevice();

const guides = import.meta.glob<string>("../../docs/guides/*.md", {
  ...{ query: "?raw", import: "default", eager: true },
});
/** README and the guides that it links to. */
const readme = [own, ...Object.values(guides)].join("\n");

test("README shows the training example as it stands in tests/readme/example.ts", () => {
  expect(readme).toContain(example.trim());
});

test("the training example of the README learns", async () => {
  const print = vi.spyOn(console, "log").mockImplementation(() => undefined);
  await frugally(() => import("../readme/example.ts"));
  const losses = print.mock.calls.map(([, , loss]) => loss as number);
  print.mockRestore();
  expect(losses.length).toBe(40);
  expect(losses[0]).toBeGreaterThan(0.4);
  expect(losses.at(-1)).toBeLessThan(0.1);
});

test("README shows the first program as it stands in tests/readme/install.ts, and it learns", async () => {
  expect(readme).toContain(install.trim());
  manualSeed(1);
  const print = vi.spyOn(console, "log").mockImplementation(() => undefined);
  await frugally(() => import("../readme/install.ts"));
  const [[values]] = print.mock.calls as [[Float32Array]];
  print.mockRestore();
  expect([...values].map(Math.round)).toEqual([0, 1, 1, 0].map((each) => expect.closeTo(each)));
});

test("The documentation shows the classical example as it stands in tests/readme/classical.ts, and it learns", async () => {
  expect(readme).toContain(classical.trim());
  const print = vi.spyOn(console, "log").mockImplementation(() => undefined);
  await frugally(() => import("../readme/classical.ts"));
  const found = print.mock.calls.map(([, value]) => value as number);
  print.mockRestore();
  expect(found[0]).toBeGreaterThan(0.9);
  expect(found[1]).toBeGreaterThan(0.2);
});

test("The documentation shows the example with a table as it stands in tests/readme/composed.ts, and it finds a model", async () => {
  expect(readme).toContain(composed.trim());
  const print = vi.spyOn(console, "log").mockImplementation(() => undefined);
  await frugally(() => import("../readme/composed.ts"));
  const [params, score, labels] = print.mock.calls[0] ?? [];
  print.mockRestore();
  expect(Object.keys(params)).toEqual(["logistic__C"]);
  expect(score).toBeGreaterThan(0.9);
  expect(labels).toEqual(["yes"]);
});

test("The documentation shows the example with files as it stands in tests/readme/files.ts, and it loads them", async () => {
  expect(readme).toContain(files.trim());
  const print = vi.spyOn(console, "log").mockImplementation(() => undefined);
  await frugally(() => import("../readme/files.ts"));
  const [[info], [mismatched]] = print.mock.calls as [[unknown], [unknown]];
  print.mockRestore();
  expect(info).toMatchObject({ dtype: "F16", shape: [8, 4] });
  expect(mismatched).toEqual([
    { name: "2.weight", expected: [3, 8], got: [2, 8] },
    { name: "2.bias", expected: [3], got: [2] },
  ]);
});

test("The documentation shows the example that writes ONNX as it stands in tests/readme/onnx_out.ts, and it is read again", async () => {
  expect(readme).toContain(onnxOut.trim());
  const print = vi.spyOn(console, "log").mockImplementation(() => undefined);
  await frugally(() => import("../readme/onnx_out.ts"));
  const [[inputs]] = print.mock.calls as [[unknown]];
  print.mockRestore();
  expect(inputs).toEqual([
    { name: "input", type: "float", shape: ["batch", 3, 32, 32], numbers: false },
  ]);
});

test("The documentation shows the example with a picture as it stands in tests/readme/pictures.ts, and it runs", async () => {
  expect(readme).toContain(pictures.trim());
  const print = vi.spyOn(console, "log").mockImplementation(() => undefined);
  await frugally(() => import("../readme/pictures.ts"));
  const [[likeliest]] = print.mock.calls as [[{ label: string; probability: number }[]]];
  print.mockRestore();
  expect(likeliest.map(({ label }) => label).sort()).toEqual(["cat", "dog", "owl"]);
  expect(likeliest.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 5);
});

test("The documentation shows the example with transforms as it stands in tests/readme/augment.ts, and it trains", async () => {
  expect(readme).toContain(augment.trim());
  const print = vi.spyOn(console, "log").mockImplementation(() => undefined);
  await frugally(() => import("../readme/augment.ts"));
  const [[loss]] = print.mock.calls as [[number]];
  print.mockRestore();
  expect(loss).toBeGreaterThan(0.3);
  expect(loss).toBeLessThan(1.5);
});

/** A TensorFlow.js layers model: a dense layer on a flattened image. */
const layersModel = {
  modelTopology: {
    class_name: "Sequential",
    config: [
      { class_name: "InputLayer", config: { name: "x", batch_input_shape: [null, 6, 6, 3] } },
      { class_name: "GlobalAveragePooling2D", config: { name: "means" } },
      { class_name: "Dense", config: { name: "classes", use_bias: false } },
    ],
  },
  weightsManifest: [
    { paths: ["w.bin"], weights: [{ name: "classes/kernel", shape: [3, 2], dtype: "float32" }] },
  ],
};

test("The documentation shows the example with TensorFlow.js as it stands in tests/readme/tfjs.ts, and it reads a model", async () => {
  expect(readme).toContain(tfjs.trim());
  const print = vi.spyOn(console, "log").mockImplementation(() => undefined);
  const fetched: string[] = [];
  const serve = vi.spyOn(globalThis, "fetch").mockImplementation(async (url) => {
    fetched.push(new URL(`${url}`, location.href).pathname.split("/").at(-1) ?? "");
    const isJson = `${url}`.endsWith("model.json");
    return new Response(isJson ? JSON.stringify(layersModel) : new Uint8Array(24));
  });
  await frugally(() => import("../readme/tfjs.ts"));
  const [[inputs], [shape]] = print.mock.calls as [[unknown], [unknown]];
  for (const spy of [print, serve]) spy.mockRestore();
  expect(fetched).toEqual(["model.json", "w.bin"]);
  expect(shape).toEqual([1, 2]);
  expect(inputs).toEqual([{ name: "x", shape: [null, 3, 6, 6] }]);
});

test("The documentation shows the example that fine-tunes as it stands in tests/readme/fine_tuning.ts, and it runs", async () => {
  expect(readme).toContain(fineTuning.trim());
  const print = vi.spyOn(console, "log").mockImplementation(() => undefined);
  await frugally(() => import("../readme/fine_tuning.ts"));
  const [[rates]] = print.mock.calls as [[number[]]];
  print.mockRestore();
  expect(rates.at(-1)).toBe(1e-3);
  expect(rates[0]).toBeLessThan(1e-3);
});

/** 100,000 visits: quoted names that contain commas and quotes, gaps, categories, and whether something was bought. */
function visits(): string {
  const random = seeded(16);
  const cities = ["Bern", '"Lima, Peru"', '"Oslo ""S"""', ""];
  const lines = ["age,income,city,member,bought"];
  for (let i = 0; i < 100_000; i++) {
    const [age, income] = [18 + 60 * random(), 20_000 + 90_000 * random()];
    const [city, member] = [Math.floor(4 * random()), random() < 0.5];
    const wish = (age - 48) / 10 + (income - 65_000) / 30_000 + (city === 1 ? 2 : -0.5);
    const bought = wish + (member ? 1 : -1) + Math.log(1 / random() - 1) > 0 ? "yes" : "no";
    const known = [i % 10 ? age.toFixed(1) : "", i % 7 ? income.toFixed(2) : " NA "];
    lines.push(`${known.join(",")},${cities[city]},${member},"${bought}"`);
  }
  return lines.join("\r\n");
}

test("The documentation shows the example with a CSV file as it stands in tests/readme/csv.ts: 100,000 rows to a trained model", async () => {
  expect(readme).toContain(csv.trim());
  const print = vi.spyOn(console, "log").mockImplementation(() => undefined);
  const serve = vi.spyOn(globalThis, "fetch").mockResolvedValue(new Response(visits()));
  await frugally(() => import("../readme/csv.ts"));
  const [[table], [, score]] = print.mock.calls as [[unknown], [unknown, number]];
  for (const spy of [print, serve]) spy.mockRestore();
  expect(table).toMatch(
    /^100000 rows of age: number, income: number, city: category, member: boolean, bought: category$/,
  );
  expect(score).toBeGreaterThan(0.79); // the noise of these labels limits the score to 0.81
});

test("The documentation shows the example with an operation of one's own as it stands in tests/readme/own_op.ts, and it runs", async () => {
  expect(readme).toContain(ownOp.trim());
  const print = vi.spyOn(console, "log").mockImplementation(() => undefined);
  await frugally(() => import("../readme/own_op.ts"));
  const [[reports], [gradient]] = print.mock.calls as [[unknown], [Float32Array]];
  print.mockRestore();
  expect(reports).toEqual([]);
  const steps = [...gradient].map((g) => Math.sqrt(g / 3) * 4);
  expect(steps.every((step) => Math.abs(step - Math.round(step)) < 1e-6)).toBe(true);
});

test("The documentation shows the example with a kernel of one's own as it stands in tests/readme/own_kernel.ts, and it is right", async () => {
  expect(readme).toContain(ownKernel.trim());
  const print = vi.spyOn(console, "log").mockImplementation(() => undefined);
  await frugally(() => import("../readme/own_kernel.ts"));
  const reports = print.mock.calls.map(([report]) => report as unknown);
  print.mockRestore();
  expect(reports).toEqual([[], []]);
});
