import { currentEngine } from "wgrad";
import * as words from "../words/en/shared/page.ts";

/** Milliseconds between two texts; and after the last compiled kernel until the place's first text, if any, is shown again. */
const [EVERY, LATER] = [250, 2000];

/**
 * Tells in `place` how many kernels have been compiled since this call, for as long as nothing else is written there.
 * Returns a function that ends this and restores the place's first text. `counted` is the number of kernels so far, by default
 * the engine's.
 */
export function tellKernels(place: HTMLElement, counted = ofTheEngine()): () => void {
  const first = place.textContent ?? "";
  const before = counted();
  let [said, count, at] = [first, before, 0];
  const say = (text: string) => {
    if (text !== said) place.textContent = text;
    said = text;
  };
  const timer = setInterval(() => {
    if (place.textContent !== said) return clearInterval(timer);
    const now = counted();
    if (now > count) [count, at] = [now, performance.now()];
    const compiling = count > before && (first === "" || performance.now() - at < LATER);
    say(compiling ? words.compilingKernels(count - before) : first);
  }, EVERY);
  return () => {
    clearInterval(timer);
    if (place.textContent === said) say(first);
  };
}

/** Does `work`, and tells in `place` how many kernels have been compiled until it calls `shown` or ends. */
export async function tellingKernels<R>(
  place: HTMLElement,
  work: (shown: () => void) => Promise<R>,
): Promise<R> {
  const shown = tellKernels(place);
  try {
    return await work(shown);
  } finally {
    shown();
  }
}

function ofTheEngine(): () => number {
  const engine = currentEngine();
  return () => engine.counters().pipelinesCompiled;
}
