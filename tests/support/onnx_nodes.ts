import { WgradError } from "../../src/core/errors.ts";
import { dtypeOf, type HostValue } from "../../src/io/onnx/elements.ts";
import { loadOnnx } from "../../src/io/onnx/load.ts";
import type { NamedTensors, OnnxModel } from "../../src/io/onnx/model.ts";
import { readTensor } from "../../src/io/onnx/tensor_proto.ts";
import { tensor } from "../../src/tensor/create.ts";
import { isTensor } from "../../src/tensor/kinds.ts";
import { scope } from "../../src/tensor/scope.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";

/** One of the ONNX project's tests of an operator; see tests/golden/onnx_nodes.py. */
export interface NodeTest {
  readonly name: string;
  readonly model: Uint8Array;
  readonly inputs: readonly Uint8Array[];
  readonly outputs: readonly Uint8Array[];
}

export const bytesFrom = (base64: string): Uint8Array =>
  Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

export function nodeTests(text: string): NodeTest[] {
  const lines = text.trim().split("\n").slice(1);
  return lines.map((line) => {
    const { name, model, inputs, outputs } = JSON.parse(line);
    return {
      name,
      model: bytesFrom(model),
      inputs: inputs.map(bytesFrom),
      outputs: outputs.map(bytesFrom),
    };
  });
}

/** Result of a test: the reason for which it was refused, or what is wrong with its outputs ("" if nothing is). */
export interface Outcome {
  readonly name: string;
  readonly refused?: string;
  readonly wrong: string;
}

/** Runs tests on the GPU; the results of several tests are read together. */
export async function outcomesOf(tests: readonly NodeTest[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (let at = 0; at < tests.length; at += 32) {
    outcomes.push(...(await Promise.all(tests.slice(at, at + 32).map(outcomeOf))));
  }
  return outcomes;
}

async function outcomeOf({ name, model: file, inputs, outputs }: NodeTest): Promise<Outcome> {
  try {
    const model = loadOnnx<Tensor | NamedTensors>(file);
    const given = inputs.map(valueIn);
    const made = scope(() => results(model, given));
    const expected = outputs.map(valueIn);
    const wrong = await Promise.all(expected.map((each, i) => difference(each, made[i])));
    for (const each of made) each.dispose();
    model.dispose();
    return { name, wrong: wrong.filter((each) => each !== "").join("; ") };
  } catch (error) {
    if (!(error instanceof WgradError)) throw error;
    return { name, refused: error.message, wrong: "" };
  }
}

export function valueIn(bytes: Uint8Array): HostValue {
  const { content, name } = readTensor(bytes, {});
  if (typeof content === "string") throw new WgradError(`loadOnnx: '${name}': ${content}`);
  return content;
}

function results(model: OnnxModel<Tensor | NamedTensors>, given: readonly HostValue[]): Tensor[] {
  const inputs = model.inputs.map(({ name, numbers }, i) => {
    const { type, shape, data } = given[i] as HostValue;
    return [name, numbers ? [...data] : tensor(data, { shape, dtype: dtypeOf(type) })] as const;
  });
  const y = model.forward(Object.fromEntries(inputs));
  return isTensor(y) ? [y] : Object.values(y);
}

/** The largest difference, if it exceeds 1e-4 of the element and 1e-6 of the largest one. */
async function difference({ shape, data }: HostValue, got: Tensor | undefined): Promise<string> {
  if (!got) return "an output is missing";
  if (String(got.shape) !== String(shape)) return `expected [${shape}], got [${got.shape}]`;
  const values = await got.read();
  const finite = [...data].filter(Number.isFinite);
  const top = finite.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  const at = [...data].findIndex((expected, i) => {
    const value = values[i] as number;
    if (Object.is(value, expected) || value === expected) return false;
    return !(Math.abs(value - expected) <= 1e-4 * Math.abs(expected) + 1e-6 * top);
  });
  return at < 0 ? "" : `element ${at}: expected ${data[at]}, got ${values[at]}`;
}
