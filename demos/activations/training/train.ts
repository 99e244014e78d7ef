import {
  type ActivationOptions,
  type Captured,
  capture,
  noGrad,
  scope,
  softmax,
  type Tensor,
  tensor,
} from "wgrad";
import { crossEntropy } from "wgrad/loss";
import * as nn from "wgrad/nn";
import { Adam } from "wgrad/optim";
import { bySeed } from "../../shared/by_seed.ts";
import { spirals } from "./spirals.ts";

const WIDTH = 24;
/** Points on each side of the grid over the plane, from −1.2 to 1.2. */
export const SIDE = 33;

const grid = Array.from({ length: SIDE * SIDE }, (_, i) => [
  -1.2 + (2.4 * (i % SIDE)) / (SIDE - 1),
  1.2 - (2.4 * Math.floor(i / SIDE)) / (SIDE - 1),
]).flat();

export interface Network {
  readonly options: ActivationOptions;
  readonly seed: number;
  readonly rate: number;
}

/** A small network of four hidden layers that classifies points of two spirals. */
export class Learner {
  readonly #model: nn.Sequential;
  readonly #optimizer: Adam;
  readonly #x: Tensor;
  readonly #y: readonly number[];
  readonly #step: Captured<[], Tensor>;
  /** Loss before each step taken. */
  readonly losses: number[] = [];

  constructor({ options: act, seed, rate }: Network) {
    const { x, y } = spirals();
    const model = bySeed(
      seed,
      () =>
        new nn.Sequential(
          new nn.Linear(2, WIDTH, { act }),
          new nn.Linear(WIDTH, WIDTH, { act }),
          new nn.Linear(WIDTH, WIDTH, { act }),
          new nn.Linear(WIDTH, WIDTH, { act }),
          new nn.Linear(WIDTH, 2),
        ),
    );
    this.#model = model;
    this.#x = tensor([...x], { shape: [y.length, 2] });
    this.#y = y;
    const optimizer = new Adam(model.parameters(), { lr: rate });
    this.#optimizer = optimizer;
    this.#step = capture(() => {
      optimizer.zeroGrad();
      const loss = crossEntropy(model.forward(this.#x), y);
      loss.backward();
      optimizer.step();
      return loss;
    });
  }

  /** Takes steps, then waits for the last one's loss. */
  async advance(steps: number): Promise<void> {
    const losses = Array.from({ length: steps }, () => this.#step());
    for (const loss of losses) {
      this.losses.push(await loss.item());
      loss.dispose();
    }
  }

  /** Share of the samples classified correctly. */
  async accuracy(): Promise<number> {
    const second = await this.#seconds(this.#x);
    const right = this.#y.filter((label, i) => Number(Number(second[i]) > 0.5) === label);
    return right.length / this.#y.length;
  }

  /** Probability of the second class over the plane, row by row from the top left. */
  async plane(): Promise<number[]> {
    using places = tensor(grid, { shape: [SIDE * SIDE, 2] });
    return this.#seconds(places);
  }

  async #seconds(x: Tensor): Promise<number[]> {
    using shares = scope(() => noGrad(() => softmax(this.#model.forward(x))));
    return Array.from(await shares.read()).filter((_, i) => i % 2 === 1);
  }

  dispose(): void {
    for (const each of [this.#step, this.#optimizer, this.#model, this.#x]) each.dispose();
  }
}
