import type { Engine } from "wgrad";
import { showAdapter } from "./adapter.ts";
import { addCopyLink } from "./address.ts";
import { tellKernels } from "./compiling.ts";
import { addNeighbours } from "./frame.ts";
import { replacePage, showFailure } from "./help.ts";
import { keepForOffline } from "./offline.ts";
import { startEngine } from "./start_again.ts";
import { setStatus } from "./state.ts";
import { markTerms } from "./terms.ts";
import "./parts.css";

export { showFailure } from "./help.ts";
export { type DemoState, finish, type Status, setProgress, setStatus } from "./state.ts";

/**
 * Starts the engine, names the adapter in the masthead and runs the page; an error replaces the page by advice. Places with
 * `data-waits` tell how many kernels have been compiled until the page writes its first result there.
 */
export async function openPage(run: (engine: Engine) => Promise<void>): Promise<void> {
  setStatus("loading");
  addCopyLink();
  addNeighbours();
  void keepForOffline();
  try {
    markTerms();
    const engine = await startEngine(replacePage);
    showAdapter(engine.gpu.adapter);
    for (const place of document.querySelectorAll<HTMLElement>("[data-waits]")) tellKernels(place);
    await run(engine);
  } catch (error) {
    showFailure(error);
  }
}
