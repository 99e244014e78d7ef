import { ValueError } from "../core/errors.ts";
import { Dropout } from "../nn/dropout.ts";
import { Linear } from "../nn/linear.ts";
import { type AnyModule, Module } from "../nn/module/module.ts";
import { add, mul } from "../ops/elementwise/elementwise.ts";
import { globalAvgPool2d } from "../ops/pool/pool.ts";
import { flatten } from "../ops/shape/reshape.ts";
import { tensor } from "../tensor/create.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { NetworkParts } from "./named.ts";

/** An additional classifier within a network, used only in training. */
export interface Head {
  /** Name of the part whose result is its input. */
  readonly after: string;
  /** The part before which it is in the state dict; default at the end. */
  readonly before?: string;
  readonly name: string;
  readonly head: Module;
}

export interface HeadsLayout<Output extends string> {
  readonly parts: NetworkParts;
  /** Heads by the names of their outputs; false for none. */
  readonly heads: Readonly<Record<Output, Head>> | false;
  readonly channels: number;
  readonly numClasses: number;
  readonly dropout: number;
  readonly transformInput: boolean;
}

/** Logits [N, numClasses] of the network itself and of its auxiliary heads. */
export type LogitsByHead<Output extends string> = Readonly<Record<Output | "logits", Tensor>>;

/**
 * Consecutive parts, global average pooling, dropout and one linear layer. In evaluation it returns logits [N, numClasses]
 * for x [N, inChannels, H, W]; in training, if it has auxiliary heads, a record of its logits and theirs.
 */
export class AuxiliaryNet<Output extends string> extends Module<
  [x: Tensor],
  Tensor | LogitsByHead<Output>
> {
  readonly #parts: readonly [name: string, part: Module][];
  readonly #heads: readonly [output: string, head: Head][];
  readonly #transformed: boolean;
  readonly dropout: Dropout;
  readonly fc: Linear;

  constructor({
    parts,
    heads,
    channels,
    numClasses,
    dropout,
    transformInput,
  }: HeadsLayout<Output>) {
    super();
    this.#parts = Object.entries(parts);
    this.#heads = Object.entries<Head>(heads || {});
    this.#transformed = transformInput;
    this.dropout = new Dropout(dropout);
    this.fc = new Linear(channels, numClasses);
  }

  override namedChildren(): [name: string, child: AnyModule][] {
    const at = (place: string | undefined) =>
      this.#heads
        .filter(([, { before }]) => before === place)
        .map(([, { name, head }]): [string, AnyModule] => [name, head]);
    return [
      ...this.#parts.flatMap(([name, part]): [string, AnyModule][] => [...at(name), [name, part]]),
      ...at(undefined),
      ...super.namedChildren(),
    ];
  }

  override forward(x: Tensor): Tensor | LogitsByHead<Output> {
    let h = this.#transformed ? transformed(x) : x;
    const beside: Record<string, Tensor> = {};
    for (const [name, part] of this.#parts) {
      h = part.forward(h);
      if (!this.training) continue;
      for (const [output, { after, head }] of this.#heads) {
        if (after === name) beside[output] = head.forward(h);
      }
    }
    const logits = this.fc.forward(this.dropout.forward(flatten(globalAvgPool2d(h), 1)));
    if (Object.keys(beside).length === 0) return logits;
    return { logits, ...beside } as LogitsByHead<Output>;
  }
}

/** Means and standard deviations of ImageNet's channels, used to normalise its images. */
const imageNet = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] };

/** Converts images normalised for ImageNet to a mean and deviation of 0.5. */
function transformed(x: Tensor): Tensor {
  const plane = (of: (mean: number, std: number) => number) =>
    tensor(
      Float32Array.from(imageNet.mean, (mean, i) => of(mean, imageNet.std[i] as number)),
      { shape: [1, 3, 1, 1] },
    );
  using scale = plane((_, std) => std / 0.5);
  using shift = plane((mean) => (mean - 0.5) / 0.5);
  using scaled = mul(x, scale);
  return add(scaled, shift);
}

/** Throws `ValueError` if `transformInput` is set for images without three channels. */
export function checkTransform(name: string, transformInput: boolean, inChannels: number): void {
  if (!transformInput || inChannels === 3) return;
  throw new ValueError(
    `${name}: expected inChannels 3 with transformInput, got ${inChannels}; leave transformInput out`,
  );
}
