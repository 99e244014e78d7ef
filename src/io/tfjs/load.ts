import { callAs } from "../../core/caller.ts";
import { ValueError } from "../../core/errors.ts";
import type { Kind } from "../../core/kinds.ts";
import { isA } from "../../core/realm.ts";
import { checkedAsync, describe } from "../../core/signature.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { type FileSource, fileSource, openBytes } from "../source.ts";
import { damaged, isObject, objectOf } from "./config.ts";
import { LayersModel, type LayerTensors } from "./model.ts";
import { type LayersPlan, planModel } from "./plan.ts";
import { readTopology } from "./topology.ts";
import { readManifest, readWeights, type StoredWeight, type WeightGroup } from "./weights.ts";

/** A model's description and its weights: one file, or files by their names in the description. */
export interface LayersFiles {
  /** model.json: a file, or its parsed content. */
  readonly json: FileSource | object;
  /** One file with all weights, or files by their paths in the description. */
  readonly weights: FileSource | Readonly<Record<string, FileSource>>;
}

const WHO = "loadLayersModel";

/** Maximum size of the description. */
const MAX_JSON = 100_000_000;

const filesKind: Kind = {
  expected: "the URL of a model.json, or { json, weights }",
  advice:
    'write loadLayersModel("model.json"), or { json: file, weights: { "group1-shard1of1.bin": file } }',
  accepts: (value) =>
    typeof value === "string" ||
    isA(value, "URL") ||
    (isObject(value) && "json" in value && "weights" in value),
};

/** Reads the whole of a source. */
async function wholeOf(source: FileSource): Promise<Uint8Array<ArrayBuffer>> {
  const file = await openBytes(source, WHO);
  if (file.size !== undefined) return new Uint8Array(await file.read(0, file.size));
  return new Uint8Array(await file.head(MAX_JSON));
}

async function jsonOf(source: FileSource | object): Promise<unknown> {
  if (!fileSource.accepts(source)) return source;
  const bytes = await wholeOf(source as FileSource);
  if (bytes.length > MAX_JSON) damaged(`its model.json has ${bytes.length} bytes`);
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return damaged("its model.json is not JSON");
  }
}

/** The concatenated files of a group. */
async function bytesOf(
  { paths }: WeightGroup,
  fileOf: (path: string) => FileSource,
): Promise<Uint8Array<ArrayBuffer>> {
  const parts = await Promise.all(paths.map((path) => wholeOf(fileOf(path))));
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Whether a path has neither a scheme nor "..", with which it could refer to any file. */
const isPlain = (path: string): boolean => /^[^\\:?#]+$/.test(path) && !/(^\/|\.\.)/.test(path);

/** The sources of the shards: given files, or files beside model.json. */
function shardsOf(source: string | URL | LayersFiles): ((path: string) => FileSource) | FileSource {
  if (typeof source === "string" || isA(source, "URL")) {
    const base = new URL(source, globalThis.location?.href);
    return (path) => (isPlain(path) ? new URL(path, base) : damaged(`a shard is called '${path}'`));
  }
  const { weights } = source;
  if (fileSource.accepts(weights)) return weights as FileSource;
  const files = weights as Readonly<Record<string, FileSource>>;
  return (path) => {
    const file = Object.hasOwn(files, path) ? files[path] : undefined;
    if (file !== undefined && fileSource.accepts(file)) return file;
    throw new ValueError(
      `${WHO}: expected '${path}' among the weights, got ${describe(file)}; pass { weights: { "${path}": file } }`,
    );
  };
}

/** Reads and checks the files of a model; does not use the GPU. */
export async function planOf(source: string | URL | LayersFiles): Promise<LayersPlan> {
  const isUrl = typeof source === "string" || isA(source, "URL");
  const json = objectOf(await jsonOf(isUrl ? source : source.json), "model.json");
  const graph = callAs(WHO, () => readTopology(json.modelTopology));
  const groups = readManifest(json.weightsManifest);
  const shards = shardsOf(source);
  const stored: StoredWeight[] = [];
  if (typeof shards === "function") {
    for (const group of groups) stored.push(...readWeights(group, await bytesOf(group, shards)));
  } else {
    const weights = groups.flatMap((group) => group.weights);
    stored.push(...readWeights({ paths: [], weights }, await wholeOf(shards)));
  }
  return planModel(graph, stored);
}

/**
 * A network from a layers model of TensorFlow.js (a model.json and its shards): Sequential and Functional models of Keras
 * 2's layers for images and tables, models within models, weights as they are or quantized to uint8, uint16 and float16.
 * Images are [N, C, H, W], also as inputs and outputs; kernels of convolutions are permuted when they are read. Its weights
 * become trainable parameters with the names of the file; layers that are not trainable are frozen. `source` is where
 * model.json is, with its shards beside it, or { json, weights }. For a model with several outputs pass a type argument:
 * `loadLayersModel<LayerTensors>(url)`.
 *
 * Rejects with `ValueError` for a damaged file, and with a list of all layers that are not supported, before anything is
 * built.
 */
export const loadLayersModel = /* @__PURE__ */ checkedAsync(
  WHO,
  { source: filesKind },
  async <Result extends Tensor | LayerTensors = Tensor>(
    source: string | URL | LayersFiles,
  ): Promise<LayersModel<Result>> => new LayersModel<Result>(await planOf(source)),
);
