const query = new URLSearchParams(location.search);

/** Whether the page starts its work by itself: `?auto=1`. */
export const auto = query.get("auto") === "1";

/** Whether it then runs its guided experiments only: `?only=experiments`. */
export const onlyExperiments = query.get("only") === "experiments";

/**
 * Does the page's work, without a press, once the visitor sees the page. Not where the address names `auto`: `?auto=0` waits for
 * a press, and `?auto=1` works anyway.
 */
export function startByItself(work: () => void): void {
  if (query.has("auto")) return;
  if (document.visibilityState === "visible") work();
  else document.addEventListener("visibilitychange", work, { once: true });
}
