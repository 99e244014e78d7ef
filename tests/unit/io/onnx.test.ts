import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { WgradError } from "../../../src/core/errors.ts";
import type { HostValue } from "../../../src/io/onnx/elements.ts";
import { interpret } from "../../../src/io/onnx/interpret.ts";
import { planOf } from "../../../src/io/onnx/load.ts";
import { onHost, type Value } from "../../../src/io/onnx/operator.ts";
import type { OnnxPlan } from "../../../src/io/onnx/plan.ts";
import { expectRefusal, seedOr, Tally, tries } from "../../support/fuzz.ts";
import { type NodeTest, nodeTests, valueIn } from "../../support/onnx_nodes.ts";

const golden = resolve(import.meta.dirname, "../../golden/onnx_nodes.jsonl");
const tests = nodeTests(readFileSync(golden, "utf8"));

/** A test's outputs where the host alone can compute them; undefined if the GPU is needed. */
function onTheHost({ model, inputs }: NodeTest): Value[] | undefined {
  let plan: OnnxPlan;
  try {
    plan = planOf(model, {});
  } catch (error) {
    if (error instanceof WgradError) return undefined;
    throw error;
  }
  const foldable = plan.steps.every(({ operator }) => operator.fold ?? operator.shapes);
  if (!foldable || plan.parameters.size > 0) return undefined;
  const given = plan.inputs.map(({ name }, i) => [name, valueIn(inputs[i] as Uint8Array)] as const);
  const values = new Map<string, Value>([...plan.constants, ...given]);
  interpret({ plan, training: false, values, uploaded: new Map(), folded: new Map() });
  return plan.outputs.map(({ name }) => values.get(name) as Value);
}

describe("the host", () => {
  test("computes shapes and numbers as the ONNX project's tests want them", () => {
    const names = tests.flatMap((each) => {
      const made = onTheHost(each);
      if (!made) return [];
      each.outputs.map(valueIn).forEach((expected, i) => {
        const got = made[i] as HostValue;
        expect(onHost(got), each.name).toBe(true);
        expect(got.shape, each.name).toEqual(expected.shape);
        expected.data.forEach((x, k) => {
          const close =
            Object.is(got.data[k], x) ||
            Math.abs((got.data[k] as number) - x) <= 1e-5 * Math.abs(x);
          expect(
            close || got.data[k] === x,
            `${each.name}[${k}]: ${got.data[k]}, expected ${x}`,
          ).toBe(true);
        });
      });
      return [each.name];
    });
    expect(names.length).toBeGreaterThan(150);
  });
});

/** A small generator of integers below n (linear congruential, constants from Numerical Recipes). */
function draws(seed: number) {
  let state = seed;
  return (n: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

describe("a file", () => {
  test("that is damaged is refused by name or read", () => {
    const draw = draws(seedOr(1));
    const tally = new Tally("ONNX");
    const good = tests.filter(({ model }) => model.length > 100);
    for (let i = 0; i < tries(2000); i++) {
      const { model, name } = good[draw(good.length)] as NodeTest;
      const file = damage(model, draw);
      const since = performance.now();
      try {
        planOf(file, {});
        tally.count("read", since);
      } catch (error) {
        expect(error, `${name}, file ${i}`).toBeInstanceOf(WgradError);
        expectRefusal(error, "loadOnnx");
        tally.count("refused", since);
      }
    }
    tally.tell();
    expect(tally.refused).toBeGreaterThan(0.5 * tries(2000));
  }, 600_000);

  test("that is none is refused with what to do", () => {
    const read =
      (...bytes: number[]) =>
      () =>
        planOf(Uint8Array.from(bytes), {});
    expect(read()).toThrow("the file holds no graph; is it an ONNX file?");
    expect(read(0x3a, 0x7f, 1)).toThrow(
      "the model ends within a field of 127 bytes; is the file whole?",
    );
    expect(read(0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80)).toThrow(
      "more than ten bytes",
    );
    expect(read(0x3b)).toThrow("a field of the unknown kind 3");
    expect(read(0x3a, 0)).toThrow("does not say which opset it uses");
    expect(read(0x3a, 0, 0x42, 2, 0x10, 9)).toThrow("the graph has no output");
  });

  test("with several things that are not supported names all of them, by node and operator", () => {
    const node = (op: string, name: string, input: string, output: string) =>
      field(1, [...field(1, input), ...field(2, output), ...field(3, name), ...field(4, op)]);
    const graph = [
      ...node("Warp", "first", "x", "a"),
      ...node("Relu", "second", "a", "b"),
      ...node("Fold", "third", "b", "y"),
      ...field(11, field(1, "x")),
      ...field(12, field(1, "y")),
    ];
    const model = Uint8Array.from([...field(7, graph), ...field(8, [0x10, 25])]);
    expect(() => planOf(model, {})).toThrow(
      "loadOnnx: expected operators that are supported, got 3 problems:\n" +
        "  its opset is 25, expected 7 to 21; convert it with onnx.version_converter\n" +
        "  Warp 'first': there is no such operator here\n" +
        "  Fold 'third': there is no such operator here\n",
    );
  });

  test("whose weights lie in another file names it, and takes it as an option", () => {
    const entry = (key: string, value: string) => field(13, [...field(1, key), ...field(2, value)]);
    const weight = [
      ...field(8, "w"),
      0x08,
      2,
      0x10,
      1,
      ...entry("location", "w.bin"),
      ...entry("offset", "4"),
    ];
    const add = [...field(1, "x"), ...field(1, "w"), ...field(2, "y"), ...field(4, "Add")];
    const ports = [...field(11, field(1, "x")), ...field(12, field(1, "y"))];
    const graph = [...field(1, add), ...field(5, weight), ...ports];
    const model = Uint8Array.from([...field(7, graph), ...field(8, [0x10, 13])]);
    expect(() => planOf(model, {})).toThrow(
      `the initialiser 'w': its elements lie in the file 'w.bin'; pass externalData: { "w.bin": bytes }`,
    );
    const file = new Float32Array([0, 1.5, -2]).buffer;
    const { parameters } = planOf(model, { externalData: { "w.bin": file } });
    expect([...(parameters.get("w")?.data ?? [])]).toEqual([1.5, -2]);
    expect(() => planOf(model, { externalData: { "w.bin": file.slice(0, 8) } })).toThrow(
      "is it whole?",
    );
  });
});

/** A length-delimited field of a protobuf message: text or bytes. */
function field(number: number, content: string | readonly number[]): number[] {
  const bytes = typeof content === "string" ? [...new TextEncoder().encode(content)] : content;
  const length =
    bytes.length < 128 ? [bytes.length] : [(bytes.length & 127) | 128, bytes.length >> 7];
  return [number * 8 + 2, ...length, ...bytes];
}

/** A file cut off, with changed bytes, or with a part repeated. */
function damage(file: Uint8Array, draw: (n: number) => number): Uint8Array {
  const kind = draw(3);
  if (kind === 0) return file.slice(0, draw(file.length));
  if (kind === 1) {
    const other = file.slice();
    for (let i = 0; i <= draw(8); i++) other[draw(file.length)] = draw(256);
    return other;
  }
  const [at, length] = [draw(file.length), 1 + draw(20)];
  return Uint8Array.from([...file.slice(0, at + length), ...file.slice(at)]);
}
