// A network is exported as ONNX and loaded again, with the same outputs.
import { init, manualSeed, uniform } from "wgrad";
import { lenet5 } from "wgrad/models";
import { exportOnnx, loadOnnx } from "wgrad/onnx";

await init();
manualSeed(1);
const model = lenet5({ numClasses: 3 }).eval();
const x = uniform([2, 1, 28, 28]);
const bytes = await exportOnnx(model, x); // an ArrayBuffer, for any ONNX runtime
const again = loadOnnx(bytes);
const [want, got] = [await model.forward(x).read(), await again.forward(x).read()];
const difference = Math.max(...want.map((v, i) => Math.abs(v - (got[i] as number))));
console.log("inputs:", JSON.stringify(again.inputs));
console.log("largest difference:", difference);
