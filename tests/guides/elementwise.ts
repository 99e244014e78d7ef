import { capture, elementwise, init, mul, type Tensor, tensor } from "wgrad";
import { gradcheck } from "wgrad/testing";

await init();
const softsign2 = elementwise("softsign2", {
  f: "x / (1.0 + abs(x))",
  grad: "1.0 / ((1.0 + abs(x)) * (1.0 + abs(x)))",
});
const x = tensor([-3, 1, 0.5]);
console.log(await softsign2(x).read()); // −0.75, 0.5, 0.333…
console.log(await gradcheck(softsign2, [x])); // []

const step = capture((x: Tensor) => mul(softsign2(mul(x, 2)), 3));
using y = step(x);
console.log(y.shape, step.plan().dispatches); // [3], 1: the three functions became one kernel
