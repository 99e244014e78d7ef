import { capture, init, type Tensor, tensor, uniform } from "wgrad";
import {
  ColorJitter,
  Compose,
  MixUp,
  RandomCrop,
  RandomHorizontalFlip,
} from "wgrad/data/transforms";
import { crossEntropy } from "wgrad/loss";
import { lenet5 } from "wgrad/models";
import { SGD } from "wgrad/optim";

await init();
const model = lenet5({ inChannels: 3, numClasses: 2 });
const optimizer = new SGD(model.parameters(), { lr: 0.01 });
const augment = new Compose([
  new RandomCrop(32, { padding: 4 }), // with the flip one resampling of each image
  new RandomHorizontalFlip(),
  new ColorJitter({ brightness: 0.4, contrast: 0.4 }),
  new MixUp({ numClasses: 2 }), // labels become probabilities
]);
const step = capture((images: Tensor, labels: Tensor) => {
  const { x, y } = augment.forward({ x: images, y: labels }); // other pictures in every replay
  optimizer.zeroGrad();
  const loss = crossEntropy(model.forward(x), y);
  loss.backward();
  optimizer.step();
  return loss;
});
using loss = step(uniform([8, 3, 32, 32]), tensor(Uint32Array.of(0, 1, 0, 1, 0, 1, 0, 1)));
console.log(await loss.item());
