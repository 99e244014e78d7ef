/** Kills the browser's GPU process, and with it all devices of the page. */
export async function killGpu(): Promise<void> {
  const browser: unknown = await import("vitest/browser");
  const { cdp } = browser as { cdp: () => { send(method: string): Promise<unknown> } };
  const session = cdp();
  await session.send("Browser.crashGpuProcess").catch(() => undefined); // the process ends before it could answer
}

/** Waits until the browser has started a new GPU process. */
export async function untilBack(): Promise<void> {
  for (let i = 0; i < 200; i++) {
    const adapter = await navigator.gpu.requestAdapter();
    if (adapter) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("the browser has no adapter any more");
}
