import { type Engine, init } from "wgrad";
import * as words from "../words/en/shared/page.ts";
import { flushAddress } from "./address.ts";
import { make } from "./dom.ts";
import { startAgain } from "./state.ts";

/** Times of the device losses after which this tab has reloaded the page. */
const KEY = "wgrad: device lost";
/**
 * The page is reloaded at most this often within a minute: a device that is lost again and again needs another remedy.
 */
const TRIES = 2;
const MINUTE = 60_000;
/** A page load within this time after a loss is counted as caused by it. */
const JUST_NOW = 15_000;

/**
 * Starts the engine. When the browser loses the graphics device, the page is loaded again at its address, and says so.
 * `failed` is called instead if that has not helped, or if the number of reloads cannot be stored.
 */
export async function startEngine(failed: (error: Error) => void): Promise<Engine> {
  const engine = await started();
  if (lossesWithin(JUST_NOW).length > 0) tell();
  engine.onLost = (error) => {
    const losses = lossesWithin(MINUTE);
    if (losses.length >= TRIES || !remember([...losses, Date.now()])) failed(error);
    else {
      flushAddress();
      startAgain();
    }
  };
  return engine;
}

/** Right after a loss the browser may have no adapter yet. */
async function started(): Promise<Engine> {
  for (;;) {
    try {
      return await init();
    } catch (error) {
      if (lossesWithin(JUST_NOW).length === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}

function lossesWithin(milliseconds: number): number[] {
  try {
    const times: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
    const list = Array.isArray(times) ? times : [];
    return list.filter((time) => typeof time === "number" && Date.now() - time < milliseconds);
  } catch {
    return []; // storage is blocked, or the entry is another script's
  }
}

/** False if storage is blocked: nothing would then limit the reloading. */
function remember(times: readonly number[]): boolean {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(times));
    return true;
  } catch {
    return false;
  }
}

function tell(): void {
  const text = words.browserHadLostGraphics;
  const note = make("p", { class: "note", text, attributes: { id: "lost-note", role: "status" } });
  document.querySelector(".masthead")?.after(note);
}
