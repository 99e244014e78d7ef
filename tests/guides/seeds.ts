import { init, manualSeed, normal, sum } from "wgrad";

await init();
manualSeed(7);
const first = await normal([1000]).read();
manualSeed(7);
const second = await normal([1000]).read();
console.log(first.every((v, i) => Object.is(v, second[i]))); // true: the same bits

const x = normal([100_000]);
const sums = [await sum(x).item(), await sum(x).item()];
console.log(sums[0] === sums[1]); // true: sums are added in a fixed order
