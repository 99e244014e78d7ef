import { type ImageTensorOptions, imagePresets } from "wgrad/data";
import * as words from "../words/en/predict/page.ts";
import { clothesInput } from "./clothes_network.ts";

/** Ways to prepare pictures for networks, with the mean and deviation by which they normalise. */
export const preparations = {
  imagenet: words.asForImagenetInPytorch,
  inception: words.valuesFrom1To1,
  unit: words.valuesFrom0To1,
  bytes: words.valuesFrom0To255,
  cifar: words.asForCifar10,
  mnist: words.asForMnist,
  clothes: words.asForBuiltInNetwork,
} as const;
const presets = { ...imagePresets, clothes: clothesInput };
export type Preparation = keyof typeof preparations;

/** Mean and deviation for pictures with this many channels. */
export function normalization(name: Preparation, channels: 1 | 3 | 4): ImageTensorOptions {
  if (name === "unit") return { mean: 0, std: 1 };
  if (name === "bytes") return { mean: 0, std: 1 / 255 };
  const { mean, std } = presets[name];
  // for one channel, or four, the mean of a colour's three numbers
  const suited = (given: number | readonly number[]) => {
    const all = [given].flat();
    return all.length === channels ? all : all.reduce((a, b) => a + b, 0) / all.length;
  };
  return { mean: suited(mean), std: suited(std) };
}
