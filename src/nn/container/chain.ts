import { add } from "../../ops/elementwise/elementwise.ts";
import { composed, type PassOn } from "../../tensor/scope.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { Activation } from "../activation/plain.ts";
import type { Module } from "../module/module.ts";
import { Norm } from "../norm/norm_base.ts";
import { Sequential } from "./containers.ts";

/**
 * A `Sequential` that computes the same with fewer passes: an activation after a norm, and the addition of a residual, run
 * in the norm's kernels. Layers with forward hooks run one by one.
 */
export class FusingSequential extends Sequential {
  /** The result of the layers for x, plus `residual`. */
  override forward(x: Tensor, residual?: Tensor): Tensor {
    return composed((pass) => this.#run(x, residual, pass));
  }

  #run(x: Tensor, residual: Tensor | undefined, pass: PassOn): Tensor {
    const modules = [...this];
    let h = x;
    let open = residual;
    for (let i = 0; i < modules.length; i++) {
      const [layer, next] = [modules[i] as Module, modules[i + 1]];
      const isLast = next === undefined;
      if (layer instanceof Norm && !layer.watched) {
        const follows = next instanceof Activation && !next.watched;
        h = layer.forward(h, follows ? { act: next.options } : { residual: isLast ? open : undefined }); // biome-ignore format: a choice
        if (follows) i++;
        else if (isLast) open = undefined;
      } else if (layer instanceof FusingSequential && isLast) {
        h = layer.forward(h, open);
        open = undefined;
      } else h = layer.forward(h);
      pass(h);
    }
    return open ? add(h, open) : h;
  }
}
