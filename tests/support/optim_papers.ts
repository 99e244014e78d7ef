/**
 * Optimisers of a single number in float64, one function each, written from their papers (in PyTorch's variant where it
 * differs). They share no code with the library, nor its tables or its combined corrections.
 */

/** Computes the next value of p from its gradient g in step t (from 1). Keeps its moments in a closure. */
export type Walk = (p: number, g: number, t: number) => number;

interface Common {
  lr: number;
  weightDecay?: number;
  maximize?: boolean;
}

/** The gradient with L2 regularisation added. */
function regularised({ weightDecay = 0, maximize = false }: Common, p: number, g: number): number {
  return (maximize ? -g : g) + weightDecay * p;
}

/** Polyak (1964), Nesterov (1983) as in Sutskever et al. (2013). */
export function sgd(
  o: Common & {
    momentum?: number;
    dampening?: number;
    nesterov?: boolean;
    decoupledWeightDecay?: boolean;
  },
): Walk {
  const { momentum = 0, dampening = 0 } = o;
  let velocity: number | undefined;
  return (p, g, _t) => {
    const decoupled = o.decoupledWeightDecay ? o.lr * (o.weightDecay ?? 0) * p : 0;
    const d = regularised(o.decoupledWeightDecay ? { ...o, weightDecay: 0 } : o, p, g);
    if (momentum === 0) return p - decoupled - o.lr * d;
    velocity = velocity === undefined ? d : momentum * velocity + (1 - dampening) * d;
    return p - decoupled - o.lr * (o.nesterov ? d + momentum * velocity : velocity);
  };
}

/** Duchi, Hazan and Singer (2011). */
export function adagrad(
  o: Common & { lrDecay?: number; eps?: number; initialAccumulatorValue?: number },
): Walk {
  let sum = o.initialAccumulatorValue ?? 0;
  return (p, g, t) => {
    const d = regularised(o, p, g);
    sum += d ** 2;
    const rate = o.lr / (1 + (t - 1) * (o.lrDecay ?? 0));
    return p - (rate * d) / (Math.sqrt(sum) + (o.eps ?? 1e-10));
  };
}

/** Zeiler (2012): idea 2, the whole method; idea 1 alone does not use the RMS of the updates. */
export function adadelta(o: Common & { rho?: number; eps?: number; rmsUpdates?: boolean }): Walk {
  const { rho = 0.9, eps = 1e-6 } = o;
  let [gradients, updates] = [0, 0];
  return (p, g) => {
    const d = regularised(o, p, g);
    gradients = rho * gradients + (1 - rho) * d ** 2;
    const rms = (square: number) => Math.sqrt(square + eps);
    if (o.rmsUpdates === false) return p - (o.lr * d) / rms(gradients);
    const update = (rms(updates) / rms(gradients)) * d;
    updates = rho * updates + (1 - rho) * update ** 2;
    return p - o.lr * update;
  };
}

/** Tieleman and Hinton (2012), centred after Graves (2013). */
export function rmsprop(
  o: Common & { alpha?: number; eps?: number; momentum?: number; centered?: boolean },
): Walk {
  const { alpha = 0.99, eps = 1e-8, momentum = 0 } = o;
  let [square, mean, velocity] = [0, 0, 0];
  return (p, g) => {
    const d = regularised(o, p, g);
    square = alpha * square + (1 - alpha) * d ** 2;
    mean = alpha * mean + (1 - alpha) * d;
    const variance = o.centered ? Math.max(0, square - mean ** 2) : square;
    velocity = momentum * velocity + d / (Math.sqrt(variance) + eps);
    return p - o.lr * velocity;
  };
}

interface AdamLike extends Common {
  betas?: readonly [number, number];
  eps?: number;
  decoupledWeightDecay?: boolean;
}

