import { init, uniform } from "wgrad";
import { crossEntropy } from "wgrad/loss";
import { mobilenetV2 } from "wgrad/models";
import * as nn from "wgrad/nn";
import { AdamW, layerGroups } from "wgrad/optim";

await init();
const model = mobilenetV2({ small: true, numClasses: 10 }); // with weights from a file: loadStateDict
const x = uniform([4, 3, 16, 16]);
const labels = [0, 1, 2, 0];

nn.replaceModule(model, "classifier.1", new nn.Linear(128, 3)).dispose(); // a head for three classes
nn.freeze(model.features); // its weights and running statistics stay as they are
model.train(); // all but what is frozen
const head = new AdamW(model.classifier.parameters(), { lr: 0.01 });
crossEntropy(model.forward(x), labels).backward();
head.step();

nn.unfreeze(model.features); // then all layers, the lower the slower
const all = new AdamW(layerGroups(model, { lr: 1e-3, decay: 0.7, weightDecay: 0.05 }));
console.log(all.groups.map(({ lr }) => lr));
