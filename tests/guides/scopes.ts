import { add, init, mul, ones, scope, sum } from "wgrad";

const engine = await init();
const x = ones([1024]); // 4 KiB, until x.dispose()
const total = scope(() => {
  const doubled = mul(x, 2); // freed when the scope ends
  return sum(add(doubled, 1)); // returned, so kept
});
console.log(await total.item()); // 3072

{
  using half = mul(x, 0.5); // freed at the end of the block
  console.log(await sum(half).item()); // 512
}
total.dispose();
console.log(total.disposed, engine.counters().liveBytes >= 4096); // true, true
