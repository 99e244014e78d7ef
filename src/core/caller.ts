/** The public function that the user called, while it runs: errors thrown inside it begin with its name. */
let caller: string | undefined;

/** The name that errors begin with instead of their own; undefined outside public functions. */
export function currentCaller(): string | undefined {
  return caller;
}

/**
 * Runs `work` with errors in the name of a public function. If another public function is running, its name stays: that is
 * the one the user called.
 */
export function callAs<R>(name: string, work: () => R): R {
  if (caller !== undefined) return work();
  caller = name;
  try {
    return work();
  } finally {
    caller = undefined;
  }
}

/** Runs a callback of the user: errors in it keep their own names. */
export function callBack<R>(work: () => R): R {
  const before = caller;
  caller = undefined;
  try {
    return work();
  } finally {
    caller = before;
  }
}
