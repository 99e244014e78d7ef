import * as browser from "vitest/browser";

type Session = { send(method: string): Promise<{ readonly usedSize: number }> };

/** Bytes of the page's heap after garbage collection. */
export async function usedHeap(): Promise<number> {
  const session = (browser as unknown as { cdp: () => Session }).cdp();
  await session.send("HeapProfiler.collectGarbage");
  await new Promise((resolve) => setTimeout(resolve, 20)); // lets finalizers run
  await session.send("HeapProfiler.collectGarbage");
  return (await session.send("Runtime.getHeapUsage")).usedSize;
}
