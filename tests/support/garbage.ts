import type { Page } from "puppeteer";

/** Collects the page's garbage, and has the page learn of it. */
export async function collectGarbage(page: Page): Promise<void> {
  const session = await page.createCDPSession();
  for (let time = 0; time < 2; time++) {
    await session.send("HeapProfiler.collectGarbage");
    await new Promise((done) => setTimeout(done, 50)); // finalizers run in a task of their own
  }
  await session.detach();
}

/**
 * Runs in the page before its own scripts: a tensor that is collected without `dispose()` is a warning at once. The library
 * itself warns only when another tensor is made.
 */
export function noteLeaks(): void {
  const Plain = FinalizationRegistry;
  globalThis.FinalizationRegistry = class<T> extends Plain<T> {
    constructor(cleanup: (held: T) => void) {
      super((held) => {
        const { name, bytes } = { ...held } as { readonly name?: string; readonly bytes?: number };
        if (name !== undefined && bytes) console.warn(`${name} was collected without dispose()`);
        cleanup(held);
      });
    }
  };
}
