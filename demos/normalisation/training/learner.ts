import { affine, argmax, type Captured, capture, noGrad, scope, type Tensor, tensor } from "wgrad";
import { crossEntropy } from "wgrad/loss";
import { Adam } from "wgrad/optim";
import { bySeed } from "../../shared/by_seed.ts";
import { type Random, uniform } from "../../shared/random.ts";
import type { Between, Order } from "../settings.ts";
import { batchOf, type Digits, SIDE, type Split } from "./digits.ts";
import { type Histograms, histograms } from "./histograms.ts";
import { Network } from "./network.ts";

/** Number of digits whose activations are shown. */
const PROBE = 64;

export interface Lesson {
  readonly between: Between;
  readonly order: Order;
  readonly batch: number;
  readonly rate: number;
  readonly seed: number;
}

/** How the held-out digits are evaluated. */
export interface Question {
  /** Pixels are multiplied by `contrast`, then `shift` is added, in deviations of a pixel. */
  readonly shift?: number;
  readonly contrast?: number;
  /** Whether batch norm uses the statistics of these digits. Default false: the running ones. */
  readonly own?: boolean;
}

const imagesOf = ({ pixels, labels }: Digits) =>
  tensor(pixels, { shape: [labels.length, 1, SIDE, SIDE] });

/** A network that is trained on digits. */
export class Learner {
  readonly #model: Network;
  readonly #optimizer: Adam;
  readonly #split: Split;
  readonly #batch: number;
  readonly #heldOut: Tensor;
  readonly #probe: Tensor;
  readonly #random: Random;
  readonly #step: Captured<[Tensor, Tensor], Tensor>;
  /** Loss of each step taken. */
  readonly losses: number[] = [];

  constructor(split: Split, { between, order, batch, rate, seed }: Lesson) {
    this.#split = split;
    this.#batch = batch;
    this.#random = uniform(seed);
    const model = bySeed(seed, () => new Network(between, order));
    this.#model = model;
    const optimizer = new Adam(model.parameters(), { lr: rate });
    this.#optimizer = optimizer;
    this.#heldOut = imagesOf(split.heldOut);
    const first = Array.from({ length: PROBE }, (_, i) => i);
    this.#probe = imagesOf(batchOf(split.heldOut, first));
    this.#step = capture((x: Tensor, y: Tensor) => {
      optimizer.zeroGrad();
      const loss = crossEntropy(model.forward(x), y);
      loss.backward();
      optimizer.step();
      return loss;
    });
  }

  /** Queues all steps, then reads their losses. */
  async advance(steps: number): Promise<void> {
    this.#model.train();
    const losses = Array.from({ length: steps }, () => this.#one());
    for (const loss of losses) {
      this.losses.push(await loss.item());
      loss.dispose();
    }
  }

  /** Held-out accuracy. */
  async accuracy({ shift = 0, contrast = 1, own = false }: Question = {}): Promise<number> {
    this.#model.eval();
    using said = scope(() =>
      noGrad(() => {
        const x = affine(this.#heldOut, { factor: contrast, shift });
        return argmax(this.#model.layers(x, own).at(-1) as Tensor);
      }),
    );
    const { labels } = this.#split.heldOut;
    const answers = Array.from(await said.read());
    return answers.filter((answer, i) => answer === labels[i]).length / labels.length;
  }

  /** Outputs of its layers for some digits, and the gradients of the last step. */
  async histograms(): Promise<Histograms> {
    this.#model.eval();
    return histograms(this.#model, this.#probe);
  }

  dispose(): void {
    const own = [this.#step, this.#optimizer, this.#model, this.#heldOut, this.#probe];
    for (const each of own) each.dispose();
  }

  #one(): Tensor {
    const { train } = this.#split;
    const count = train.labels.length;
    const rows = Array.from({ length: this.#batch }, () => Math.floor(this.#random() * count));
    const some = batchOf(train, rows);
    return scope(() => this.#step(imagesOf(some), tensor(some.labels, { dtype: "u32" })));
  }
}
