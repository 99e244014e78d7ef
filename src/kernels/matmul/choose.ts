import { tileCount } from "./blocks.ts";
import {
  type MatmulInputs,
  type MatmulKernel,
  type MatmulOptions,
  type MatmulProblem,
  matmulProblem,
} from "./problem.ts";
import { matmulRegisters } from "./registers.ts";
import { matmulTiled } from "./tiled.ts";
import { matmulTiledSmall } from "./tiled_small.ts";
import { matmulVector } from "./vector.ts";

/** Tiles of 128 × 64 below which a card has idle multiprocessors. */
const FEW_TILES = 16;
/** Share of the tiles' area inside C below which tiles of 32 × 32 waste less. */
const FULL_ENOUGH = 0.75;
/** Sums shorter than one slice of the smaller tile gain nothing from staging. */
const SHORT_SUM = 16;

/**
 * The matmul kernel that is fastest for these shapes. On a software adapter that is always the one without barriers,
 * each of which costs about 80 ns a thread there. Throws what the kernels' plans throw.
 */
export function chooseMatmul(
  inputs: MatmulInputs,
  options: MatmulOptions,
  { software }: { readonly software: boolean },
): MatmulKernel {
  const problem = matmulProblem(inputs, options);
  if (software) return matmulRegisters;
  if (problem.m === 1 || problem.n === 1) return matmulVector;
  if (problem.k < SHORT_SUM) return matmulRegisters;
  return fillsLargeTiles(problem) ? matmulTiled : matmulTiledSmall;
}

function fillsLargeTiles(problem: MatmulProblem): boolean {
  const tiles = tileCount(problem, 128, 64);
  const elements = problem.batches * problem.m * problem.n;
  return tiles >= FEW_TILES && elements >= FULL_ENOUGH * tiles * 128 * 64;
}
