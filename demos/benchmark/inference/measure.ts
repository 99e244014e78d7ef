import { type Tensor, zeros } from "wgrad";
import { assign, type Module } from "wgrad/nn";
import { exportOnnx } from "wgrad/onnx";
import { countAgain, counted, install } from "../counters.ts";
import { openLibraries } from "../open.ts";
import { values } from "../values.ts";
import type { Graph } from "./graph.ts";
import type { Make, Runner, Subject } from "./runners.ts";

install(); // before any library requests a device

/** A library's time for one image, and its WebGPU calls in one run. */
export interface Entry {
  readonly library: string;
  /** Median. */
  readonly ms: number;
  /** Smallest and largest. */
  readonly spread: readonly [number, number];
  readonly dispatches: number;
  readonly submits: number;
  /** Peak bytes of buffers up to the end of the first run, including the weights. */
  readonly peakBytes: number;
  /** Largest difference from the first library's logits, as a share of the largest logit. */
  readonly difference: number;
}

/** A library that could not be timed, and why. */
export interface Failed {
  readonly library: string;
  readonly error: string;
}

export interface Row {
  readonly name: string;
  readonly size: number;
  readonly weightBytes: number;
  /** Peak bytes of activations that must be alive at the same time. */
  readonly activationBytes: number;
  readonly entries: readonly (Entry | Failed)[];
}

export interface Opened {
  readonly adapter: string;
  readonly software: boolean;
  /** Networks there are. */
  readonly count: number;
}

export interface Asked {
  readonly pattern: string;
  /** Side of the images; default: the network's, or a smaller one on a software adapter. */
  readonly size: number | undefined;
  readonly rounds: number;
  /** The reader of files that `exportOnnx` writes. */
  readonly readModel: (file: Uint8Array) => Graph;
}

/** Larger differences between logits mean that libraries compute different things. */
const AGREES = 1e-3;

/** Starts the libraries. */
export async function open(): Promise<Opened> {
  const [opened, { networks }] = await Promise.all([
    openLibraries(),
    import("./networks.ts"),
    import("./runners.ts"),
  ]);
  return { ...opened, count: networks.length };
}

/** Every library runs a network twice unmeasured and then in turns; undefined if the network's name does not match. */
export async function measure(
  index: number,
  software: boolean,
  { pattern, size: wanted, rounds, readModel }: Asked,
): Promise<Row | undefined> {
  const [{ networks }, { makers }] = await Promise.all([
    import("./networks.ts"),
    import("./runners.ts"),
  ]);
  const network = networks[index];
  if (!network?.name.toLowerCase().includes(pattern.toLowerCase())) return undefined;
  const size = wanted ?? (software ? network.small : network.size);
  const model = network.build().eval();
  await unsettle(model);
  const weightBytes = model.namedTensors().reduce((sum, [, each]) => sum + 4 * each.size, 0);
  const subject = await subjectOf(model, size, readModel);
  const failed: Failed[] = [];
  const players: Player[] = [];
  for (const choices of makers) {
    for (const [library, make] of choices) {
      try {
        players.push(await enter(library, make, subject, players[0]?.logits));
        break;
      } catch (error) {
        failed.push({ library, error: error instanceof Error ? error.message : String(error) });
      }
    }
  }
  for (let round = 0; round < rounds; round++) {
    for (const { runner, times } of turns(players, round)) {
      const began = performance.now();
      await runner.run();
      times.push(performance.now() - began);
    }
  }
  for (const { runner } of players) await runner.dispose();
  model.dispose();
  const activationBytes = players[0]?.runner.plan?.leastBytes ?? Number.NaN;
  const entries = players.map((player) => summary(player, weightBytes));
  return {
    name: network.name,
    size,
    weightBytes,
    activationBytes,
    entries: [...entries, ...failed],
  };
}

/**
 * The order of a round. Over as many rounds as there are libraries (rounded up to an even number), each library follows
 * every other equally often, so that effects of one run on the next are shared out (E. J. Williams 1949).
 */
function turns<T>(players: readonly T[], round: number): T[] {
  const n = players.length;
  return players.map((_, i) => {
    const step = i % 2 === 1 ? (i + 1) / 2 : n - i / 2;
    return players[(round + step) % n] as T;
  });
}

/** Gives norms random statistics, weights and biases, so that errors in folding show. */
async function unsettle(model: Module<[Tensor], Tensor>): Promise<void> {
  for (const [name, value] of model.namedTensors()) {
    if (value.shape.length !== 1) continue;
    const around = name.endsWith("bias") || name.endsWith("mean") ? 0 : 1;
    assign(
      value,
      values(name, value.size, 0.25).map((each) => around + each),
    );
  }
}

async function subjectOf(
  model: Subject["model"],
  size: number,
  readModel: Asked["readModel"],
): Promise<Subject> {
  using example = zeros([1, 3, size, size]);
  const file = await exportOnnx(model, example);
  return { model, file, graph: readModel(file), x: values("image", 3 * size * size), size };
}

interface Player {
  readonly library: string;
  readonly runner: Runner;
  readonly logits: Float32Array;
  readonly difference: number;
  readonly counts: ReturnType<typeof counted>;
  readonly peakBytes: number;
  readonly times: number[];
}

/** A library with the network set up, run and compared. Throws if that fails. */
async function enter(
  library: string,
  make: Make,
  subject: Subject,
  reference: Float32Array | undefined,
): Promise<Player> {
  countAgain();
  const held = counted().peakBytes;
  const runner = await make(subject);
  try {
    const logits = await runner.run();
    const peakBytes = counted().peakBytes - held;
    countAgain();
    await runner.run();
    const difference = differenceOf(logits, reference ?? logits);
    if (!(difference <= AGREES)) {
      throw new Error(`its logits differ by ${difference.toExponential(1)} of the largest`);
    }
    return { library, runner, logits, difference, counts: counted(), peakBytes, times: [] };
  } catch (error) {
    await runner.dispose();
    throw error;
  }
}

function differenceOf(got: Float32Array, reference: Float32Array): number {
  if (got.length !== reference.length) return Number.POSITIVE_INFINITY;
  const largest = Math.max(...reference.map(Math.abs));
  return Math.max(...got.map((each, i) => Math.abs(each - (reference[i] as number)))) / largest;
}

function summary(
  { library, runner, difference, counts, peakBytes, times }: Player,
  weights: number,
) {
  const sorted = times.toSorted((a, b) => a - b);
  return {
    ...{ library, difference, dispatches: counts.dispatches, submits: counts.submits },
    ms: sorted[sorted.length >> 1] ?? Number.NaN,
    spread: [sorted[0] ?? Number.NaN, sorted.at(-1) ?? Number.NaN] as const,
    peakBytes: peakBytes + (runner.plan ? weights : 0), // the model's own bytes were there before
  };
}
