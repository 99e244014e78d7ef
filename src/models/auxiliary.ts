import { ValueError } from "../core/errors.ts";
import { Dropout } from "../nn/dropout.ts";
import { Linear } from "../nn/linear.ts";
import { type AnyModule, Module } from "../nn/module/module.ts";
import { add, mul } from "../ops/elementwise/elementwise.ts";
import { globalAvgPool2d } from "../ops/pool/pool.ts";
import { flatten } from "../ops/shape/reshape.ts";
import { tensor } from "../tensor/create.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Parts } from "./named.ts";

/** A second classifier within a network, which is used in training only. */
export interface Head {
  /** The part of the network whose result it is given. */
  readonly after: string;
  /** Where it stands in the state dict: before this part; default behind all of them. */
  readonly before?: string;
  readonly name: string;
  readonly head: Module;
}

export interface Layout<Output extends string> {
  readonly parts: Parts;
  /** Heads by the names of what they give; false: none. */
  readonly heads: Readonly<Record<Output, Head>> | false;
  readonly channels: number;
  readonly numClasses: number;
  readonly dropout: number;
  readonly transformInput: boolean;
}

/** Logits [N, numClasses] of the network itself and of its auxiliary heads. */
export type Outputs<Output extends string> = Readonly<Record<Output | "logits", Tensor>>;

/**
 * Parts one after the other, means of maps, dropout and one linear layer. In evaluation it gives logits [N, numClasses] for
 * x [N, inChannels, H, W]; in training, if it has auxiliary heads, a record of the logits and of theirs.
 */
export class AuxiliaryNet<Output extends string> extends Module<
  [x: Tensor],
  Tensor | Outputs<Output>
> {
  readonly #parts: readonly [name: string, part: Module][];
  readonly #heads: readonly [output: string, head: Head][];
  readonly #transformed: boolean;
  readonly dropout: Dropout;
  readonly fc: Linear;

  constructor({ parts, heads, channels, numClasses, dropout, transformInput }: Layout<Output>) {
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

  override forward(x: Tensor): Tensor | Outputs<Output> {
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
    return { logits, ...beside } as Outputs<Output>;
  }
}

/** Means and standard deviations of ImageNet's channels, by which its pictures are normalised. */
const imageNet = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] };

/** Pictures normalised as for ImageNet, normalised by mean and deviation 0.5 instead. */
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

/** Throws `ValueError` where `transformInput` is asked for other images than those with three channels. */
export function checkTransform(name: string, transformInput: boolean, inChannels: number): void {
  if (!transformInput || inChannels === 3) return;
  throw new ValueError(
    `${name}: expected inChannels 3 with transformInput, got ${inChannels}; leave transformInput out`,
  );
}
