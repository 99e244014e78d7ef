import { zeros } from "wgrad";
import { writeSafetensors } from "wgrad/io";
import { exportOnnx } from "wgrad/onnx";
import type { Network } from "../network.ts";

/** A tuned network's weights with the names of its classes, for this page and for PyTorch. */
export async function safetensorsOf({ model, labels, accuracy }: Network): Promise<Blob> {
  const found = accuracy
    ? {
        right: `${accuracy.right}`,
        heldOut: `${accuracy.of}`,
        trainedOn: `${accuracy.trainedOn}`,
      }
    : {};
  const metadata = { format: "pt", classes: (labels ?? []).join("\n"), ...found };
  return new Response(writeSafetensors(model, { metadata })).blob();
}

/** A tuned network with its weights, for any program that reads ONNX. */
export async function onnxOf({ model, size }: Network): Promise<Blob> {
  using example = zeros([1, size.channels, size.height, size.width]);
  return new Blob([await exportOnnx(model, example)]);
}
