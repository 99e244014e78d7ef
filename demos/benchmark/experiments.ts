import {
  type AnyExperiment,
  experiment,
  inTurn,
  type Pair,
  type Stage,
} from "../shared/experiments.ts";
import { facts } from "../shared/facts.ts";
import { number } from "../shared/format.ts";
import * as words from "../words/en/benchmark/experiments.ts";
import { contest, type Measured } from "./contest.ts";
import { isMeasured } from "./table.ts";
import type { Spec, Workload } from "./workloads.ts";

/** Figures of one step of a workload. */
interface Told {
  /** Median milliseconds of a step. */
  readonly ms: number;
  readonly dispatches: number;
}

const ROUNDS = 3;
const SAMPLE_MS = 20;

/** Runs steps of both workloads with wgrad alone, each in a frame. */
function both(stage: Stage, specs: readonly [Spec, Spec]): Promise<Pair<Told>> {
  return inTurn(specs, async (spec, side) => {
    stage.progress(side, 2, words.runOf2(side + 1));
    const workload: Workload = {
      ...{ id: `experiment-${side}`, title: words.experiment, group: words.restOfNetwork },
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

const inMs = (ms: number) => words.milliseconds(number(Number(ms.toPrecision(3))));
const timesOf = ({ left, right }: Pair<Told>) => right.ms / left.ms;
const inTimes = (ratio: number) => words.times(number(Number(ratio.toPrecision(2))));

/** Which of these values is nearest to a ratio, on a logarithmic scale. */
const nearest = (ratio: number, choices: readonly number[]) => {
  const far = choices.map((each) => Math.abs(Math.log(ratio / each)));
  return far.indexOf(Math.min(...far));
};

/** What makes a step slow, measured in the same way as the table. */
export const experiments: readonly [AnyExperiment, ...AnyExperiment[]] = [
  experiment<Pair<Told>>({
    id: "batch",
    title: words.eightTimesBatch,
    question: words.perceptronLearnsFrom16,
    predictions: [words.eightTimesAsMany, words.fewMore, words.asManyOrFewer],
    sides: [words.sixteenSamples, words.samples128],
    run: (stage) =>
      both(stage, [
        { kind: "train", net: "mlp", batch: 16 },
        { kind: "train", net: "mlp", batch: 128 },
      ]),
    sentence: (pair) =>
      words.eightTimesTheBatchSaid(
        pair.left.dispatches,
        inMs(pair.left.ms),
        pair.right.dispatches,
        inMs(pair.right.ms),
        inTimes(timesOf(pair)),
      ),
    answer: ({ left, right }) =>
      right.dispatches > 4 * left.dispatches ? 0 : right.dispatches > left.dispatches ? 1 : 2,
  }),
  experiment<Pair<Told>>({
    id: "side",
    title: words.twiceSide,
    question: words.productOfTwoMatricesOf,
    predictions: [words.twice, words.fourTimes, words.eightTimes],
    sides: ["256 × 256", "512 × 512"],
    run: (stage) =>
      both(stage, [
        { kind: "matmul", m: 256, n: 256, k: 256 },
        { kind: "matmul", m: 512, n: 512, k: 512 },
      ]),
    sentence: (pair) =>
      words.twiceTheSideSaid(inMs(pair.left.ms), inMs(pair.right.ms), inTimes(timesOf(pair))),
    answer: (pair) => nearest(timesOf(pair), [2, 4, 8]),
  }),
  experiment<Pair<Told>>({
    id: "fused",
    title: words.thousandTimesNumbers,
    question: words.geluXBOf1,
    predictions: [words.aboutAsLong, words.tensOfTimes, words.thousandTimes],
    sides: [words.thousandNumbers, words.millionNumbers],
    run: (stage) =>
      both(stage, [
        { kind: "geluChain", count: 1000 },
        { kind: "geluChain", count: 1_000_000 },
      ]),
    sentence: (pair) =>
      words.thousandTimesTheNumbersSaid(
        inMs(pair.left.ms),
        pair.left.dispatches,
        inMs(pair.right.ms),
        pair.right.dispatches,
        inTimes(timesOf(pair)),
      ),
    answer: (pair) => nearest(timesOf(pair), [1, 30, 1000]),
  }),
];
