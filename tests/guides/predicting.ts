import { init, uniform } from "wgrad";
import * as nn from "wgrad/nn";

await init();
const model = new nn.Sequential(
  ...[new nn.Conv2d(3, 8, 3, { padding: 1 }), new nn.BatchNorm2d(8), new nn.ReLU()],
  ...[new nn.GlobalAvgPool2d(), new nn.Flatten(), new nn.Linear(8, 4)],
);
const predict = nn.inference(model.eval()); // norm and activation end the convolution's kernel
using logits = predict(uniform([1, 3, 16, 16]));
console.log(logits.shape, predict.plan().dispatches); // [1, 4], a few
