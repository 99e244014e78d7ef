import type { Kind } from "../../src/core/kinds.ts";
import { DataLoader, TensorDataset } from "../../src/data/index.ts";
import * as kernels from "../../src/kernels/index.ts";
import * as nn from "../../src/nn/index.ts";
import { Adam } from "../../src/optim/index.ts";
import type { Engine } from "../../src/scheduler/engine.ts";
import { tensor } from "../../src/tensor/create.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";

/** A value, and how a failing test describes it. */
export interface Value {
  readonly words: string;
  readonly value: unknown;
}

/** Values that users pass by mistake; `other` is a second engine. */
export function wrongValues(engine: Engine, other: Engine): readonly Value[] {
  const disposed = tensor([1, 2], { engine });
  disposed.dispose();
  const value = (words: string, value: unknown): Value => ({ words, value });
  return [
    value("nothing", undefined),
    value("null", null),
    value("NaN", Number.NaN),
    value("a fraction", -1.5),
    value("a string", "text"),
    value("true", true),
    value("a bigint", 10n),
    value("a symbol", Symbol("s")),
    value("an empty array", []),
    value("an array of strings", ["a"]),
    value("an array with null", [1, null]),
    value("an empty object", {}),
    value("an unknown option", { someOption: 1 }),
    value("a function", () => undefined),
    value("a date", new Date(0)),
    value("a disposed tensor", disposed),
    value("a tensor of another engine", tensor([1, 2], { engine: other })),
    value("an integer tensor", tensor(Int32Array.of(1, 2), { engine })),
    value("a tensor of no elements", tensor(new Float32Array(0), { engine })),
    value("a tensor of rank 5", tensor(new Float32Array(4), { shape: [1, 2, 1, 2, 1], engine })),
  ];
}

/** Values of which one is valid for nearly every kind of argument. */
export function rightValues(engine: Engine): readonly unknown[] {
  const x = tensor([1, 2, 3, 4], { shape: [2, 2], engine });
  const model = new nn.Linear(2, 2);
  const dataset = new TensorDataset(tensor([[1], [2]], { engine }), tensor([[1], [2]], { engine }));
  return [
    x,
    [x, x],
    1,
    0.5,
    true,
    [
      [1, 2],
      [3, 4],
    ],
    [0, 1],
    [2, 2],
    Float32Array.of(1, 2),
    Uint8Array.of(1, 2),
    model,
    new Adam(model.parameters()),
    dataset,
    new DataLoader(dataset, { batchSize: 1 }),
    engine,
    engine.gpu.device,
    kernels.activate,
    "text",
    () => x as Tensor,
    {},
    { width: 1, height: 1, data: Uint8Array.of(1, 2, 3, 4) },
    new OffscreenCanvas(1, 1),
  ];
}

/** A valid value of a kind, for the arguments before the wrong one. */
export function sampleOf(kind: Kind, pool: readonly unknown[]): unknown {
  if (kind.known) {
    const wanted = Object.entries(kind.known).filter(([, each]) => each.required);
    return Object.fromEntries(wanted.map(([name, each]) => [name, sampleOf(each, pool)]));
  }
  const quoted = /^"([^"]+)"/.exec(kind.expected)?.[1];
  return [quoted, ...pool].find((value) => value !== undefined && kind.accepts(value));
}
