import { checkArguments, signature } from "../../core/signature.ts";
import type { ActivationOptions } from "../../kernels/elementwise/activation_options.ts";
import { activation } from "../../ops/activation/activation.ts";
import { actOptions } from "../../ops/kinds.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { Module } from "../module/module.ts";

/** An elementwise activation as a layer: `new Activation({ act: "gelu" })`. */
export class Activation extends Module {
  static override readonly signature = /* @__PURE__ */ signature("Activation", {
    options: actOptions,
  });
  readonly #options: ActivationOptions;

  constructor(options: ActivationOptions) {
    super();
    checkArguments(Activation.signature, arguments);
    this.#options = options;
  }

  /** The options that it was made with. */
  get options(): ActivationOptions {
    return this.#options;
  }

  override forward(x: Tensor): Tensor {
    return activation(x, this.#options);
  }
}

/**
 * max(x, 0).
 *
 * @example
 * ```ts
 * import { tensor } from "wgrad";
 * import * as nn from "wgrad/nn";
 * const y = new nn.ReLU().forward(tensor([-1, 2])); // new nn.Linear(2, 3, { act: "relu" }) is one kernel
 * console.log(await y.read()); // [0, 2]
 * ```
 */
export class ReLU extends Activation {
  static override readonly signature = /* @__PURE__ */ signature("ReLU", {});

  constructor() {
    checkArguments(ReLU.signature, arguments);
    super({ act: "relu" });
  }
}

/** min(max(x, 0), 6). */
export class ReLU6 extends Activation {
  static override readonly signature = /* @__PURE__ */ signature("ReLU6", {});

  constructor() {
    checkArguments(ReLU6.signature, arguments);
    super({ act: "relu6" });
  }
}

/** 1 / (1 + e⁻ˣ). */
export class Sigmoid extends Activation {
  static override readonly signature = /* @__PURE__ */ signature("Sigmoid", {});

  constructor() {
    checkArguments(Sigmoid.signature, arguments);
    super({ act: "sigmoid" });
  }
}

/** tanh x. */
export class Tanh extends Activation {
  static override readonly signature = /* @__PURE__ */ signature("Tanh", {});

  constructor() {
    checkArguments(Tanh.signature, arguments);
    super({ act: "tanh" });
  }
}

/** x · sigmoid(x). */
export class SiLU extends Activation {
  static override readonly signature = /* @__PURE__ */ signature("SiLU", {});

  constructor() {
    checkArguments(SiLU.signature, arguments);
    super({ act: "silu" });
  }
}

/** x · tanh(softplus(x)). */
export class Mish extends Activation {
  static override readonly signature = /* @__PURE__ */ signature("Mish", {});

  constructor() {
    checkArguments(Mish.signature, arguments);
    super({ act: "mish" });
  }
}

/** x · relu6(x + 3) / 6. */
export class Hardswish extends Activation {
  static override readonly signature = /* @__PURE__ */ signature("Hardswish", {});

  constructor() {
    checkArguments(Hardswish.signature, arguments);
    super({ act: "hardswish" });
  }
}

/** log sigmoid(x). */
export class LogSigmoid extends Activation {
  static override readonly signature = /* @__PURE__ */ signature("LogSigmoid", {});

  constructor() {
    checkArguments(LogSigmoid.signature, arguments);
    super({ act: "logsigmoid" });
  }
}

/** x / (1 + |x|). */
export class Softsign extends Activation {
  static override readonly signature = /* @__PURE__ */ signature("Softsign", {});

  constructor() {
    checkArguments(Softsign.signature, arguments);
    super({ act: "softsign" });
  }
}

/** x − tanh x. */
export class Tanhshrink extends Activation {
  static override readonly signature = /* @__PURE__ */ signature("Tanhshrink", {});

  constructor() {
    checkArguments(Tanhshrink.signature, arguments);
    super({ act: "tanhshrink" });
  }
}
