import { labels, values } from "./values.ts";

export type NetName = "mlp" | "lenet" | "resnet8";

/** A weight in PyTorch's layout for convolutions, [in, out] for dense layers. */
export interface Weight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array<ArrayBuffer>;
}

export interface Net {
  readonly name: NetName;
  /** Shape of one example. */
  readonly inputShape: readonly number[];
  readonly classes: number;
  readonly optimizer: { readonly kind: "adam" | "sgd"; readonly lr: number };
  readonly weights: readonly Weight[];
  /** Multiply-adds of the forward pass for one example. */
  readonly macs: number;
}

/** Blocks of the residual network: name, input and output channels, stride. */
export const residualBlocks = [
  ["a", 16, 16, 1],
  ["b", 16, 32, 2],
  ["c", 32, 64, 2],
] as const;

export const NORM_EPS = 1e-3;
export const NORM_MOMENTUM = 0.1;

/** Adds up weights and multiply-adds. */
class Builder {
  readonly weights: Weight[] = [];
  macs = 0;
  readonly #net: string;

  constructor(net: string) {
    this.#net = net;
  }

  dense(index: number, from: number, to: number): this {
    return this.#add(`w${index}`, [from, to], from)
      .#bias(`b${index}`, to)
      .#count(from * to);
  }

  conv(name: string, shape: readonly [o: number, i: number, h: number, w: number], size: number) {
    const [o, i, h, w] = shape;
    return this.#add(name, shape, i * h * w).#count(o * i * h * w * size ** 2);
  }

  bias(name: string, channels: number): this {
    return this.#bias(name, channels);
  }

  norm(name: string, channels: number): this {
    const data = new Float32Array(channels).fill(1);
    this.weights.push({ name: `${name}Gamma`, shape: [channels], data });
    return this.#bias(`${name}Beta`, channels);
  }

  #add(name: string, shape: readonly number[], fanIn: number): this {
    const count = shape.reduce((a, b) => a * b, 1);
    const data = values(`${this.#net}/${name}`, count, Math.sqrt(6 / fanIn));
    this.weights.push({ name, shape, data });
    return this;
  }

  #bias(name: string, channels: number): this {
    this.weights.push({
      ...{ name, shape: [channels] },
      data: values(`${this.#net}/${name}`, channels, 0.01),
    });
    return this;
  }

  #count(macs: number): this {
    this.macs += macs;
    return this;
  }
}

function residual(): Builder {
  const build = new Builder("resnet8").conv("stem", [16, 3, 3, 3], 32).norm("stem", 16);
  let size = 32;
  for (const [name, from, to, stride] of residualBlocks) {
    size /= stride;
    build.conv(`${name}1`, [to, from, 3, 3], size).norm(`${name}1`, to);
    build.conv(`${name}2`, [to, to, 3, 3], size).norm(`${name}2`, to);
    if (stride === 2) build.conv(`${name}p`, [to, from, 1, 1], size).norm(`${name}p`, to);
  }
  return build.dense(3, 64, 10); // b1 and b2 name convolutions
}

const adam = { kind: "adam", lr: 1e-3 } as const;

const makers: Readonly<Record<NetName, () => Omit<Net, "name" | "weights" | "macs"> & Builder>> = {
  mlp: () =>
    Object.assign(new Builder("mlp").dense(1, 784, 256).dense(2, 256, 128).dense(3, 128, 10), {
      ...{ inputShape: [784], classes: 10, optimizer: adam },
    }),
  lenet: () =>
    Object.assign(
      new Builder("lenet")
        .conv("c1", [6, 1, 5, 5], 28)
        .bias("cb1", 6)
        .conv("c2", [16, 6, 5, 5], 10)
        .bias("cb2", 16)
        .dense(1, 400, 120)
        .dense(2, 120, 84)
        .dense(3, 84, 10),
      { inputShape: [1, 28, 28], classes: 10, optimizer: adam },
    ),
  resnet8: () =>
    Object.assign(residual(), {
      ...{ inputShape: [3, 32, 32], classes: 10, optimizer: { kind: "sgd", lr: 0.05 } as const },
    }),
};

/** A network with the same initial weights in every library. */
export function netOf(name: NetName): Net {
  const { inputShape, classes, optimizer, weights, macs } = makers[name]();
  return { name, inputShape, classes, optimizer, weights, macs };
}

/** A batch for it: images [batch, ...inputShape] and labels. */
export function batchFor({ name, inputShape, classes }: Net, batch: number) {
  const count = inputShape.reduce((a, b) => a * b, batch);
  return { x: values(`${name}/x`, count), label: labels(`${name}/y`, batch, classes) };
}
