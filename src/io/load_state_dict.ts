import { callAs } from "../core/caller.ts";
import { either, type Kind, objectWith, optional } from "../core/kinds.ts";
import { checkedAsync } from "../core/signature.ts";
import { moduleKind } from "../nn/kinds.ts";
import { Counter } from "../nn/module/counter.ts";
import {
  type LoadOptions,
  type LoadReport,
  loadOptions,
  planLoad,
} from "../nn/module/load_plan.ts";
import type { AnyModule } from "../nn/module/module.ts";
import { checkEntry, loadEntry, resetCounters } from "../nn/module/state.ts";
import type { FileTensor } from "./elements.ts";
import type { TensorReader } from "./reader.ts";
import { openTensors } from "./safetensors_open.ts";
import { type FileSource, fileSource } from "./source.ts";

const readerKind: Kind = {
  .../* @__PURE__ */ objectWith("an opened file", "tensors", "read", "inMemory"),
  advice: "pass what openSafetensors(), openNpz() or openTorch() gave",
};

/** Maximum bytes of uploads that wait for the GPU. */
const WAITING = 2 ** 26;

/**
 * Overwrites a model's parameters, buffers and counters from an opened file, or from a safetensors file as bytes, a Blob or
 * a URL. Numbers are converted to the model's dtypes: fractions are rounded to the nearest; an integer that would lose
 * digits, a fraction for an integer dtype, or a finite number that would become ±∞ is refused with the tensor's name.
 * Names, shapes and numbers are checked before anything changes. Tensors of a file in memory are copied one at a time;
 * those of a Blob or a URL are read into memory first, once, so that an interrupted download changes nothing.
 *
 * Resolves to a report of what was not loaded (with `strict: false`); a strict load rejects with `ValueError` for missing
 * or unexpected names and `ShapeError` for other shapes.
 *
 * @example
 * ```ts
 * import { loadStateDict, writeSafetensors } from "wgrad/io";
 * import * as nn from "wgrad/nn";
 * const [from, to] = [new nn.Linear(2, 1), new nn.Linear(2, 1)];
 * const file = await new Response(writeSafetensors(await from.stateDict())).blob(); // or one that PyTorch wrote
 * await loadStateDict(to, file);
 * console.log((await to.weight.read()).join() === (await from.weight.read()).join()); // true
 * ```
 */
export const loadStateDict = /* @__PURE__ */ checkedAsync(
  "loadStateDict",
  {
    model: moduleKind,
    file: /* @__PURE__ */ either(readerKind, fileSource),
    options: /* @__PURE__ */ optional(loadOptions),
  },
  load,
);

async function load(
  model: AnyModule,
  file: TensorReader | FileSource,
  options: LoadOptions = {},
): Promise<LoadReport> {
  const reader = isReader(file) ? file : await openTensors("loadStateDict", file, {});
  const shapes = [...reader.tensors].map(([name, { shape }]) => [name, shape] as const);
  const own = model.namedState();
  const { loading, report } = callAs("loadStateDict", () => planLoad(own, shapes, options));
  const held = new Map<string, FileTensor>();
  for (const { name, value, from } of loading) {
    const tensor = held.get(from) ?? (await reader.read(from));
    checkEntry(name, value, tensor);
    if (!reader.inMemory) held.set(from, tensor);
  }
  if (options.strict !== false) resetCounters(own, loading);
  let waiting = 0;
  for (const { name, value, from } of loading) {
    const tensor = held.get(from) ?? (await reader.read(from));
    loadEntry(name, value, tensor);
    if (value instanceof Counter) continue;
    waiting += tensor.data.byteLength;
    if (waiting < WAITING) continue;
    await value.engine.finish();
    waiting = 0;
  }
  return report;
}

const isReader = (file: TensorReader | FileSource): file is TensorReader =>
  readerKind.accepts(file);
