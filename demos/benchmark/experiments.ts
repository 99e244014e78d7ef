import {
  type AnyExperiment,
  experiment,
  inTurn,
  type Pair,
  type Stage,
} from "../shared/experiments.ts";
import { facts } from "../shared/facts.ts";
import { number } from "../shared/format.ts";
import { contest, type Measured } from "./contest.ts";
import { isMeasured } from "./table.ts";
import type { Spec, Workload } from "./workloads.ts";

/** What one step of a workload took. */
interface Told {
  /** Median milliseconds of a step. */
  readonly ms: number;
  readonly dispatches: number;
}

const ROUNDS = 3;
const SAMPLE_MS = 20;

/** Steps of both workloads by wgrad alone, in a frame each. */
function both(stage: Stage, specs: readonly [Spec, Spec]): Promise<Pair<Told>> {
  return inTurn(specs, async (spec, side) => {
    stage.progress(side, 2, `run ${side + 1} of 2`);
    const workload: Workload = {
      ...{ id: `experiment-${side}`, title: "experiment", group: "The rest of a network" },
      ...{ spec, flops: 0 },
    };
    const { ms, counts } = await one(workload, stage.signal);
    const { dispatches } = counts;
    facts(stage.sides[side], { "Time of a step": inMs(ms), Dispatches: number(dispatches) });
    return { ms, dispatches };
  });
}

async function one(workload: Workload, signal: AbortSignal): Promise<Measured> {
  const options = { rounds: ROUNDS, sampleMs: SAMPLE_MS, signal };
  const { entries } = await contest(workload, { libraries: ["wgrad"], ...options });
  const [entry] = entries;
  if (entry && isMeasured(entry)) return entry;
  throw new Error(`expected a time, got '${entry?.error}'`);
}

const inMs = (ms: number) => `${number(Number(ms.toPrecision(3)))} ms`;
const timesOf = ({ left, right }: Pair<Told>) => right.ms / left.ms;
const inTimes = (ratio: number) => `${number(Number(ratio.toPrecision(2)))} times`;

/** Which of these a ratio is nearest to, as ratios go. */
const nearest = (ratio: number, choices: readonly number[]) => {
  const far = choices.map((each) => Math.abs(Math.log(ratio / each)));
  return far.indexOf(Math.min(...far));
};

/** What makes a step long, measured as the table is. */
export const experiments: readonly [AnyExperiment, ...AnyExperiment[]] = [
  experiment<Pair<Told>>({
    id: "batch",
    title: "Eight times the batch",
    question:
      "A perceptron learns from 16 samples a step, then from 128. A dispatch is one start of a compute shader: how many does the larger step need?",
    predictions: ["Eight times as many", "A few more", "As many, or fewer"],
    sides: ["16 samples", "128 samples"],
    run: (stage) =>
      both(stage, [
        { kind: "train", net: "mlp", batch: 16 },
        { kind: "train", net: "mlp", batch: 128 },
      ]),
    sentence: (pair) =>
      `16 samples take ${pair.left.dispatches} dispatches and ${inMs(pair.left.ms)}, 128 take ${pair.right.dispatches} and ${inMs(pair.right.ms)}: ${inTimes(timesOf(pair))} as long for eight times the samples.`,
    answer: ({ left, right }) =>
      right.dispatches > 4 * left.dispatches ? 0 : right.dispatches > left.dispatches ? 1 : 2,
  }),
  experiment<Pair<Told>>({
    id: "side",
    title: "Twice the side",
    question:
      "A product of two matrices of 256 × 256, then of 512 × 512: eight times the multiplications, four times the numbers. How much longer does it take here?",
    predictions: ["Twice", "Four times", "Eight times"],
    sides: ["256 × 256", "512 × 512"],
    run: (stage) =>
      both(stage, [
        { kind: "matmul", m: 256, n: 256, k: 256 },
        { kind: "matmul", m: 512, n: 512, k: 512 },
      ]),
    sentence: (pair) =>
      `256 × 256 takes ${inMs(pair.left.ms)}, 512 × 512 takes ${inMs(pair.right.ms)}: ${inTimes(timesOf(pair))} as long.`,
    answer: (pair) => nearest(timesOf(pair), [2, 4, 8]),
  }),
  experiment<Pair<Told>>({
    id: "fused",
    title: "A thousand times the numbers",
    question:
      "gelu(x · a + b) of 1,000 numbers, then of a million. A start of a shader costs the same for both. How much longer does the million take?",
    predictions: ["About as long", "Tens of times", "A thousand times"],
    sides: ["1,000 numbers", "1,000,000 numbers"],
    run: (stage) =>
      both(stage, [
        { kind: "geluChain", count: 1000 },
        { kind: "geluChain", count: 1_000_000 },
      ]),
    sentence: (pair) =>
      `1,000 numbers take ${inMs(pair.left.ms)} (dispatches: ${pair.left.dispatches}), a million ${inMs(pair.right.ms)} (${pair.right.dispatches}): ${inTimes(timesOf(pair))} as long.`,
    answer: (pair) => nearest(timesOf(pair), [1, 30, 1000]),
  }),
];
