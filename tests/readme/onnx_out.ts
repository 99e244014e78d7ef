import { init, zeros } from "wgrad";
import { squeezenet1_1 } from "wgrad/models";
import { exportOnnx, loadOnnx } from "wgrad/onnx";

await init();
const trained = squeezenet1_1({ small: true, numClasses: 5 });
const bytes = await exportOnnx(trained.eval(), zeros([1, 3, 32, 32])); // the batch may have any size
console.log(loadOnnx(bytes).inputs); // [{ name: "input", type: "float", shape: ["batch", 3, 32, 32], numbers: false }]
