import { Recovery } from "../../../src/train/index.ts";
import type { Hit } from "./hit.ts";
import type { News, Task } from "./page.ts";

/** Loads a page (a frame with its own realm) that works on a task. */
function load(task: Task): HTMLIFrameElement {
  const frame = document.createElement("iframe");
  frame.srcdoc = "<!doctype html><title>training</title>";
  frame.addEventListener("load", () => {
    const { contentDocument, contentWindow } = frame;
    if (!contentDocument || !contentWindow) return;
    const wrap = { wrapDynamicImport: (load: () => unknown) => load() };
    Object.assign(contentWindow, { task, __vitest_browser_runner__: wrap });
    const script = contentDocument.createElement("script");
    script.type = "module";
    script.textContent = 'import { work } from "/tests/support/chaos/page.ts"; void work(task);';
    contentDocument.body.append(script);
  });
  document.body.append(frame);
  return frame;
}

/** Result of a training whose page is reloaded. */
export interface Reloaded {
  readonly bits: string | undefined;
  readonly errors: readonly string[];
  /** Whether the page was reloaded; false if it had ended before. */
  readonly happened: boolean;
  /** Milliseconds from the start of the second page to its end. */
  readonly took: number;
}

/** Runs a training in a page that is reloaded and resumes from what it saved. */
export async function reloaded(
  hit: Hit,
  counts: { readonly submits: number; readonly calls: number },
): Promise<Reloaded> {
  const name = `chaos ${crypto.randomUUID()}`;
  let kept: ArrayBuffer | undefined;
  let began = 0;
  /** Runs one page until it has ended or must be reloaded. */
  const once = async (own: Hit): Promise<News> => {
    let frame: HTMLIFrameElement | undefined;
    const end = await new Promise<News>((resolve) => {
      const tell = (news: News) => {
        if (news.kind === "kept") kept = news.file.slice(0);
        else if (news.kind === "begins") began = performance.now();
        else if (news.kind === "due") setTimeout(() => resolve(news), hit.nth % 40);
        else resolve(news);
      };
      frame = load({ hit: own, name, kept, counts, tell });
    });
    frame?.remove();
    return end;
  };
  let end = await once(hit);
  const happened = end.kind === "due";
  if (happened) end = await once({ ...hit, at: -1 });
  const took = performance.now() - began;
  await Recovery.forget(name);
  return {
    ...{ happened, took },
    bits: end.kind === "done" ? end.bits : undefined,
    errors: end.kind === "failed" ? [end.error] : [],
  };
}
