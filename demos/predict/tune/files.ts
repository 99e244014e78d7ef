import { writeSafetensors } from "wgrad/io";
import type { Network } from "../network.ts";

/** A tuned network's weights with its class names, readable by this page and PyTorch. */
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
