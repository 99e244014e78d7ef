/** The public function that the user called, while it runs: errors from below speak in its name. */
let caller: string | undefined;

/** The name errors carry instead of the one they were written with; undefined outside of a public function. */
export function currentCaller(): string | undefined {
  return caller;
}

/** Runs `work` in the name of a public function. Inside another one the outer name stays: that is what the user called. */
export function callAs<R>(name: string, work: () => R): R {
  if (caller !== undefined) return work();
  caller = name;
  try {
    return work();
  } finally {
    caller = undefined;
  }
}

/** Runs a function of the user's, which speaks for itself. */
export function callBack<R>(work: () => R): R {
  const before = caller;
  caller = undefined;
  try {
    return work();
  } finally {
    caller = before;
  }
}
