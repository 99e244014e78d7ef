import { argmax, type Captured, capture, noGrad, scope, softmax, type Tensor, tensor } from "wgrad";
import { crossEntropy } from "wgrad/loss";
import * as nn from "wgrad/nn";
import { Adam } from "wgrad/optim";
import { bySeed } from "../../shared/by_seed.ts";
import { uniform } from "../../shared/random.ts";
import type { Digits } from "../data.ts";
import type { Pixels } from "../own.ts";

const BATCH = 32;
const SIDE = 8;

const imagesOf = (rows: readonly Pixels[]) =>
  tensor(
    rows.flatMap((pixels) => pixels.map((value) => value / 16)),
    { shape: [rows.length, 1, SIDE, SIDE] },
  );

/** A small network: two convolutions and a linear layer. */
export class Cnn {
  readonly #model = bySeed(
    1,
    () =>
      new nn.Sequential(
        new nn.Conv2d(1, 12, 3, { padding: 1, act: "relu" }),
        new nn.Conv2d(12, 24, 3, { padding: 1, stride: 2, act: "relu" }),
        new nn.Flatten(),
        new nn.Linear(24 * 16, 10),
      ),
  );
  readonly #optimizer = new Adam(this.#model.parameters(), { lr: 0.004 });
  readonly #digits: Digits;
  readonly #random = uniform(1);
  readonly #step: Captured<[Tensor, Tensor], Tensor>;

  constructor(digits: Digits) {
    this.#digits = digits;
    this.#step = capture((x: Tensor, y: Tensor) => {
      this.#optimizer.zeroGrad();
      const loss = crossEntropy(this.#model.forward(x), y);
      loss.backward();
      this.#optimizer.step();
      return loss;
    });
  }

  /** Makes training steps; returns the last one's loss. */
  async advance(steps: number): Promise<number> {
    const losses = Array.from({ length: steps }, () => scope(() => this.#one()));
    let last = Number.NaN;
    for (const loss of losses) {
      last = await loss.item();
      loss.dispose();
    }
    return last;
  }

  /** [rows][digit]: probabilities. */
  async shares(rows: readonly Pixels[]): Promise<number[][]> {
    using shares = scope(() => noGrad(() => softmax(this.#model.forward(imagesOf(rows)))));
    const data = Array.from(await shares.read());
    return rows.map((_, i) => data.slice(10 * i, 10 * i + 10));
  }

  async predict(rows: readonly Pixels[]): Promise<number[]> {
    using said = scope(() => noGrad(() => argmax(this.#model.forward(imagesOf(rows)))));
    return Array.from(await said.read(), Number);
  }

  dispose(): void {
    for (const each of [this.#step, this.#optimizer, this.#model]) each.dispose();
  }

  #one(): Tensor {
    const { rows, labels } = this.#digits;
    const some = Array.from({ length: BATCH }, () => Math.floor(this.#random() * rows.length));
    const x = imagesOf(some.map((i) => rows[i] ?? []));
    return this.#step(
      x,
      tensor(
        some.map((i) => Number(labels[i])),
        { dtype: "u32" },
      ),
    );
  }
}
