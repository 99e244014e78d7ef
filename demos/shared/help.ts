import * as words from "../words/en/shared/page.ts";
import { isStartingAgain } from "./start_again.ts";
import { setStatus } from "./state.ts";

/** Replaces the page by an error and advice. */
export function showFailure(error: unknown): void {
  if (isStartingAgain()) return;
  const reason = error instanceof Error ? error : new Error(String(error));
  const missing = reason.name === "NoAdapterError";
  window.wgradDemo.error = reason.message;
  setStatus("error");
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
