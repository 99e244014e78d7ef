import { grid1d } from "../kernel.ts";
import {
  type MatmulInputs,
  type MatmulKernelOptions,
  type MatmulProblem,
  matmulProblem,
} from "./problem.ts";

type Load = "rows" | "rows4" | "columns" | "columns4";

/** A problem with the slots of kernels that work in 4 × 4 blocks: vec4 loads and stores if the contiguous axis allows it. */
export interface BlockProblem extends MatmulProblem {
  readonly slots: MatmulProblem["slots"] & {
    readonly load_a: Load;
    readonly load_b: Load;
    readonly store_c: "scalar" | "vec4";
  };
}

/** Checks shapes and chooses how blocks are loaded and stored. Throws the errors of `matmulProblem`. */
export function blockProblem(inputs: MatmulInputs, options: MatmulKernelOptions): BlockProblem {
  const problem = matmulProblem(inputs, options);
  const { m, n, k } = problem;
  return {
    ...problem,
    slots: {
      ...problem.slots,
      load_a: options.transposeA ? load("columns", m, k) : load("rows", k, m),
      load_b: options.transposeB ? load("columns", k, n) : load("rows", n, k),
      store_c: n % 4 === 0 && n > 0 ? "vec4" : "scalar",
    },
  };
}

/** Chooses the loads of an operand by both sizes: an empty buffer need not contain a whole vec4. */
function load<L extends "rows" | "columns">(layout: L, contiguous: number, other: number) {
  return contiguous % 4 === 0 && contiguous * other > 0 ? (`${layout}4` as const) : layout;
}

/** Number of tiles of `height` × `width` that cover all matrices of C. */
export function tileCount({ batches, m, n }: MatmulProblem, height: number, width: number): number {
  return batches * Math.ceil(m / height) * Math.ceil(n / width);
}

/** The plan of a kernel with one workgroup per tile of `height` × `width`. Throws the errors of `matmulProblem`. */
export function tilePlan(
  inputs: MatmulInputs,
  options: MatmulKernelOptions,
  height: number,
  width: number,
) {
  const problem = blockProblem(inputs, options);
  const { c, params, slots, overrides, flops } = problem;
  const grid = grid1d(tileCount(problem, height, width));
  return { outputs: { c }, params, grid, slots, overrides, flops };
}

/** Workgroup size if each thread has a lot of work: one pipeline serves products of all sizes. */
export const SMALL_GROUP = 8;

/** Number of threads below which workgroups are small, so that there is one for every core. */
const FEW_THREADS = 512;

/**
 * Maximum number of terms that are summed in one accumulator: longer sums are split for accuracy, by a pipeline that takes
 * longer to compile.
 */
const LONG_SUM = 1024;

/**
 * The plan of a kernel built on walk.wgsl with these blocks, in workgroups of `group` threads; by default small ones if
 * there are few threads in all. Throws the errors of `matmulProblem`.
 */
export function walkPlan(
  inputs: MatmulInputs,
  options: MatmulKernelOptions,
  height: number,
  width: number,
  group?: number,
) {
  const problem = blockProblem(inputs, options);
  const { c, k, params, slots, overrides, flops } = problem;
  const threads = tileCount(problem, height, width);
  const WG = group ?? (threads < FEW_THREADS ? 8 : 64);
  const tail: "none" | "some" = k % 4 === 0 ? "none" : "some";
  const length: "short" | "long" = k > LONG_SUM ? "long" : "short";
  return {
    outputs: { c },
    params,
    grid: grid1d(Math.ceil(threads / WG)),
    slots: { ...slots, length, tail },
    overrides: { ...overrides, WG },
    flops,
  };
}
