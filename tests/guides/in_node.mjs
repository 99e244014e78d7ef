import "wgrad/node"; // before init(): brings WebGPU, by Dawn
import { init, matmul, ones } from "wgrad";

const { gpu } = await init();
const product = await matmul(ones([2, 3]), ones([3, 2])).read();
console.log(gpu.adapter.name, product.join()); // …, 3,3,3,3
