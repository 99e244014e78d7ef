import { capture, init, MemoryLimitError, matmul, type Tensor, uniform, zeros } from "wgrad";

const engine = await init({ maxBytes: 2 ** 20 }); // 1 MiB for all tensors of this engine together
try {
  await zeros([1024, 1024]).read(); // 4 MiB: refused before anything is allocated
} catch (error) {
  if (!(error instanceof MemoryLimitError)) throw error;
  console.log(error.message);
}

const step = capture((x: Tensor) => matmul(x, x));
using y = step(uniform([64, 64])); // this fits
console.log(y.shape, step.plan().leastBytes <= 2 ** 20); // [64, 64], true
console.log(engine.counters().liveBytes < 2 ** 20); // true
await init(); // from here on without a limit
