import { expect, test } from "vitest";
import { seeded } from "../../../src/core/rng.ts";
import { type Shape, size } from "../../../src/core/shape.ts";
import { channelSums } from "../../../src/kernels/norm/channel_sums.ts";
import { type NormGrouping, planesOf } from "../../../src/kernels/norm/geometry.ts";
import { reference as gradAffine } from "../../../src/kernels/norm/grad_affine.ts";
import {
  normGradInput as gradInput,
  reference as gradInputOf,
} from "../../../src/kernels/norm/grad_input.ts";
import { reference as gradSums } from "../../../src/kernels/norm/grad_sums.ts";
import { reference as statsOf } from "../../../src/kernels/norm/stats.ts";
import { gradientDefect, upstreamFor } from "../../../src/testing/gradcheck.ts";

const norms: readonly (readonly [shape: Shape, norm: NormGrouping])[] = [
  [[5, 7], { kind: "layer", axes: 1 }],
  [[2, 3, 2, 5], { kind: "layer", axes: 2 }],
  [[300, 8], { kind: "layer", axes: 1 }],
  [[5, 7], { kind: "rms", axes: 1 }],
  [[4, 6], { kind: "group", groups: 2 }],
];

// The separate channel sums, which serve as the expected values here, are compared with finite differences in
// norm.test.ts.
test.each(norms)(
  "channels summed on the way to dx give the same gradients: %j %j",
  (shape, norm) => {
    const random = seeded(1);
    const uniform = (of: Shape) => ({
      shape: of,
      data: Float64Array.from({ length: size(of) }, () => random() * 4 - 2),
    });
    const { affine, rows, channels } = planesOf("test", shape, norm);
    const x = uniform(shape);
    const stats = { shape: [rows, 4], data: statsOf({ x }, { norm }).stats };
    const dy = { shape, data: upstreamFor(size(shape)) };
    const inputs = { x, dy, gamma: uniform(affine), stats };
    const both = gradSums(inputs, { norm }).sums;
    const apart = { shape: [both.length / 2, 2], data: both };
    const expected = {
      ...gradInputOf({ ...inputs, sums: apart }, { norm }),
      ...gradAffine({ sums: apart }, { norm, shape }),
    };
    const alone = gradSums(inputs, { norm, channels: false }).sums;
    expect(alone.length).toBe(2 * rows);
    const room = channelSums(shape, norm) ?? [];
    expect(room[0]).toBeGreaterThanOrEqual(channels);
    const found = gradInputOf(
      {
        ...inputs,
        sums: { shape: [rows, 2], data: alone },
        channels: { shape: room, data: new Float64Array(size(room)) },
      },
      { norm },
    );
    const sums = { shape: room, data: found.channels ?? [] };
    const onTheWay = { dx: found.dx, ...gradAffine({ sums }, { norm, shape, ofInput: true }) };
    for (const name of ["dx", "dgamma", "dbeta"] as const) {
      expect(gradientDefect(name, onTheWay[name], Float64Array.from(expected[name]))).toBe("");
    }
  },
);

test("a norm whose channels cannot be summed on the way to dx says what to do", () => {
  const norm = { kind: "batch" } as const;
  expect(channelSums([3, 2], norm)).toBe(undefined);
  expect(channelSums([3, 2, 4], { kind: "instance" })).toBe(undefined);
  expect(channelSums([1, 100_000], { kind: "layer", axes: 1 })).toBe(undefined); // rows as long as this are split into pieces
  const shapes = { x: [3, 2], dy: [3, 2], stats: [2, 4], sums: [2, 2], channels: [2, 2] };
  expect(() => gradInput.plan(shapes, { norm })).toThrow(
    /norm\/grad_input.*layer or RMS norm.*leave 'channels' out/,
  );
});
