import { noGrad } from "../autograd/mode.ts";
import { ValueError } from "../core/errors.ts";
import { oneOf } from "../core/kinds.ts";
import type { DType } from "../core/shape.ts";
import { checkedAsync, options as optionsKind } from "../core/signature.ts";
import { packedExpand as expand } from "../kernels/packed/expand.ts";
import { type PackedForm, packedProblem } from "../kernels/packed/form.ts";
import { packedPack as pack } from "../kernels/packed/pack.ts";
import { max, min } from "../ops/reduce/reduce.ts";
import { keepSmall } from "../scheduler/step/constants.ts";
import type { Storage } from "../scheduler/storage.ts";
import { tensor } from "../tensor/create.ts";
import { run } from "../tensor/run.ts";
import { keep } from "../tensor/scope.ts";
import { clearGrad, Tensor } from "../tensor/tensor.ts";
import { moduleKind } from "./kinds.ts";
import type { AnyModule } from "./module/module.ts";

/** Options of `packWeights`. */
export interface PackWeightsOptions {
  /**
   * "u8": 256 equal steps from the smallest to the largest weight of each row, a quarter of the bytes. "f16": the nearest
   * float of 16 bits, half of the bytes; works on every adapter. Default "u8".
   */
  readonly dtype?: PackedForm;
}

/** What `packWeights` did. */
export interface PackedWeights {
  /** Parameters that are now packed, by name. */
  readonly names: readonly string[];
  /** Bytes of these parameters on the GPU before and after. */
  readonly bytes: { readonly before: number; readonly after: number };
}

const WHO = "packWeights";
/** Alignment of storage offsets: the largest that WebGPU ever requires. */
const ALIGNMENT = 256;
/** The largest finite f16. */
const LARGEST_HALF = 65504;

/**
 * Reduces the memory of a trained model's weights to a quarter or half: every parameter of two or more axes (of
 * convolutions, linear layers, embeddings) is stored as bytes or f16. Before a kernel reads it, another kernel expands it
 * into temporary memory. Biases, norms and statistics are not packed. A row is one index of the first axis: an output
 * channel.
 *
 *     await nn.packWeights(model.eval(), { dtype: "u8" });
 *     const predict = nn.inference(model);
 *
 * The error of a weight w is at most half a step, (largest − smallest of its row) / 510, for "u8", and at most |w| · 2⁻¹⁰
 * or 2⁻²⁵ for "f16". From then on the weights can be read by kernels only: training, loading, reading and saving them is
 * refused; build the model again for that. Existing captured steps are recorded anew. Nothing else may use the model until
 * the promise resolves. Throws `ValueError` for weights that belong to an optimiser, that are your own buffers, or that are
 * not finite (for "f16" also beyond ±65504), before anything has changed.
 */
export const packWeights = /* @__PURE__ */ checkedAsync(
  WHO,
  {
    model: moduleKind,
    options: /* @__PURE__ */ optionsKind<PackWeightsOptions>({ dtype: oneOf("u8", "f16") }),
  },
  packing,
);

async function packing(
  model: AnyModule,
  { dtype = "u8" }: PackWeightsOptions = {},
): Promise<PackedWeights> {
  const named = model
    .namedParameters()
    .filter(([, { shape, storage }]) => shape.length > 1 && !storage.packed);
  for (const [name, weight] of named) checkOwn(name, weight);
  const lines = await Promise.all(named.map(([name, weight]) => linesOf(name, weight, dtype)));
  const contents = named.map(([, weight], i) => packed(weight, lines[i]));
  try {
    await named[0]?.[1].engine.flush();
  } catch (error) {
    for (const { release } of contents) release();
    throw error;
  }
  const before = named.reduce((sum, [, { storage }]) => sum + storage.capacity, 0);
  for (const [i, [name, weight]] of named.entries()) replace(name, weight, contents[i] as Content);
  const after = contents.reduce((sum, { home }) => sum + home.capacity, 0);
  return { names: named.map(([name]) => name), bytes: { before, after } };
}

