import { full } from "../ops/create.ts";
import { prelu, rrelu } from "../ops/rectifier.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { Activation } from "./layers.ts";
import { Module, parameter } from "./module.ts";

/** x where positive, else alpha · (e^(x/alpha) − 1). */
export class CELU extends Activation {
  constructor(alpha = 1) {
    super({ act: "celu", alpha });
  }
}

/** x · relu6(x + 3) / 6. */
export class Hardswish extends Activation {
  constructor() {
    super({ act: "hardswish" });
  }
}

/** relu6(x + 3) / 6. */
export class Hardsigmoid extends Activation {
  constructor() {
    super({ act: "hardsigmoid" });
  }
}

/** x within minVal..maxVal. */
export class Hardtanh extends Activation {
  constructor(minVal = -1, maxVal = 1) {
    super({ act: "hardtanh", minVal, maxVal });
  }
}

/** log sigmoid(x). */
export class LogSigmoid extends Activation {
  constructor() {
    super({ act: "logsigmoid" });
  }
}

/** x / (1 + |x|). */
export class Softsign extends Activation {
  constructor() {
    super({ act: "softsign" });
  }
}

/** x − tanh x. */
export class Tanhshrink extends Activation {
  constructor() {
    super({ act: "tanhshrink" });
  }
}

/** x moved by lambd towards 0, and 0 where |x| ≤ lambd. */
export class Softshrink extends Activation {
  constructor(lambd = 0.5) {
    super({ act: "softshrink", lambd });
  }
}

/** x, and 0 where |x| ≤ lambd. */
export class Hardshrink extends Activation {
  constructor(lambd = 0.5) {
    super({ act: "hardshrink", lambd });
  }
}

/** log(1 + e^(beta · x)) / beta, and x itself where beta · x > threshold. */
export class Softplus extends Activation {
  constructor(beta = 1, threshold = 20) {
    super({ act: "softplus", beta, threshold });
  }
}

/** x · Φ(x), exact or by the approximation with tanh. */
export class GELU extends Activation {
  constructor({ approximate = "none" }: { readonly approximate?: "none" | "tanh" } = {}) {
    super({ act: approximate === "tanh" ? "gelu_tanh" : "gelu" });
  }
}

/**
 * x where positive, else weight · x, with a learned weight [numParameters]: one for all (the default), or one a channel.
 * Every slope is `init` (0.25) at first.
 */
export class PReLU extends Module {
  readonly weight: Tensor;

  constructor(numParameters = 1, { init = 0.25 }: { readonly init?: number } = {}) {
    super();
    this.weight = parameter(full([numParameters], init));
  }

  override forward(x: Tensor): Tensor {
    return prelu(x, this.weight);
  }
}

/** x where positive, else a·x with a drawn from [lower, upper) in training, and their mean in evaluation. */
export class RReLU extends Module {
  readonly #bounds: { readonly lower: number; readonly upper: number };

  constructor(lower = 1 / 8, upper = 1 / 3) {
    super();
    this.#bounds = { lower, upper };
  }

  override forward(x: Tensor): Tensor {
    return rrelu(x, { ...this.#bounds, training: this.training });
  }
}
