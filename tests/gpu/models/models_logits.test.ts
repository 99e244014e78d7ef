import { describe, expect, test } from "vitest";
import { noGrad } from "../../../src/autograd/mode.ts";
import { assign } from "../../../src/nn/index.ts";
import type { AnyModule } from "../../../src/nn/module/module.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { scope } from "../../../src/tensor/scope.ts";
import { Tensor } from "../../../src/tensor/tensor.ts";
import golden from "../../golden/logits.jsonl?raw";
import { builders, outputsOf } from "../../support/models/builders.ts";
import { initShared } from "../../support/shared_device.ts";

/** Expected logits from torchvision, made by tests/golden/logits.py, which has the formulas of the weights and the image. */
interface Facts {
  readonly name: string;
  readonly size: number;
  readonly logits: readonly number[];
}

const engine = await initShared();
const known = golden
  .trim()
  .split("\n")
  .map((line): Facts => JSON.parse(line));

/** Element i of entry e of the state dict. */
function drawn(e: number, key: string, { shape, size }: Tensor): Float32Array<ArrayBuffer> {
  const name = key.split(".").at(-1);
  const scale = Math.sqrt((6 * (shape[0] ?? 1)) / size);
  const isFactor = name === "layer_scale" || (name === "weight" && shape.length === 1);
  return Float32Array.from({ length: size }, (_, i) => {
    const v = 43758.5453 * Math.sin(12.9898 * (i + 1) + 78.233 * (e + 1));
    const u = 2 * (v - Math.floor(v)) - 1;
    if (isFactor) return 1 + u / 4;
    if (name === "weight") return u * scale;
    return name === "running_var" ? 1 + u / 2 : u / 10;
  });
}

function load(model: AnyModule): void {
  for (const [e, [key, value]] of model.namedState().entries()) {
    if (value instanceof Tensor) assign(value, drawn(e, key, value));
  }
}

describe("logits in evaluation are torchvision's to 1e-4 for the same weights:", () => {
  test.each(known)("$name", async ({ name, size, logits: expected }) => {
    const build = builders.find((builder) => builder.name === name)?.build;
    if (!build) throw new Error(`${name}: not a builder of wgrad/models`);
    const model = build({ numClasses: expected.length }).eval();
    load(model);
    const image = Float32Array.from({ length: 3 * size * size }, (_, i) =>
      Math.sin(0.37 * i + (0.0011 * i * i) / (i + 1)),
    );
    const logits = scope(() => {
      using x = tensor(image, { shape: [1, 3, size, size] });
      return noGrad(() => outputsOf(model.forward(x)))[0]?.[1] as Tensor;
    });
    const got = await logits.read();
    const scale = Math.max(...expected.map(Math.abs));
    const errors = expected.map((value, i) => Math.abs((got[i] as number) - value) / scale);
    expect(Math.max(...errors), `got ${got}`).toBeLessThan(1e-4);
    logits.dispose();
    model.dispose();
    await engine.flush();
  });
});
