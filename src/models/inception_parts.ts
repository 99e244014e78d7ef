import { Concat } from "../nn/container/concat.ts";
import { Sequential } from "../nn/container/containers.ts";
import { Conv2d, type Conv2dLayerOptions } from "../nn/conv/conv.ts";
import { type AnyModule, Module } from "../nn/module/module.ts";
import { BatchNorm2d } from "../nn/norm/batch_norm.ts";
import { AvgPool2d, MaxPool2d } from "../nn/pool/pool.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { NamedParts, type NetworkParts } from "./named.ts";

/** Convolution without bias, batch norm (ε = 0.001), ReLU. */
export class ConvUnit extends Module {
  readonly conv: Conv2d;
  readonly bn: BatchNorm2d;

  constructor(inC: number, outC: number, size: KernelSize, options: Conv2dLayerOptions = {}) {
    super();
    this.conv = new Conv2d(inC, outC, size, { ...options, bias: false });
    this.bn = new BatchNorm2d(outC, { eps: 0.001 });
  }

  override forward(x: Tensor): Tensor {
    return this.bn.forward(this.conv.forward(x), { act: "relu" });
  }
}

type KernelSize = number | readonly [height: number, width: number];

/** One convolution of a branch: its output channels, kernel size and, unless the image keeps its size, how it is reduced. */
export type ConvStep = readonly [outC: number, size: KernelSize, shrink?: "halved" | "cropped"];

/** Makes convolutions whose numbers of channels are divided by `shrink`: 8 in small networks. */
export class Units {
  readonly shrink: number;

  constructor(small: boolean) {
    this.shrink = small ? 8 : 1;
  }

  /** A convolution that keeps the image's size; "halved" has stride 2 and "cropped" stride 1, both without padding. */
  unit(inC: number, step: ConvStep): ConvUnit {
    return this.first(inC / this.shrink, step);
  }

  /** `unit` on images, whose number of input channels is not divided. */
  first(inC: number, [outC, size, way]: ConvStep): ConvUnit {
    const half = (n: number) => (n - 1) / 2;
    const [high, wide] = typeof size === "number" ? [size, size] : size;
    return new ConvUnit(inC, outC / this.shrink, size, {
      stride: way === "halved" ? 2 : 1,
      padding: way ? 0 : [half(high), half(wide)],
    });
  }

  /** Consecutive convolutions, by their names in the state dict. */
  named(inC: number, steps: Readonly<Record<string, ConvStep>>): Record<string, Module> {
    let channels = inC;
    const made = Object.entries(steps).map(([name, step]) => {
      const before = channels;
      [channels] = step;
      return [name, this.unit(before, step)];
    });
    return Object.fromEntries(made);
  }

  /** Consecutive convolutions, numbered. */
  chain(inC: number, ...steps: readonly ConvStep[]): Sequential {
    return new Sequential(...Object.values(this.named(inC, Object.fromEntries(steps.entries()))));
  }

  /** Average pooling, at the border over the cells inside the image, then a 1×1 convolution. */
  pooled(inC: number, outC: number): Sequential {
    return new Sequential(averaged(false), this.unit(inC, [outC, 1]));
  }
}

/** Pooling with stride 2, without padding. */
export const halved = () => new MaxPool2d(3, { stride: 2 });
/** Average pooling over 3×3 that keeps the image's size. */
export const averaged = (countIncludePad: boolean) =>
  new AvgPool2d(3, { stride: 1, padding: 1, countIncludePad });

/** Parallel branches whose parts all have names of their own, including those of nested branches. */
export class Mixed extends Concat {
  readonly #branches: readonly NetworkParts[];

  constructor(...branches: readonly NetworkParts[]) {
    super(branches.map((parts) => new NamedParts(parts)));
    this.#branches = branches;
  }

  override namedChildren(): [name: string, child: AnyModule][] {
    return this.#branches.flatMap((parts) =>
      Object.entries(parts).flatMap(([name, part]): [string, AnyModule][] =>
        part instanceof Mixed ? part.namedChildren() : [[name, part]],
      ),
    );
  }
}

/** Branches named branch0, branch1 … */
export const branches = (...list: readonly Module[]): Concat =>
  new Concat(Object.fromEntries(list.map((branch, i) => [`branch${i}`, branch])));
