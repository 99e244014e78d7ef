import { fill } from "../kernels/elementwise/fill.ts";
import { empty } from "../tensor/create.ts";
import { converted, run } from "../tensor/run.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { GradSlot } from "./gradients.ts";
import { handOn, Node, type SavedTensors } from "./node.ts";

/** A backward that gets the gradients of all outputs at once, and the slots of its inputs, by number. */
export type Arriving = (
  dys: readonly Tensor[],
  saved: SavedTensors,
  slots: Readonly<Record<number, GradSlot | undefined>>,
) => void;

/**
 * Records an operation with several outputs. A node has one gradient, so each output gets a node that stores its gradient
 * and passes one gradient on to the operation's node, which is visited after all of them and takes the stored gradients.
 */
export function joined(
  name: string,
  inputs: Readonly<Record<string, Tensor>>,
  outputs: readonly Tensor[],
  saved: SavedTensors,
  arriving: Arriving,
): void {
  const waiting: (Tensor | undefined)[] = outputs.map(() => undefined);
  const likes = outputs.map(({ shape, dtype, engine }) => ({ shape, dtype, engine }));
  const dtype = outputs.find((output) => isFloat(output))?.dtype ?? "f32";
  const whole = new Node({ name, dtype }, inputs, saved, (_, tensors, slots) => {
    const dys = likes.map((like, k) => waiting[k] ?? zerosLike(like));
    try {
      arriving(dys, tensors, slots as Parameters<Arriving>[2]);
    } finally {
      for (const dy of dys) dy.dispose();
      waiting.fill(undefined);
    }
  });
  outputs.forEach((output, k) => {
    if (!isFloat(output)) return;
    const handle = output.detach();
    handle.requiresGrad = true;
    handle.node = whole;
    output.node = new Node(output, { handle }, {}, (dy, _, { handle: slot }) => {
      const first = waiting.every((each) => each === undefined);
      waiting[k] = handOn(dy);
      if (first) slot?.add(dy.detach());
    });
    output.requiresGrad = true;
    handle.dispose(); // the handle's content is never read: gradients are only filed under it
  });
}

const isFloat = ({ dtype }: Pick<Tensor, "dtype">) => dtype === "f32" || dtype === "f16";

/** Zeros, as the gradient of an output that was not used. */
function zerosLike({ shape, dtype, engine }: Pick<Tensor, "shape" | "dtype" | "engine">): Tensor {
  const { y } = run(fill, {}, { shape, value: 0 }, { y: empty(shape, { engine }) });
  if (dtype !== "f16") return y;
  using wide = y;
  return converted(wide, dtype);
}
