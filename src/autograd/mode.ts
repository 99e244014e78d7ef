let recording = true;
let halving = false;

/** False inside `noGrad()`. */
export function gradEnabled(): boolean {
  return recording;
}

/** Runs `work` recording, also inside `noGrad()`. */
export function withGrad<R>(work: () => R): R {
  const before = recording;
  recording = true;
  try {
    return work();
  } finally {
    recording = before;
  }
}

/** Runs `work` without recording what a backward pass would need. For evaluation and for updates by hand. */
export function noGrad<R>(work: () => R): R {
  const before = recording;
  recording = false;
  try {
    return work();
  } finally {
    recording = before;
  }
}

/** True inside `autocast()`. */
export function halfEnabled(): boolean {
  return halving;
}

/** Runs `work` inside `autocast()`, or outside of it. */
export function withHalf<R>(enabled: boolean, work: () => R): R {
  const before = halving;
  halving = enabled;
  try {
    return work();
  } finally {
    halving = before;
  }
}
