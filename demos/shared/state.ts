/** Status of a page: `document.body.dataset.status`. */
export type Status = "loading" | "ready" | "running" | "paused" | "ok" | "error";

/** `window.wgradDemo`: how scripts and tests follow a page. */
export interface DemoState {
  progress: { done: number; total: number; text: string };
  /** Set when the page's work is done; plain JSON. */
  result?: object;
  error?: string;
}

declare global {
  interface Window {
    wgradDemo: DemoState;
  }
}

window.wgradDemo = { progress: { done: 0, total: 1, text: "loading" } };

let again = false;

/** Whether the page is being loaded again: results and errors until then are ignored. */
export const isStartingAgain = (): boolean => again;

/** Loads the page again at its address. */
export function startAgain(): void {
  again = true;
  location.reload();
}

/** Has no effect once the page has failed or is being loaded again. */
export function setStatus(status: Status): void {
  if (!again && window.wgradDemo.error === undefined) document.body.dataset.status = status;
}

export function setProgress(done: number, total: number, text: string): void {
  window.wgradDemo.progress = { done, total, text };
}

/** Sets the result and the status: the page has done its work. */
export function finish(result: object): void {
  if (!again && window.wgradDemo.error === undefined) window.wgradDemo.result = result;
  setStatus("ok");
}
