import { WgradError } from "../../src/core/errors.ts";
import { DataLoader, TensorDataset } from "../../src/data/index.ts";
import { crossEntropy } from "../../src/loss/index.ts";
import * as nn from "../../src/nn/index.ts";
import { manualSeed, randomState } from "../../src/ops/index.ts";
import { AdamW } from "../../src/optim/index.ts";
import { type Engine, init } from "../../src/scheduler/engine.ts";
import { capture } from "../../src/tensor/capture.ts";
import { tensor } from "../../src/tensor/create.ts";
import { scope } from "../../src/tensor/scope.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { fit as train } from "../../src/train/index.ts";
import type { Short } from "./short_of_memory.ts";

/** How a training is run. */
export const ways = ["eager", "captured", "fit", "fit captured"] as const;

/** What happens to it. */
export const faults = ["buffer", "callback", "abort", "loss", "device"] as const;

export type Way = (typeof ways)[number];
export type Fault = (typeof faults)[number];

/** What one hit is. */
export interface Hit {
  readonly way: Way;
  readonly fault: Fault;
  /** The step it comes with. */
  readonly at: number;
  /** Which of the buffers that are asked for from then on is refused. */
  readonly nth: number;
}

const STEPS = 10;
const BATCH = 5;
const CLASSES = 3;

/** A small network with all that a refused step may leave behind: moments, running means, random numbers. */
function trainee() {
  manualSeed(11);
  const rows = 4 * BATCH;
  const x = Float32Array.from({ length: 6 * rows }, (_, i) => Math.sin(1.7 * i));
  const labels = Uint32Array.from({ length: rows }, (_, i) => (i * i) % CLASSES);
  const dataset = new TensorDataset(tensor(x, { shape: [rows, 6] }), tensor(labels));
  const layers = [new nn.Linear(6, 8), new nn.BatchNorm1d(8), new nn.ReLU(), new nn.Dropout(0.2)];
  const model = new nn.Sequential(...layers, new nn.Linear(8, CLASSES));
  const optimizer = new AdamW(model.parameters(), { lr: 0.05 });
  const data = new DataLoader(dataset, { batchSize: BATCH, seed: 3 });
  return { model, optimizer, data, dataset };
}

type Trainee = ReturnType<typeof trainee>;

/** All that a training comes to, in words that show every bit. */
async function bitsOf({ model, optimizer, data }: Trainee): Promise<string> {
  const { steps, parameters } = await optimizer.stateDict();
  const entries = Object.entries(await model.stateDict());
  const words = (list: ArrayLike<number>) => [...new Uint32Array(Float32Array.from(list).buffer)];
  return JSON.stringify({
    model: entries.map(([name, entry]) => [name, words(entry.data)]),
    moments: parameters.map((each) => [each.steps, Object.values(each.moments).map(words)]),
    host: [steps, randomState().draws, data.epoch, data.position],
  });
}

/** Makes the faults happen, once, when their step has come. */
class Trouble {
  readonly #hit: Hit | undefined;
  readonly #engine: Engine;
  readonly #short: Short | undefined;
  readonly #controller = new AbortController();
  #over = false;

