// A network goes out as ONNX and comes in again, with the same answers.
import { init, manualSeed, uniform } from "wgrad";
import { lenet5 } from "wgrad/models";
import { exportOnnx, loadOnnx } from "wgrad/onnx";

await init();
manualSeed(1);
const model = lenet5({ numClasses: 3 }).eval();
const x = uniform([2, 1, 28, 28]);
const bytes = await exportOnnx(model, x); // an ArrayBuffer, for any runtime of ONNX
const again = loadOnnx(bytes);
const [want, got] = [await model.forward(x).read(), await again.forward(x).read()];
const difference = Math.max(...want.map((v, i) => Math.abs(v - (got[i] as number))));
console.log("inputs:", JSON.stringify(again.inputs));
console.log("largest difference:", difference);
