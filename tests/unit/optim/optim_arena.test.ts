import { describe, expect, test } from "vitest";
import { ShapeError, ValueError } from "../../../src/core/errors.ts";
import * as adam from "../../../src/kernels/optim/adam.ts";
import { BLOCK, NO_ROW, numbersOf } from "../../../src/kernels/optim/arena.ts";
import { gradNorm } from "../../../src/kernels/optim/grad_norm.ts";
import * as rmsprop from "../../../src/kernels/optim/rmsprop.ts";
import * as sgd from "../../../src/kernels/optim/sgd.ts";

const arena = (data: ArrayLike<number>) => ({ shape: [data.length], data });

describe("arenas", () => {
  const shapes = { p: [128], grads: [128], block_row: [2], rows: [3, 8] };

  test("blocks without a group keep their bits", () => {
    const p = arena(Float64Array.from({ length: 2 * BLOCK }, (_, i) => Math.sin(i)));
    const rows = { shape: [1, 8], data: numbersOf(sgd.sgd.shader, sgd.sgdRow({ lr: 1 }, 1)) };
    const inputs = { p, grads: p, rows, block_row: arena([NO_ROW, 0]) };
    const after = Array.from(sgd.reference(inputs, undefined).p);
    expect(after.slice(0, BLOCK)).toEqual(Array.from(p.data).slice(0, BLOCK));
    expect(after.slice(BLOCK)).toEqual(new Array(BLOCK).fill(0));
  });

  test("shapes that are no arenas are refused", () => {
    const { plan } = sgd.sgd;
    expect(() => plan({ ...shapes, p: [100] }, undefined)).toThrow(ShapeError);
    expect(() => plan({ ...shapes, block_row: [128] }, undefined)).toThrow("block_row[2]");
    expect(() => plan({ ...shapes, rows: [3, 12] }, undefined)).toThrow("rows[3, 8]");
    expect(() => plan({ ...shapes, buf: [64] }, undefined)).toThrow("buf[128]");
    expect(() => plan({ ...shapes, grads: [64] }, undefined)).toThrow("grads[128]");
  });

  test("the norm of many gradients has at most 256 partial sums", () => {
    const blocks = 2 ** 18;
    const shapes = { grads: [blocks * BLOCK], block_row: [blocks] };
    expect(gradNorm.plan(shapes, { normType: 2 })).toMatchObject({
      outputs: { partials: [256] },
      grid: [256],
    });
    expect(() => gradNorm.plan({ ...shapes, grads: [100] }, { normType: 2 })).toThrow(ShapeError);
    expect(() => gradNorm.plan(shapes, { normType: 3 })).toThrow(ValueError);
  });

  test("long grids are folded", () => {
    const count = 2 ** 27;
    const big = { ...shapes, p: [count], grads: [count], block_row: [count / BLOCK] };
    expect(sgd.sgd.plan(big, undefined).grid).toEqual([43_691, 3]);
  });

  test("options outside their domain are refused", () => {
    expect(() => sgd.sgdRow({ lr: -1 }, 1)).toThrow(ValueError);
    expect(() => adam.adamRow({ lr: -1 }, 1)).toThrow("got -1; try 0.001");
    expect(() => sgd.sgdRow({ lr: 1, nesterov: true }, 1)).toThrow("momentum > 0");
    expect(() => adam.adamRow({ lr: 1, betas: [0.9, 1] }, 1)).toThrow("betas[1]");
    expect(() => adam.adamRow({ lr: 1 }, 0)).toThrow("the first step is 1");
    expect(() => rmsprop.rmspropRow({ lr: Number.NaN }, 1)).toThrow("a finite number ≥ 0");
  });
});
