import type { ActivationOptions } from "../kernels/elementwise/activations.ts";
import type { AvgPoolOptions, MaxPoolOptions } from "../kernels/pool/geometry.ts";
import { activation } from "../ops/activation.ts";
import { avgPool2d, globalAvgPool2d, maxPool2d } from "../ops/pool.ts";
import { dropout } from "../ops/random.ts";
import { flatten } from "../ops/reshape.ts";
import { logSoftmax, softmax } from "../ops/softmax.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { Module } from "./module.ts";

/** An elementwise activation as a layer: `new Activation({ act: "gelu" })`. */
export class Activation extends Module {
  readonly #options: ActivationOptions;

  constructor(options: ActivationOptions) {
    super();
    this.#options = options;
  }

  override forward(x: Tensor): Tensor {
    return activation(x, this.#options);
  }
}

/** max(x, 0). */
export class ReLU extends Activation {
  constructor() {
    super({ act: "relu" });
  }
}

/** x where positive, else slope · x. */
export class LeakyReLU extends Activation {
  constructor(slope = 0.01) {
    super({ act: "leaky_relu", slope });
  }
}

export class ReLU6 extends Activation {
  constructor() {
    super({ act: "relu6" });
  }
}

export class Sigmoid extends Activation {
  constructor() {
    super({ act: "sigmoid" });
  }
}

export class Tanh extends Activation {
  constructor() {
    super({ act: "tanh" });
  }
}

export class ELU extends Activation {
  constructor(alpha = 1) {
    super({ act: "elu", alpha });
  }
}

export class SELU extends Activation {
  constructor() {
    super({ act: "selu" });
  }
}

export class SiLU extends Activation {
  constructor() {
    super({ act: "silu" });
  }
}

export class Mish extends Activation {
  constructor() {
    super({ act: "mish" });
  }
}

/** Softmax over `axis` (default the last). */
export class Softmax extends Module {
  readonly #axis: number;

  constructor(axis = -1) {
    super();
    this.#axis = axis;
  }

  override forward(x: Tensor): Tensor {
    return softmax(x, this.#axis);
  }
}

/** log softmax over `axis` (default the last). */
export class LogSoftmax extends Module {
  readonly #axis: number;

  constructor(axis = -1) {
    super();
    this.#axis = axis;
  }

  override forward(x: Tensor): Tensor {
    return logSoftmax(x, this.#axis);
  }
}

/** Largest of every window. */
export class MaxPool2d extends Module {
  readonly #options: MaxPoolOptions;

  constructor(
    kernelSize: MaxPoolOptions["kernelSize"],
    options: Omit<MaxPoolOptions, "kernelSize"> = {},
  ) {
    super();
    this.#options = { kernelSize, ...options };
  }

  override forward(x: Tensor): Tensor {
    return maxPool2d(x, this.#options);
  }
}

/** Mean of every window. */
export class AvgPool2d extends Module {
  readonly #options: AvgPoolOptions;

  constructor(
    kernelSize: AvgPoolOptions["kernelSize"],
    options: Omit<AvgPoolOptions, "kernelSize"> = {},
  ) {
    super();
    this.#options = { kernelSize, ...options };
  }

  override forward(x: Tensor): Tensor {
    return avgPool2d(x, this.#options);
  }
}

/** Mean of every plane: [N, C, H, W] → [N, C, 1, 1]; torch.nn.AdaptiveAvgPool2d(1). */
export class GlobalAvgPool2d extends Module {
  override forward(x: Tensor): Tensor {
    return globalAvgPool2d(x);
  }
}

/** All axes after the first as one. */
export class Flatten extends Module {
  override forward(x: Tensor): Tensor {
    return flatten(x);
  }
}

/** In training zeroes each element with probability p (default 0.5) and scales the rest by 1/(1 − p). */
export class Dropout extends Module {
  readonly #p: number;

  constructor(p = 0.5) {
    super();
    this.#p = p;
  }

  override forward(x: Tensor): Tensor {
    return this.training && this.#p > 0 ? dropout(x, this.#p) : x;
  }
}

/** What comes in goes out. */
export class Identity extends Module {
  override forward(x: Tensor): Tensor {
    return x;
  }
}

/** Modules one after the other; in the state dict they are called 0, 1, 2 … */
export class Sequential extends Module {
  readonly #modules: readonly Module[];

  constructor(...modules: readonly Module[]) {
    super();
    this.#modules = modules;
  }

  override namedChildren(): [name: string, child: Module][] {
    return this.#modules.map((module, i) => [String(i), module]);
  }

  override forward(x: Tensor): Tensor {
    return this.#modules.reduce((h, module) => module.forward(h), x);
  }
}
