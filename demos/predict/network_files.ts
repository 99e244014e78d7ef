import { loadStateDict, openSafetensors, type TensorReader } from "wgrad/io";
import type { ResNet } from "wgrad/models";
import { classes as clothes } from "../resnet/data.ts";
import * as words from "../words/en/predict/page.ts";
import { clothesInput, clothesNetwork } from "./clothes_network.ts";
import clothesUrl from "./data/clothes.safetensors?url";
import { type Network, networkOf } from "./network.ts";

/** Number of pictures that the built-in network was trained on. */
const TRAINED_ON = 8000;

/** The network that comes with the page. */
export async function builtIn(): Promise<Network> {
  const answer = await fetch(clothesUrl);
  if (!answer.ok) {
    throw new Error(words.expectedBuiltInNetworkGot(clothesUrl, answer.status));
  }
  const network = await fromSafetensors(await answer.arrayBuffer(), words.builtInClothes);
  const { accuracy } = network;
  return {
    ...network,
    builtIn: true,
    accuracy: accuracy && { ...accuracy, trainedOn: TRAINED_ON },
  };
}

/** A network from a visitor's file. Throws a sentence that says why it cannot be used. */
export async function fromFile(file: File): Promise<Network> {
  const bytes = await file.arrayBuffer();
  if (/\.onnx$/i.test(file.name)) {
    const { fromOnnx } = await import("./onnx.ts"); // loaded only now: it is as large as the rest of the page
    return fromOnnx(bytes, file.name);
  }
  return fromSafetensors(bytes, file.name);
}

/** Loads weights for the built-in architecture, with any number of classes. */
async function fromSafetensors(bytes: ArrayBuffer, title: string): Promise<Network> {
  const file = await openSafetensors(bytes);
  const model = await residual(file);
  const labels = labelsOf(file, model.fc.weight.shape[0] ?? 0);
  const [right, of, trainedOn = 0] = ["right", "heldOut", "trainedOn"].map((name) =>
    Number(file.metadata.get(name) ?? 0),
  );
  return networkOf(model, {
    title,
    builtIn: false,
    about: words.residualNetworkForPictures(labels.join(", ")),
    fileBytes: bytes.byteLength,
    size: { channels: 1, height: 28, width: 28 },
    labels,
    input: clothesInput,
    accuracy: right && of ? { right, of, trainedOn } : undefined,
    newHead: async (classes) => {
      const { replaceHead } = await import("./tune/fine_tune.ts");
      const copy = await residual(file);
      return { model: copy, head: replaceHead(copy, classes) };
    },
  });
}

async function residual(file: TensorReader): Promise<ResNet> {
  const model = clothesNetwork(classesOf(file));
  try {
    await loadStateDict(model, file);
    return model;
  } catch (error) {
    model.dispose();
    throw error;
  }
}

function classesOf({ tensors }: TensorReader): number {
  const [classes, ...rest] = tensors.get("fc.weight")?.shape ?? [];
  if (classes !== undefined && classes > 1 && rest.length === 1) return classes;
  throw new Error(words.expectedWeightsOfPagesOwn);
}

/** Class names in the file, one a line; without them those of the clothes, or numbers. */
function labelsOf({ metadata }: TensorReader, classes: number): readonly string[] {
  const own = metadata.get("classes")?.split("\n");
  if (own?.length === classes) return own;
  if (classes === clothes.length) return clothes;
  return Array.from({ length: classes }, (_, i) => words.classNumber(i));
}
