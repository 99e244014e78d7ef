import { sameShape } from "../core/shape.ts";
import type { ActivationOptions } from "../kernels/elementwise/activations.ts";
import { normFold as fold } from "../kernels/norm/fold.ts";
import { activeRecording } from "../scheduler/step/recording.ts";
import { run } from "../tensor/run.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { view } from "../tensor/view.ts";
import { type Epilogue, type Mergeable, type MergeHook, withMergeHook } from "./merge_hook.ts";
import type { NormOptions, RunningStats } from "./norm/norm_options.ts";

/** Whether a tensor existed before the recording and is read directly: neither made in it, nor an argument, nor packed. */
const isConstant = ({ storage }: Tensor): boolean =>
  activeRecording()?.made(storage.root) === false && !storage.packed;

// Merging works on a recording: an operation that fits into the epilogue of the preceding kernel dispatches that kernel
// again with a longer epilogue; the first dispatch, whose result is no longer read, is dropped from the plan. A result with
// several readers would then be computed twice, so the model runs once to count readers and again to merge.

/** The results of a model's operations, in order. */
export class Tracer implements MergeHook {
  readonly results: Tensor[] = [];

  base(kernel: Mergeable): Tensor {
    return this.#note(
      kernel.compute(kernel.inputs, kernel.epilogue, kernel.inputs.map(isConstant)),
    );
  }

  norm(_x: Tensor, _options: NormOptions, _running: RunningStats, kernel: Mergeable): Tensor {
    return this.base(kernel);
  }

  activation(_x: Tensor, _act: ActivationOptions, plain: () => Tensor): Tensor {
    return this.#note(plain());
  }

  add(_a: Tensor, _b: Tensor, plain: () => Tensor): Tensor {
    return this.#note(plain());
  }

  /** Notes a result and holds a handle to it, so that its storage is not reused when the model frees it. */
  #note(result: Tensor): Tensor {
    this.results.push(view(result, result.shape));
    return result;
  }
}

/** Merges every operation that it can into the preceding kernel. */
export class Merger implements MergeHook {
  /** For each result of the model, in order, whether exactly one operation reads it. */
  readonly #readOnce: readonly boolean[];
  readonly #kernels = new WeakMap<Tensor, Mergeable>();
  #count = 0;

  constructor(readOnce: readonly boolean[]) {
    this.#readOnce = readOnce;
  }

  base({ inputs, ...kernel }: Mergeable): Tensor {
    const held = inputs.map((input) => view(input, input.shape)); // handles: the model may free its own
    return this.#computed({ ...kernel, inputs: held }, kernel.epilogue);
  }

  norm(x: Tensor, options: NormOptions, running: RunningStats, norm: Mergeable): Tensor {
    const kernel = this.#kernels.get(x);
    const { bias, affine, residual, act } = kernel?.epilogue ?? {};
    if (kernel?.channels !== 1 || affine || residual || act?.act !== "identity") {
      return this.base(norm);
    }
    const stats = { running_mean: running.mean, running_var: running.variance };
    const inputs = { ...stats, gamma: options.weight, beta: options.bias, bias };
    const { lines } = run(fold, inputs, { eps: options.eps ?? 1e-5 });
    return this.#computed(kernel, { ...norm.epilogue, affine: lines });
  }

  activation(x: Tensor, act: ActivationOptions, plain: () => Tensor): Tensor {
    const kernel = this.#kernels.get(x);
    if (kernel?.epilogue.act.act !== "identity") return this.#plain(plain);
    return this.#computed(kernel, { ...kernel.epilogue, act });
  }

  add(a: Tensor, b: Tensor, plain: () => Tensor): Tensor {
    if (!sameShape(a.shape, b.shape) || a.dtype !== b.dtype) return this.#plain(plain);
    for (const [x, residual] of [
      [b, a],
      [a, b],
    ] as const) {
      const kernel = this.#kernels.get(x);
      if (!kernel || kernel.epilogue.residual || kernel.epilogue.act.act !== "identity") continue;
      return this.#computed(kernel, { ...kernel.epilogue, residual });
    }
    return this.#plain(plain);
  }

  #plain(plain: () => Tensor): Tensor {
    this.#count++;
    return plain();
  }

  /** The kernel with this epilogue; following operations may be merged into it if nothing else reads the result. */
  #computed(kernel: Mergeable, epilogue: Epilogue): Tensor {
    const constant = kernel.inputs.map(isConstant);
    const y = withMergeHook(undefined, () => kernel.compute(kernel.inputs, epilogue, constant));
    if (this.#readOnce[this.#count++]) this.#kernels.set(y, { ...kernel, epilogue });
    return y;
  }
}
