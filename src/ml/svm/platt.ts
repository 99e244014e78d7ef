/** P(positive | decision f) = 1 / (1 + e^(A·f + B)). */
export type PlattSigmoid = readonly [A: number, B: number];

const [MOST_ROUNDS, LEAST_STEP, RIDGE, ENOUGH] = [100, 1e-10, 1e-12, 1e-5];

/**
 * The sigmoid of maximum likelihood for decisions of positive and negative samples, with the targets of Platt (1999), by
 * Newton's method with halved steps (Lin, Lin and Weng 2007, as in libsvm).
 */
export function sigmoidOf(decisions: Float64Array, positive: readonly boolean[]): PlattSigmoid {
  const more = positive.filter(Boolean).length;
  const less = positive.length - more;
  const targets = Float64Array.from(positive, (yes) =>
    yes ? (more + 1) / (more + 2) : 1 / (less + 2),
  );
  let [A, B] = [0, Math.log((less + 1) / (more + 1))];
  let value = lossOf(decisions, targets, A, B);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const { dA, dB, gA, gB } = newtonStep(decisions, targets, A, B);
    if (Math.abs(gA) < ENOUGH && Math.abs(gB) < ENOUGH) break;
    const slope = gA * dA + gB * dB;
    let step = 1;
    for (; step >= LEAST_STEP; step /= 2) {
      const next = lossOf(decisions, targets, A + step * dA, B + step * dB);
      if (!(next < value + 1e-4 * step * slope)) continue;
      [A, B, value] = [A + step * dA, B + step * dB, next];
      break;
    }
    if (step < LEAST_STEP) break;
  }
  return [A, B];
}

/** P of the positive side, computed without overflow for either sign of A·f + B. */
export function probabilityOf([A, B]: PlattSigmoid, decision: number): number {
  const z = A * decision + B;
  return z >= 0 ? Math.exp(-z) / (1 + Math.exp(-z)) : 1 / (1 + Math.exp(z));
}

/** −Σ t·log p + (1 − t)·log(1 − p). */
function lossOf(decisions: Float64Array, targets: Float64Array, A: number, B: number): number {
  return decisions.reduce((sum, f, i) => {
    const [z, t] = [A * f + B, targets[i] as number];
    return sum + (z >= 0 ? t * z : (t - 1) * z) + Math.log1p(Math.exp(-Math.abs(z)));
  }, 0);
}

function newtonStep(decisions: Float64Array, targets: Float64Array, A: number, B: number) {
  let [h11, h22, h21, gA, gB] = [RIDGE, RIDGE, 0, 0, 0];
  decisions.forEach((f, i) => {
    const p = probabilityOf([A, B], f);
    const curvature = p * (1 - p);
    h11 += f * f * curvature;
    h22 += curvature;
    h21 += f * curvature;
    const residual = (targets[i] as number) - p;
    gA += f * residual;
    gB += residual;
  });
  const det = h11 * h22 - h21 * h21;
  return { gA, gB, dA: -(h22 * gA - h21 * gB) / det, dB: (h21 * gA - h11 * gB) / det };
}

/**
 * Probabilities of k classes from those of pairs r[i·k + j] = P(i | i or j): minimizes Σ (r_ji·p_i − r_ij·p_j)² (the second
 * method of Wu, Lin and Weng 2004), by libsvm's fixed-point iteration.
 */
export function coupled(r: Float64Array, k: number): Float64Array<ArrayBuffer> {
  const q = new Float64Array(k * k);
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) {
      if (i === j) continue;
      const [own, other] = [r[i * k + j] as number, r[j * k + i] as number];
      q[i * k + i] = (q[i * k + i] as number) + other * other;
      q[i * k + j] = -other * own;
    }
  }
  const p = new Float64Array(k).fill(1 / k);
  for (let round = 0; round < Math.max(100, k); round++) {
    const qp = p.map((_, i) => p.reduce((sum, v, j) => sum + (q[i * k + j] as number) * v, 0));
    let pqp = p.reduce((sum, v, i) => sum + v * (qp[i] as number), 0);
    if (qp.every((v) => Math.abs(v - pqp) < 0.005 / k)) break;
    for (let i = 0; i < k; i++) {
      const own = q[i * k + i] as number;
      const diff = (pqp - (qp[i] as number)) / own;
      p[i] = (p[i] as number) + diff;
      pqp = (pqp + diff * (diff * own + 2 * (qp[i] as number))) / (1 + diff) ** 2;
      for (let j = 0; j < k; j++) {
        qp[j] = ((qp[j] as number) + diff * (q[i * k + j] as number)) / (1 + diff);
        p[j] = (p[j] as number) / (1 + diff);
      }
    }
  }
  return p;
}
