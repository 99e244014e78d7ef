import type { Shape } from "../../core/shape.ts";
import {
  type Call,
  type Candidates,
  type Chooser,
  call,
  choose,
  type Named,
  sizeClasses,
} from "../variants.ts";
import { tileCount } from "./blocks.ts";
import {
  MAX_BATCH_DIMS,
  type MatmulInputs,
  type MatmulKernel,
  type MatmulKernelOptions,
  type MatmulProblem,
  matmulProblem,
} from "./problem.ts";
import { matmulRegisters } from "./registers.ts";
import { matmulRegisters8x8 } from "./registers_8x8.ts";
import { matmulRegisters16x12 } from "./registers_16x12.ts";
import { matmulRegisters16x16 } from "./registers_16x16.ts";
import { matmulRegistersVector } from "./registers_vector.ts";
import { matmulSumParts } from "./sum_parts.ts";
import { matmulTiled } from "./tiled.ts";
import { matmulTiledLarge } from "./tiled_large.ts";
import { matmulVector } from "./vector.ts";

/** A candidate for a product: a kernel, and the number of parts that k is split into. */
export interface MatmulCandidate extends Named {
  readonly kernel: MatmulKernel;
  /** If more than 1, the kernel gets it as its option `parts`, and `matmulSumParts` adds the partial products. */
  readonly parts: number;
}

/** Properties of the device and measurements that the choice depends on besides the sizes. */
export type MatmulLimits = Pick<Chooser, "software" | "constantWeights">;

/** Number of tiles of 128 × 64 below which a card has idle multiprocessors. */
const FEW_TILES = 16;
/** Number of tiles of 128 × 128 from which a card has work for every multiprocessor. */
const MANY_TILES = 128;
/** Fraction of the tiles' area inside C below which tiles of 32 × 32 waste less. */
const FULL_ENOUGH = 0.75;
/** Number of terms below which sums are shorter than one slice of the smaller tile, and staging gains nothing. */
const SHORT_SUM = 16;
/** Number of multiply-adds below which large blocks save less time than their pipeline takes to compile. */
const FEW_PRODUCTS = 2 ** 18;
/** Above this many multiply-adds, 16 × 16 blocks repay their ~1 s of compilation within tens of runs. */
const MANY_PRODUCTS = 2 ** 25;
/** Number of threads that occupies every core of a software adapter. */
const SOFTWARE_THREADS = 32;
/** The limit of `MANY_PRODUCTS` for inference, where weights are constant and many layers share a pipeline. */
const SOME_PRODUCTS = 2 ** 21;
/** Number of workgroups that occupies every multiprocessor of a card. */
const CARD_GROUPS = 128;
/** Maximum number of terms in a part of k: longer sums lose more than a few units in the last place. */
const LONGEST_PART = 2 ** 15;
/** Minimum number of terms in a part of k: below, adding the parts costs more than it gains. */
const PART_LENGTH = 128;

/**
 * All candidates that can be the fastest for some sizes, likely fastest first. A software adapter gets no kernels
 * with barriers, each of which costs about 80 ns per thread there. Throws the errors of the kernels' plans.
 */
export function matmulCandidates(
  inputs: MatmulInputs,
  options: MatmulKernelOptions,
  { software, constantWeights = false }: MatmulLimits,
): Candidates<MatmulCandidate> {
  const problem = matmulProblem(inputs, options);
  return software ? onSoftware(problem, constantWeights) : onCard(problem);
}

/** The best candidate: the fastest one measured, or the first of `matmulCandidates`. */
export function chooseMatmul(
  inputs: MatmulInputs,
  options: MatmulKernelOptions,
  chooser: Chooser,
): MatmulCandidate {
  const candidates = matmulCandidates(inputs, options, chooser);
  const key = `matmul/${problemClass(matmulProblem(inputs, options), options)}`;
  const calls = (candidate: MatmulCandidate) => callsOf(inputs, options, candidate);
  return choose({ key, candidates, calls }, chooser);
}

/**
 * The dispatches of the best candidate, for a product that is part of other work: the choice itself is not reported to
 * `asked`.
 */
export function matmulCalls(
  inputs: MatmulInputs,
  options: MatmulKernelOptions,
  { asked: _, ...silent }: Chooser,
): Call[] {
  return callsOf(inputs, options, chooseMatmul(inputs, options, silent));
}

function callsOf(
  inputs: MatmulInputs,
  options: MatmulKernelOptions,
  { kernel, parts }: MatmulCandidate,
): Call[] {
  if (parts === 1) return [call(kernel, inputs, options)];
  const { act, channel, ...transposes } = options;
  const { a, b, ...buffers } = inputs;
  const first = call(kernel, { a, b }, { ...transposes, parts });
  const { c: partial = [] } = first.plan().outputs as Readonly<Record<string, Shape>>;
  return [
    first,
    call(matmulSumParts, { partial, ...buffers }, { act, ...(channel && { channel }) }),
  ];
}