function checkOwn(name: string, { storage, dtype }: Tensor): void {
  if (storage.root === storage && !storage.foreign && dtype === "f32") return;
  const got = storage.foreign ? "your own buffer" : dtype === "f32" ? "one of an optimiser" : dtype;
  throw new ValueError(
    `${WHO}: expected f32 weights with a buffer of their own, got ${got} as ${name}; pack a model that no optimiser trains`,
  );
}

/** Step and smallest weight of each row, interleaved; undefined for a form without steps. */
async function linesOf(
  name: string,
  weight: Tensor,
  dtype: PackedForm,
): Promise<Float32Array<ArrayBuffer> | undefined> {
  const axes = weight.shape.slice(1).map((_, axis) => axis + 1);
  using lows = noGrad(() => min(weight, { axes }));
  using highs = noGrad(() => max(weight, { axes }));
  const [low, high] = await Promise.all([lows.read(), highs.read()]);
  const most = dtype === "f16" ? LARGEST_HALF : Number.MAX_VALUE;
  const wrong = [...low, ...high].find((value) => !(Math.abs(value) <= most));
  if (wrong !== undefined) {
    const range = dtype === "f16" ? `numbers within ±${LARGEST_HALF}` : "finite numbers";
    throw new ValueError(
      `${WHO}: expected ${range} to pack as ${dtype}, got ${wrong} in ${name}; look for what made it`,
    );
  }
  if (dtype === "f16") return undefined;
  const rows = Array.from(low, (least, i) => [((high[i] as number) - least) / 255, least]);
  return Float32Array.from(rows.flat());
}

/** The packed form of a weight, in one buffer: words, then step and smallest weight of each row. */
interface Content {
  readonly home: Storage;
  expand(): Tensor;
  /** Releases the storage of the packed form, which otherwise lives as long as the weight. */
  release(): void;
}

/** Queues the packing of one weight. */
function packed(weight: Tensor, rows: Float32Array<ArrayBuffer> | undefined): Content {
  const { engine, shape } = weight;
  const { words: count } = packedProblem(WHO, shape, rows && [rows.length / 2, 2]);
  const start = ALIGNMENT * Math.ceil((4 * count) / ALIGNMENT);
  const home = engine.allocate(WHO, [start / 4 + (rows?.length ?? 0)], { lasting: true });
  const part = (size: readonly number[], dtype: DType, offset: number) => {
    const storage = engine.allocate(WHO, size, { dtype });
    storage.moveInto(home, offset);
    return () => new Tensor({ engine, storage, shape: size, dtype, name: WHO });
  };
  const words = part([count], "u32", 0);
  const lines = rows && part([rows.length / 2, 2], "f32", start);
  const held = [keep(words()), ...(lines ? [keep(lines())] : [])];
  keepSmall(home);
  if (rows && held[1]) engine.write(held[1].storage, rows);
  // a kernel cannot read the steps of the rows from the buffer that it writes to
  using apart = rows && tensor(rows, { shape: [rows.length / 2, 2] });
  run(pack, { x: weight, lines: apart }, {}, { words: held[0] });
  return {
    home,
    expand() {
      using from = words();
      using by = lines?.();
      return run(expand, { words: from, lines: by }, { shape }).y;
    },
    release: () => {
      for (const each of held) each.dispose();
    },
  };
}

/** Replaces a weight's storage by the packed form and frees its buffer. */
function replace(name: string, weight: Tensor, { home, expand: unpack, release }: Content): void {
  const { storage } = weight;
  weight.requiresGrad = false;
  clearGrad(weight);
  const old = storage.moveInto(home, 0);
  old?.retain();
  old?.release(); // frees its buffer
  release();
  storage.packed = unpack;
  storage.failure = new ValueError(
    `${WHO}: expected only kernels to read the packed weight '${name}', got a write, a readback or training; build ` +
      "the model again without packing",
  );
}
