import type { KernelFunction } from "../../kernels/svm/kernel_function.ts";
import { type HostMatrix, rowsOf } from "../samples.ts";
import type { Dual } from "./dual.ts";
import { fitsHost, HostKernel, needsHost } from "./host_kernel.ts";
import { KernelMatrix } from "./kernel_matrix.ts";
import { type Machine, type SolveOptions, solveDual, WORKING_SET } from "./solve.ts";
import { solveOnHost } from "./solve_host.ts";

/**
 * Solves the machines of one set of samples. With few samples the machines share a kernel matrix in float64 on the host;
 * with many, each caches rows of its own matrix on the GPU, in f32. Kernels that a shift changes are computed on the host
 * where f32 could not distinguish samples.
 */
export class Trainer {
  readonly #matrix: HostMatrix;
  readonly #kernel: KernelFunction;
  readonly #options: SolveOptions;
  readonly #host: HostKernel | undefined;

  constructor(matrix: HostMatrix, kernel: KernelFunction, options: SolveOptions) {
    this.#matrix = matrix;
    this.#kernel = kernel;
    this.#options = options;
    const onHost = fitsHost(matrix) || needsHost(kernel, matrix);
    this.#host = onHost ? new HostKernel(matrix, kernel) : undefined;
  }

  /**
   * Solves the dual of one machine over some of the samples: `dual.row` are indices into `rows`, which are indices of samples.
   * The result has a coefficient for every sample, 0 for the others.
   */
  async solve(dual: Dual, rows: readonly number[]): Promise<Machine> {
    if (this.#host) {
      const row = dual.row.map((at) => rows[at] as number);
      return solveOnHost({ ...dual, row }, this.#host, this.#options);
    }
    const own = { ...this.#matrix, host: rowsOf(this.#matrix, rows).data, samples: rows.length };
    const kernelMatrix = new KernelMatrix(own, this.#kernel, WORKING_SET);
    try {
      const machine = await solveDual(dual, kernelMatrix, this.#options);
      const coef = new Float64Array(this.#matrix.samples);
      rows.forEach((row, at) => {
        coef[row] = machine.coef[at] as number;
      });
      return { ...machine, coef };
    } finally {
      kernelMatrix.dispose();
    }
  }
}
