import { add, init, matmul, mean, tensor, transpose } from "wgrad";

await init();
const a = tensor([
  [1, 2],
  [3, 4],
]); // f32, [2, 2]
const labels = tensor(Uint32Array.of(0, 1)); // a typed array keeps its kind: u32, [2]
const c = add(matmul(a, transpose(a)), 1); // queued; a number on either side is fine
console.log(c.shape, labels.dtype); // [2, 2], u32
console.log(await c.read()); // 6, 12, 12, 26
console.log(await mean(c).item()); // 14
