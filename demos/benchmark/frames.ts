import { make } from "../shared/dom.ts";
import { unlessAborted } from "../shared/jobs.ts";
import * as words from "../words/en/benchmark/page.ts";
import type { Frame, LibraryName } from "./frame.ts";

const WAIT_MS = 60_000;

/**
 * A hidden frame with one library. Each workload gets a new one, so that nothing of another workload is alive in it.
 */
export interface OpenFrame {
  readonly frame: Frame;
  close(): void;
}

/** Opens a frame; throws the error that kept the library from starting, or the signal's reason. */
export async function openHidden(library: LibraryName, signal: AbortSignal): Promise<OpenFrame> {
  const address = new URLSearchParams({ frame: library });
  const attributes = { src: `?${address}`, "aria-hidden": "true", tabindex: "-1" };
  const node = make("iframe", { class: "worker", attributes, title: library });
  const close = () => node.remove();
  const loaded = new Promise((resolve) => node.addEventListener("load", resolve));
  document.body.append(node);
  await loaded;
  try {
    return { frame: await unlessAborted(started(node, library), signal), close };
  } catch (error) {
    close();
    throw error;
  }
}

/** Waits until the library in a frame has started. */
async function started(node: HTMLIFrameElement, library: LibraryName): Promise<Frame> {
  const until = performance.now() + WAIT_MS;
  while (performance.now() < until) {
    const opening = node.contentWindow?.wgradFrame;
    if (opening) return opening;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(words.frameDidNotLoad(library));
}
