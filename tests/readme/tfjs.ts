import { init, zeros } from "wgrad";
import { loadLayersModel } from "wgrad/tfjs";

await init();
const network = await loadLayersModel("model.json"); // or { json: file, weights: { "group1-shard1of1.bin": file } }
console.log(network.inputs); // [{ name: "x", shape: [null, 3, 6, 6] }]: images are [N, C, H, W] here
console.log(network.forward(zeros([1, 3, 6, 6])).shape); // [1, 2]; its parameters have the file's names, and train