  constructor(hit: Hit | undefined, engine: Engine, short: Short | undefined) {
    this.#hit = hit;
    this.#engine = engine;
    if (short) short.refuse = () => false;
    this.#short = short;
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get happened(): boolean {
    return this.#over;
  }

  /** Called where a step begins; `where` says by whom. */
  at(step: number, where: "begin" | "loss" | "callback"): void {
    const { fault, at, nth } = this.#hit ?? {};
    if (this.#over || step !== at) return;
    const mine = fault === "loss" || fault === "callback" ? fault : "begin";
    if (where !== mine) return;
    this.#over = true;
    if (mine !== "begin") throw new Error(`thrown at step ${step}`);
    if (fault === "abort") this.#controller.abort();
    if (fault === "device") this.#engine.gpu.device.destroy();
    const short = this.#short;
    if (fault !== "buffer" || !short) return;
    this.#engine.trim().catch(() => undefined); // so that there are buffers to ask for
    let asked = 0;
    short.refuse = () => {
      if (++asked !== nth) return false;
      short.refuse = () => false;
      return true;
    };
  }
}

/** Runs `work` until all steps are made, as whoever catches an error and goes on would; gives the errors. */
async function insist(work: () => Promise<boolean>, limit = 4): Promise<unknown[]> {
  const errors: unknown[] = [];
  for (;;) {
    try {
      if (await work()) return errors;
    } catch (error) {
      errors.push(error);
      if (errors.length === limit) return errors;
    }
  }
}

function byHand(trained: Trainee, trouble: Trouble, captured: boolean): () => Promise<boolean> {
  const { model, optimizer, data } = trained;
  const body = (x: Tensor, y: Tensor) => {
    optimizer.zeroGrad();
    const loss = crossEntropy(model.forward(x), y);
    loss.backward();
    optimizer.step();
    return loss;
  };
  const step = captured ? capture(body) : body;
  return async () => {
    const done = data.epoch * data.batchesPerEpoch + data.position;
    if (done >= STEPS) return true;
    const place = data.stateDict();
    try {
      trouble.at(done, "begin");
      trouble.at(done, "callback");
      const taken = await data.take();
      const { x, y } = (taken as NonNullable<typeof taken>).batch as { x: Tensor; y: Tensor };
      try {
        trouble.at(done, "loss");
        using loss = scope(() => step(x, y));
        await loss.read();
      } finally {
        x.dispose();
        y.dispose();
      }
    } catch (error) {
      data.loadStateDict(place);
      throw error;
    }
    return false;
  };
}

function byFit(trained: Trainee, trouble: Trouble, captured: boolean): () => Promise<boolean> {
  const { model, optimizer, data, dataset } = trained;
  const forward = captured
    ? undefined
    : ({ x, y }: { x: Tensor; y: Tensor }) => crossEntropy(model.forward(x), y);
  const body = capture((x: Tensor, y: Tensor) => {
    optimizer.zeroGrad();
    const loss = crossEntropy(model.forward(x), y);
    loss.backward();
    optimizer.step();
    return loss;
  });
  const place = () => data.epoch * data.batchesPerEpoch + data.position;
  const onStep = ({ step }: { step: number }) => {
    trouble.at(step - 1, "callback");
    trouble.at(step, "begin");
  };
  const common = { model, data, steps: STEPS, onStep, signal: trouble.signal };
  return async () => {
    if (place() === 0) trouble.at(0, "begin");
    const { ended } = forward
      ? await train({
          ...common,
          optimizer,
          loss: (batch: { x: Tensor; y: Tensor }) => {
            trouble.at(Math.max(place() - 1, 0), "loss");
            return forward(batch);
          },
        })
      : await train({
          ...common,
          step: (indices: Uint32Array<ArrayBuffer>, { step }: { step: number }) => {
            trouble.at(step, "loss");
            return scope(() => {
              const { x, y } = dataset.batch(indices) as { x: Tensor; y: Tensor };
              return body(x, y);
            });
          },
        });
    return ended === "finished" || ended === "aborted";
  };
}

/** What came of a training. */
export interface Outcome {
  /** As it stood in the end; of a lost device nothing can be read. */
  readonly bits: string | undefined;
  readonly errors: readonly unknown[];
  /** Errors that are none of the library's, nor the test's own. */
  readonly raw: readonly unknown[];
  readonly happened: boolean;
  /** Milliseconds until everything had settled. */
  readonly took: number;
}

/** A training on this device that is hit, and goes on as far as it can. */
export async function struck(device: GPUDevice, hit: Hit, short?: Short): Promise<Outcome> {
  const engine: Engine = await init({ device });
  const trained = trainee();
  const trouble = new Trouble(hit, engine, short);
  const captured = hit.way === "captured" || hit.way === "fit captured";
  const make = hit.way.startsWith("fit") ? byFit : byHand;
  const start = performance.now();
  const work = make(trained, trouble, captured);
  const errors = await insist(work, hit.fault === "device" ? 1 : 4);
  if (hit.fault === "abort" && trouble.happened) {
    // the signal has ended it: another training goes on from there
    errors.push(...(await insist(make(trained, new Trouble(undefined, engine, short), captured))));
  }
  if (short) short.refuse = () => false; // what comes now only looks
  const bits = hit.fault === "device" ? undefined : await bitsOf(trained);
  const took = performance.now() - start;
  const own = (error: unknown) => error instanceof Error && /^thrown at step/.test(error.message);
  const raw = errors.filter((error) => !(error instanceof WgradError || own(error)));
  if (hit.fault !== "device") await engine.trim();
  return { bits, errors, raw, happened: trouble.happened, took };
}
