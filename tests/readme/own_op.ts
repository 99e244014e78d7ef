import { defineOp, div, init, mul, round, sum, type Tensor, uniform } from "wgrad";
import { gradcheck } from "wgrad/testing";

await init();
const cube = defineOp({
  name: "cube",
  forward: (x: Tensor) => ({ output: mul(x, mul(x, x)), saved: { x } }),
  backward: (dy, { x }) => mul(dy, mul(3, mul(x, x))),
});
console.log(await gradcheck(cube, [uniform([3, 4])])); // []: the gradient agrees with central differences

const quantize = defineOp({
  name: "quantize",
  forward: (x: Tensor, { steps }: { steps: number }) => ({
    output: div(round(mul(x, steps)), steps),
  }),
  backward: (dy) => dy, // as if it were not there: a straight-through estimator
});
const x = uniform([8]);
x.requiresGrad = true;
sum(cube(quantize(x, { steps: 4 }))).backward();
console.log(await x.grad?.read()); // 3 · quantize(x)²
