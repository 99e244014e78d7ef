import { init } from "wgrad";
import { loadStateDict, openSafetensors, writeSafetensors } from "wgrad/io";
import * as nn from "wgrad/nn";

await init();
const trained = new nn.Sequential(new nn.Linear(4, 8), new nn.ReLU(), new nn.Linear(8, 2));
const file = await new Response(writeSafetensors(trained, { dtype: "F16" })).blob();

const opened = await openSafetensors(file); // a File, bytes, or a URL, of which only what is read is fetched
console.log(opened.tensors.get("0.weight")); // { dtype: "F16", shape: [8, 4], … }, and no tensor read

const model = new nn.Sequential(new nn.Linear(4, 8), new nn.ReLU(), new nn.Linear(8, 3)); // another head
const report = await loadStateDict(model, opened, { strict: false }); // also { prefix, rename }
console.log(report.mismatched); // 2.weight and 2.bias, with their shapes; the rest is loaded
