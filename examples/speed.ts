// How fast matrix products are on this adapter: GFLOP/s and GB/s of their kernel.
import { init, matmul, uniform } from "wgrad";
import { profile } from "wgrad/train";

const engine = await init();
const [a, b] = [uniform([256, 256]), uniform([256, 256])];
const found = await profile(() => matmul(a, b).dispose(), { repetitions: 8 });
console.log(engine.gpu.adapter.name);
console.log(found.table());