/** Updates both moments; returns p after decoupled weight decay. */
function moments(o: AdamLike) {
  const [beta1, beta2] = o.betas ?? [0.9, 0.999];
  let [m, v] = [0, 0];
  return (p: number, g: number) => {
    const d = regularised(o.decoupledWeightDecay ? { ...o, weightDecay: 0 } : o, p, g);
    m = beta1 * m + (1 - beta1) * d;
    v = beta2 * v + (1 - beta2) * d ** 2;
    const start = o.decoupledWeightDecay ? p * (1 - o.lr * (o.weightDecay ?? 0)) : p;
    return { m, v, d, start, beta1, beta2, eps: o.eps ?? 1e-8 };
  };
}

/** Kingma and Ba (2015), Loshchilov and Hutter (2019), Reddi, Kale and Kumar (2018). */
export function adam(o: AdamLike & { amsgrad?: boolean }): Walk {
  const next = moments(o);
  let most = 0;
  return (p, g, t) => {
    const { m, v, start, beta1, beta2, eps } = next(p, g);
    most = Math.max(most, v);
    const mHat = m / (1 - beta1 ** t);
    const vHat = (o.amsgrad ? most : v) / (1 - beta2 ** t);
    return start - (o.lr * mHat) / (Math.sqrt(vHat) + eps);
  };
}

/** Kingma and Ba (2015), algorithm 2. */
export function adamax(o: AdamLike): Walk {
  const next = moments(o);
  let most = 0;
  return (p, g, t) => {
    const { m, d, beta1, beta2, eps } = next(p, g);
    most = Math.max(beta2 * most, Math.abs(d) + eps);
    return p - ((o.lr / (1 - beta1 ** t)) * m) / most;
  };
}

/** Dozat (2016). */
export function nadam(o: AdamLike & { momentumDecay?: number }): Walk {
  const next = moments(o);
  const momenta: number[] = [];
  const product = (n: number) => momenta.slice(0, n).reduce((all, mu) => all * mu, 1);
  return (p, g, t) => {
    const { m, v, d, start, beta1, beta2, eps } = next(p, g);
    for (let i = momenta.length + 1; i <= t + 1; i++) {
      momenta.push(beta1 * (1 - 0.96 ** (i * (o.momentumDecay ?? 4e-3)) / 2));
    }
    const [now = 0, then = 0] = momenta.slice(t - 1);
    const mHat = (then * m) / (1 - product(t + 1)) + ((1 - now) * d) / (1 - product(t));
    return start - (o.lr * mHat) / (Math.sqrt(v / (1 - beta2 ** t)) + eps);
  };
}

/** Liu et al. (2020), algorithm 2; PyTorch rectifies from ρ > 5 and adds ε to the uncorrected root. */
export function radam(o: AdamLike): Walk {
  const next = moments(o);
  return (p, g, t) => {
    const { m, v, start, beta1, beta2, eps } = next(p, g);
    const mHat = m / (1 - beta1 ** t);
    const infinite = 2 / (1 - beta2) - 1;
    const rho = infinite - (2 * t * beta2 ** t) / (1 - beta2 ** t);
    if (rho <= 5) return start - o.lr * mHat;
    const above = (rho - 4) * (rho - 2) * infinite;
    const below = (infinite - 4) * (infinite - 2) * rho;
    const adaptive = Math.sqrt(1 - beta2 ** t) / (Math.sqrt(v) + eps);
    return start - o.lr * mHat * Math.sqrt(above / below) * adaptive;
  };
}

/** Chen et al. (2023), algorithm 2. */
export function lion(o: Common & { betas?: readonly [number, number] }): Walk {
  const [beta1, beta2] = o.betas ?? [0.9, 0.99];
  let m = 0;
  return (p, g) => {
    const d = o.maximize ? -g : g;
    const update = Math.sign(beta1 * m + (1 - beta1) * d);
    m = beta2 * m + (1 - beta2) * d;
    return p - o.lr * (update + (o.weightDecay ?? 0) * p);
  };
}