/** A key such as "NT/m256n64k1024", with "b8" appended for a batch. */
function problemClass({ m, n, k, batches }: MatmulProblem, options: MatmulKernelOptions): string {
  const layout = `${options.transposeA ? "T" : "N"}${options.transposeB ? "T" : "N"}`;
  return `${layout}/${sizeClasses({ m, n, k })}${batches === 1 ? "" : sizeClasses({ b: batches })}`;
}

function plain(name: string, kernel: MatmulKernel): MatmulCandidate {
  return { name, kernel, parts: 1 };
}

const registers = plain("registers", matmulRegisters);
const large = plain("registers_8x8", matmulRegisters8x8);
const wide = plain("registers_16x12", matmulRegisters16x12);
const square = plain("registers_16x16", matmulRegisters16x16);

function onSoftware(problem: MatmulProblem, often: boolean): Candidates<MatmulCandidate> {
  const { m, n } = problem;
  if (m === 1 || n === 1) {
    const threads = problem.batches * Math.ceil((m * n) / 4);
    const vector = plain("registers_vector", matmulRegistersVector);
    return [...inParts(vector, problem, threads, SOFTWARE_THREADS), vector, registers];
  }
  const products = problem.batches * m * n * problem.k;
  const blocks = blocksFor(problem, products >= (often ? SOME_PRODUCTS : MANY_PRODUCTS));
  const [best = registers] = products < FEW_PRODUCTS ? [] : blocks;
  const tall = best === wide || best === square;
  const height = tall ? 16 : best === large ? 8 : 4;
  const width = best === wide ? 12 : height;
  const threads = tileCount(problem, height, width);
  const cut = inParts(best, problem, threads, SOFTWARE_THREADS);
  // k is too short to split, and there are too few threads: use smaller blocks
  const smaller = best === registers || (threads < SOFTWARE_THREADS && cut.length === 0);
  const whole = smaller ? [registers, ...blocks] : [...blocks, registers];
  const [first = registers, ...others] = [...cut, ...whole];
  return [first, ...others];
}

/** The kernels with blocks larger than 4 × 4 that fit, likely fastest first. */
function blocksFor(problem: MatmulProblem, many: boolean): MatmulCandidate[] {
  const { m, n } = problem;
  if (m <= 4 || n <= 4) return [];
  if (m <= 8 || n <= 8) return [large, wide];
  if (n <= 12) return [wide, large];
  return many && tileCount(problem, 16, 16) >= SOFTWARE_THREADS
    ? [square, wide, large]
    : [large, wide, square];
}

const smallTiles: MatmulKernel = {
  shader: matmulTiled.shader,
  plan: (inputs, options) => matmulTiled.plan(inputs, { ...options, tile: "small" }),
};

function onCard(problem: MatmulProblem): Candidates<MatmulCandidate> {
  if (problem.m === 1 || problem.n === 1) {
    return [
      plain("vector", matmulVector),
      plain("registers_vector", matmulRegistersVector),
      registers,
    ];
  }
  const largest = plain("tiled_large", matmulTiledLarge);
  const tiled = plain("tiled", matmulTiled);
  const small = plain("tiled_small", smallTiles);
  if (problem.k < SHORT_SUM) return [registers, small, tiled];
  if (fills(problem, 128, MANY_TILES)) return [largest, tiled, small, registers];
  if (fills(problem, 64, FEW_TILES)) return [tiled, largest, small, registers];
  const cut = inParts(small, problem, tileCount(problem, 32, 32), CARD_GROUPS);
  return [...cut, small, tiled, registers];
}

/** Whether C has at least `enough` tiles of 128 × `width`, with enough of their area inside C. */
function fills(problem: MatmulProblem, width: number, enough: number): boolean {
  const tiles = tileCount(problem, 128, width);
  const elements = problem.batches * problem.m * problem.n;
  return tiles >= enough && elements >= FULL_ENOUGH * tiles * 128 * width;
}

/**
 * The candidate with k split so that `units` of work become about `wanted`, and sums are not longer than accuracy allows;
 * none if k is too short or has no suitable divisor.
 */
function inParts(
  { name, kernel }: MatmulCandidate,
  { k, params }: MatmulProblem,
  units: number,
  wanted: number,
): MatmulCandidate[] {
  if (params.dims === MAX_BATCH_DIMS) return []; // the parts need one more axis
  const busy = Math.floor(wanted / Math.max(units, 1));
  const most = Math.min(Math.max(busy, Math.ceil(k / LONGEST_PART)), Math.floor(k / PART_LENGTH));
  const divides = (parts: number) => k % parts === 0 && (k % 4 !== 0 || (k / parts) % 4 === 0);
  for (let parts = most; parts > 1; parts--) {
    if (divides(parts)) return [{ name: `${name} in parts`, kernel, parts }];
  }
  return [];
}
