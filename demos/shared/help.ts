import { isStartingAgain } from "./start_again.ts";
import { setStatus } from "./state.ts";

/** Replaces the page by what went wrong and what to do. */
export function showFailure(error: unknown): void {
  if (isStartingAgain()) return;
  const reason = error instanceof Error ? error : new Error(String(error));
  const missing = reason.name === "NoAdapterError";
  window.wgradDemo.error = reason.message;
  setStatus("error");
  if (!missing) console.error(reason);
  document.body.replaceChildren(missing ? noWebGpu(reason) : broken(reason));
}

/** What went wrong and what to do, to stand beside what needs no GPU. */
export function helpBeside(error: unknown): HTMLElement {
  const reason = error instanceof Error ? error : new Error(String(error));
  const help = (reason.name === "NoAdapterError" ? noWebGpu : broken)(reason, "section");
  help.className = "note sorry-beside";
  return help;
}

function noWebGpu(reason: Error, tag: "main" | "section" = "main"): HTMLElement {
  return sorry(
    tag === "main" ? "This page needs WebGPU" : "These pages need WebGPU",
    "The work is done on your graphics card, and this browser does not offer that yet. What helps:",
    [
      "Use Chrome or Edge 113 or newer, Safari 26 or newer, or Firefox 141 or newer.",
      "On Linux, start Chrome with --enable-unsafe-webgpu --enable-features=Vulkan.",
      "No graphics card? Add --use-webgpu-adapter=swiftshader: slower, but it works.",
      "Open the page from https:// or from localhost.",
    ],
    { reason, tag },
  );
}

function broken(reason: Error, tag: "main" | "section" = "main"): HTMLElement {
  return sorry(
    "Something went wrong",
    "The page had to stop. What helps:",
    [
      "Reload the page.",
      "Close other pages that use the graphics card.",
      "Choose something smaller, where the page lets you.",
    ],
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
  details.append(element("summary", "What the browser said"), element("p", reason.message));
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
