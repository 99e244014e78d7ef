import { describe, expect, test } from "vitest";
import { ShapeError, ValueError } from "../../../src/core/errors.ts";
import { seeded } from "../../../src/core/rng.ts";
import { size } from "../../../src/core/shape.ts";
import * as prelu from "../../../src/kernels/elementwise/prelu.ts";
import * as preluGrad from "../../../src/kernels/elementwise/prelu_grad.ts";
import * as alphaDropout from "../../../src/kernels/random/alpha_dropout.ts";
import * as dropoutChannels from "../../../src/kernels/random/dropout_channels.ts";
import * as rrelu from "../../../src/kernels/random/rrelu.ts";
import { gradientDefect, numericalGradient, upstreamFor } from "../../../src/testing/gradcheck.ts";

const random = seeded(3);
const values = (...shape: number[]) => ({
  shape,
  data: Float64Array.from({ length: size(shape) }, () => random() * 4 - 2.001),
});

describe("prelu", () => {
  test.each([
    [[3, 4, 5], 4],
    [[3, 4, 5], 1],
    [[6, 3], 3],
    [[9], 1],
  ])("gradients for %o with %d slope(s) agree with central differences", (shape, slopes) => {
    const [x, slope] = [values(...shape), values(slopes)];
    const dy = { shape, data: upstreamFor(size(shape)) };
    const { dx, partials } = preluGrad.reference({ dy, x, slope }, { pieces: 2 });
    const dslope = Float64Array.from({ length: slopes }, (_, c) =>
      Array.from(partials).reduce((sum, part, i) => (i % slopes === c ? sum + part : sum), 0),
    );
    const ofX = (data: Float64Array) => prelu.reference({ x: { shape, data }, slope }, {}).y;
    const ofSlope = (data: Float64Array) =>
      prelu.reference({ x, slope: { shape: [slopes], data } }, {}).y;
    expect(gradientDefect("dx", dx, numericalGradient(ofX, x.data, dy.data))).toBe("");
    expect(gradientDefect("dslope", dslope, numericalGradient(ofSlope, slope.data, dy.data))).toBe(
      "",
    );
  });

  test("refuses slopes that are neither one nor one a channel", () => {
    expect(() => prelu.prelu.plan({ x: [2, 3, 4], slope: [4] }, {})).toThrow(ShapeError);
    expect(() => prelu.prelu.plan({ x: [3], slope: [3] }, {})).toThrow("make as many slopes");
    expect(() => preluGrad.preluGrad.plan({ x: [3], dy: [4], slope: [1] }, {})).toThrow(ShapeError);
  });
});

describe("random layers", () => {
  const stream = { seed: 3, offset: 1 };

  test("rrelu: v = dy gives dx", () => {
    const [x, dy] = [values(37), { shape: [37], data: upstreamFor(37) }];
    const { y: dx } = rrelu.reference({ x, v: dy }, stream);
    const forward = (data: Float64Array) => {
      const moved = { shape: [37], data };
      return rrelu.reference({ x: moved, v: moved }, stream).y;
    };
    expect(gradientDefect("dx", dx, numericalGradient(forward, x.data, dy.data))).toBe("");
  });

  test("rrelu draws slopes that fill lower..upper evenly", () => {
    const minus = { shape: [4000], data: new Float64Array(4000).fill(-1) };
    const { y } = rrelu.reference({ x: minus, v: minus }, { ...stream, lower: 1, upper: 3 });
    const slopes = Array.from(y, (value) => -value);
    expect(slopes.reduce((a, b) => a + b, 0) / 4000).toBeCloseTo(2, 1);
    expect(Math.min(...slopes)).toBeGreaterThanOrEqual(1);
    expect(Math.max(...slopes)).toBeLessThan(3);
    expect(Math.max(...slopes)).toBeGreaterThan(2.99);
    expect(() => rrelu.rrelu.plan({ x: [1], v: [1] }, { seed: 0, lower: 1, upper: 0 })).toThrow(
      ValueError,
    );
  });

  test("channel dropout: the same options on dy give dx", () => {
    const shape = [3, 4, 5];
    const dy = { shape, data: upstreamFor(60) };
    const options = { ...stream, p: 0.4 };
    const { y: dx } = dropoutChannels.reference({ x: dy }, options);
    const forward = (data: Float64Array) =>
      dropoutChannels.reference({ x: { shape, data } }, options).y;
    expect(gradientDefect("dx", dx, numericalGradient(forward, values(60).data, dy.data))).toBe("");
    expect(() => dropoutChannels.dropoutChannels.plan({ x: [3] }, options)).toThrow(ShapeError);
  });

  test("alpha dropout keeps mean 0 and variance 1, and `gradient` on dy gives dx", () => {
    const options = { ...stream, p: 0.3 };
    const dy = { shape: [50], data: upstreamFor(50) };
    const { y: dx } = alphaDropout.reference({ x: dy }, { ...options, gradient: true });
    const forward = (data: Float64Array) =>
      alphaDropout.reference({ x: { shape: [data.length], data } }, options).y;
    expect(gradientDefect("dx", dx, numericalGradient(forward, values(50).data, dy.data))).toBe("");
    const n = 20000;
    const normal = Float64Array.from({ length: n }, () => {
      return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    });
    const y = Array.from(forward(normal));
    const mean = y.reduce((a, b) => a + b, 0) / n;
    expect(mean).toBeCloseTo(0, 1);
    expect(y.reduce((a, b) => a + (b - mean) ** 2, 0) / n).toBeCloseTo(1, 1);
  });
});
