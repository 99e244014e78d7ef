import { boolean, number, oneOf } from "../../core/kinds.ts";
import { type EpilogueBuffers, epilogueReference } from "../epilogue.ts";
import type { HostTensor } from "../kernel.ts";
import { act } from "../option_kinds.ts";
import { type BatchDim, channelOf, type MatmulKernelOptions, matmulProblem } from "./problem.ts";

interface HostOperands extends EpilogueBuffers<HostTensor> {
  readonly a: HostTensor;
  readonly b: HostTensor;
}

export const kinds = () => ({
  ...{ transposeA: boolean, transposeB: boolean, act },
  ...{ channel: oneOf("row", "column"), parts: number },
});

/** C[..., i, j] = act(z[..., i, j]) with z[..., i, j] = Σₖ A[..., i, k] · B[..., k, j] plus the terms of the epilogue. */
export function reference(operands: HostOperands, options: MatmulKernelOptions) {
  const { a, b } = operands;
  const shapes = { a: a.shape, b: b.shape };
  const { m, n, k, batches, params } = matmulProblem(shapes, options);
  const sums = new Float64Array(batches * m * n);
  for (let batch = 0; batch < batches; batch++) {
    const [offsetA, offsetB] = offsets(batch, params.batch_dims);
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        let sum = 0;
        for (let l = 0; l < k; l++) {
          const atA = offsetA + i * params.a_row + l * params.a_k;
          const atB = offsetB + l * params.b_k + j * params.b_column;
          sum += (a.data[atA] as number) * (b.data[atB] as number);
        }
        sums[(batch * m + i) * n + j] = sum;
      }
    }
  }
  const { y, z } = epilogueReference(sums, operands, channelOf(options, m, n), options);
  return { c: y, ...(z && { z }) };
}

function offsets(batch: number, dims: readonly BatchDim[]): [number, number] {
  let rest = batch;
  let [offsetA, offsetB] = [0, 0];
  for (const { size, a, b } of dims) {
    offsetA += (rest % size) * a;
    offsetB += (rest % size) * b;
    rest = Math.floor(rest / size);
  }
  return [offsetA, offsetB];
}
