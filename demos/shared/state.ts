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

export function setStatus(status: Status): void {
  document.body.dataset.status = status;
}

export function setProgress(done: number, total: number, text: string): void {
  window.wgradDemo.progress = { done, total, text };
}

/** Sets the result and the status: the page has done its work. */
export function finish(result: object): void {
  window.wgradDemo.result = result;
  setStatus("ok");
}
