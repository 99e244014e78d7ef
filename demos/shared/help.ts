import * as words from "../words/en/shared/page.ts";
import { isStartingAgain, setStatus } from "./state.ts";

/** Maximum milliseconds between an error from a lost device and the browser's report of the loss. */
const REPORTED = 2000;

/**
 * Replaces the page by what went wrong and what to do. Waits after the error of a lost device: the loss, which reloads the
 * page, may be reported later.
 */
export function showFailure(error: unknown): void {
  if (isLoss(error)) setTimeout(() => replacePage(error), REPORTED);
  else replacePage(error);
}

const isLoss = (error: unknown): boolean =>
  error instanceof Error && (error.name === "DeviceLostError" || isLoss(error.cause));

/** Replaces the page now, unless it has failed before or is being loaded again. */
export function replacePage(error: unknown): void {
  if (isStartingAgain() || window.wgradDemo.error !== undefined) return;
  const reason = error instanceof Error ? error : new Error(String(error));
  const missing = reason.name === "NoAdapterError";
  setStatus("error");
  window.wgradDemo.error = reason.message;
  if (!missing) console.error(reason);
  document.body.replaceChildren(missing ? noWebGpu(reason) : broken(reason));
}

/** An error and advice, to be shown beside parts that need no GPU. */
export function helpBeside(error: unknown): HTMLElement {
  const reason = error instanceof Error ? error : new Error(String(error));
  const help = (reason.name === "NoAdapterError" ? noWebGpu : broken)(reason, "section");
  help.className = "note sorry-beside";
  return help;
}

function noWebGpu(reason: Error, tag: "main" | "section" = "main"): HTMLElement {
  return sorry(
    tag === "main" ? words.thisPageNeedsWebgpu : words.thesePagesNeedWebgpu,
    words.workIsDoneOnYour,
    [
      words.useChromeOrEdge113,
      words.onLinuxStartChromeWith,
      words.noGraphicsCardAddUse,
      words.openPageFromHttpsOr,
    ],
    { reason, tag },
  );
}

function broken(reason: Error, tag: "main" | "section" = "main"): HTMLElement {
  return sorry(
    words.somethingWentWrong,
    words.pageHadToStopWhat,
    [words.reloadPage, words.closeOtherPagesThatUse, words.chooseSomethingSmaller],
    { reason, tag },
  );
}

function sorry(
  title: string,
  text: string,
  help: readonly string[],
  { reason, tag }: { readonly reason: Error; readonly tag: "main" | "section" },
): HTMLElement {
  const main = document.createElement(tag);
  main.className = "sorry card";
  main.setAttribute("role", "alert");
  const details = document.createElement("details");
  details.append(element("summary", words.whatBrowserSaid), element("p", reason.message));
  const list = document.createElement("ul");
  list.append(...help.map((line) => element("li", line)));
  main.append(element(tag === "main" ? "h1" : "h2", title), element("p", text), list, details);
  return main;
}

function element(tag: string, text: string): HTMLElement {
  const node = document.createElement(tag);
  node.textContent = text;
  return node;
}
