import { abs, add, defineOp, div, init, mul, runKernel, square, type Tensor, uniform } from "wgrad";
import { kernel, shader } from "wgrad/kernels";
import { gradcheck, runCase } from "wgrad/testing";

const engine = await init();
const wave = kernel(
  shader(`
    struct Params { n: u32, rate: f32 }
    @group(0) @binding(0) var<uniform> params: Params;
    @group(0) @binding(1) var<storage, read> x: array<f32>;
    @group(0) @binding(2) var<storage, read_write> y: array<f32>;
    @compute @workgroup_size(64)
    fn main(@builtin(global_invocation_id) id: vec3u) {
      if (id.x < params.n) { y[id.x] = x[id.x] / (1.0 + params.rate * abs(x[id.x])); }
    }`),
  ({ x }, { rate }: { rate: number }) => {
    const n = x.reduce((a, b) => a * b, 1);
    return { outputs: { y: x }, params: { n, rate }, grid: [Math.ceil(n / 64)], flops: 3 * n };
  },
);

// what it should give, in float64; the case runs twice on the device, between guards
const test = { name: "a row and a bit", inputs: { x: [3, 67] }, options: { rate: 0.5 } };
const found = await runCase(
  engine.gpu.device,
  {
    kernel: wave,
    reference: ({ x }, { rate }) => ({
      y: Float64Array.from(x.data, (v) => v / (1 + rate * Math.abs(v))),
    }),
    cases: [test],
  },
  test,
);
console.log(found); // []

const softsign = defineOp({
  name: "softsign",
  forward: (x: Tensor, { rate }: { rate: number }) => ({
    output: runKernel(wave, { x }, { rate }).y,
    saved: { x, rate },
  }),
  backward: (dy, { x, rate }) => div(dy, square(add(mul(abs(x), rate), 1))), // or another kernel
});
const f = (x: Tensor) => softsign(x, { rate: 0.5 });
console.log(await gradcheck(f, [add(uniform([5]), 1)])); // []
