import { capture, init, manualSeed, noGrad, scope, type Tensor } from "wgrad";
import { DataLoader } from "wgrad/data";
import { loadStateDict, writeSafetensors } from "wgrad/io";
import { crossEntropy } from "wgrad/loss";
import type { ResNet } from "wgrad/models";
import { AdamW, OneCycleLR } from "wgrad/optim";
import { fit as train } from "wgrad/train";
import { type Clothes, classes, loadClothes, SIDE } from "../resnet/data.ts";
import * as words from "../words/en/predict/page.ts";
import { clothesNetwork } from "./clothes_network.ts";

const BATCH = 32;
const EPOCHS = 2;

/** Batch size for held-out pictures. */
const AT_ONCE = 200;

/**
 * Trains the built-in network on 8,000 pictures of Fashion-MNIST and resolves to its safetensors file in f16. The file
 * records how many of the 2,000 held-out pictures the network with these weights classifies correctly.
 */
export async function trainClothes(tell: (line: string) => void): Promise<Uint8Array<ArrayBuffer>> {
  await init();
  manualSeed(1);
  const clothes = await loadClothes();
  const model = clothesNetwork();
  const optimizer = new AdamW(model.parameters(), { lr: 0.01, weightDecay: 0.05 });
  const { dataset, train: indices } = clothes;
  const data = new DataLoader(dataset, { batchSize: BATCH, indices, seed: 1, dropLast: true });
  const totalSteps = EPOCHS * data.batchesPerEpoch;
  const schedule = new OneCycleLR(optimizer, { maxLr: 0.01, totalSteps });
  const step = capture((x: Tensor, y: Tensor) => {
    optimizer.zeroGrad();
    const loss = crossEntropy(model.forward(x), y);
    loss.backward();
    optimizer.step();
    return loss;
  });
  await train({
    ...{ model, data, schedule, epochs: EPOCHS },
    step: (samples) =>
      scope(() => {
        const { x, y } = dataset.batch(samples);
        return step(x, y);
      }),
    onStep: ({ step: done, loss }) => {
      if (done % 25 === 0) tell(words.stepOfLoss(done, totalSteps, loss.toFixed(3)));
    },
  });
  // the accuracy is measured with the rounded weights of the file
  await loadStateDict(model, await fileOf(model, {}));
  const right = await correct(model, clothes);
  tell(words.ofHeldOutPicturesAre(right, clothes.heldOut.length));
  return fileOf(model, { right: `${right}`, heldOut: `${clothes.heldOut.length}` });
}

async function fileOf(model: ResNet, found: Readonly<Record<string, string>>) {
  const stream = writeSafetensors(model, { dtype: "F16", metadata: { format: "pt", ...found } });
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** The first two held-out pictures of every kind, in two rows, as a PNG file. */
export async function heldOutPictures(): Promise<Uint8Array<ArrayBuffer>> {
  await init();
  const { heldOut, labels, pixels } = await loadClothes();
  const sheet = new OffscreenCanvas(SIDE * classes.length, 2 * SIDE);
  const context = sheet.getContext("2d");
  for (const kind of classes.keys()) {
    const both = heldOut.filter((sample) => labels[sample] === kind).slice(0, 2);
    for (const [row, sample] of both.entries()) {
      const image = new ImageData(SIDE, SIDE);
      pixels(sample).forEach((grey, i) => {
        image.data.set([grey, grey, grey, 255], 4 * i);
      });
      context?.putImageData(image, SIDE * kind, SIDE * row);
    }
  }
  return new Uint8Array(await (await sheet.convertToBlob()).arrayBuffer());
}

/** Number of held-out pictures classified correctly. */
async function correct(model: ResNet, { dataset, heldOut, labels }: Clothes): Promise<number> {
  model.eval();
  let right = 0;
  for (let start = 0; start < heldOut.length; start += AT_ONCE) {
    const samples = heldOut.slice(start, start + AT_ONCE);
    using logits = scope(() => noGrad(() => model.forward(dataset.batch(samples).x)));
    const values = await logits.read();
    samples.forEach((sample, row) => {
      const scores = values.subarray(10 * row, 10 * (row + 1));
      if (scores.indexOf(Math.max(...scores)) === labels[sample]) right++;
    });
  }
  return right;
}
