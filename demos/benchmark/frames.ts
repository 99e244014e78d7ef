import { make } from "../shared/dom.ts";
import type { Frame, LibraryName } from "./frame.ts";

const WAIT_MS = 60_000;

/** A hidden frame with one library, which begins anew: nothing another workload left is alive in it. */
export interface OpenFrame {
  readonly frame: Frame;
  close(): void;
}

/** Opens a frame; throws what kept the library from starting. */
export async function openHidden(library: LibraryName): Promise<OpenFrame> {
  const address = new URLSearchParams({ frame: library });
  const attributes = { src: `?${address}`, "aria-hidden": "true", tabindex: "-1" };
  const node = make("iframe", { class: "worker", attributes, title: library });
  const close = () => node.remove();
  const loaded = new Promise((resolve) => node.addEventListener("load", resolve));
  document.body.append(node);
  await loaded;
  const until = performance.now() + WAIT_MS;
  while (performance.now() < until) {
    const opening = node.contentWindow?.wgradFrame;
    if (opening) {
      opening.catch(close);
      return { frame: await opening, close };
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  close();
  throw new Error(`the frame for ${library} did not load; reload the page`);
}
