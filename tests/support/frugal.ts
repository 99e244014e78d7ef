import { expect, vi } from "vitest";
import * as browser from "vitest/browser";
import { leaks } from "../../src/tensor/leaks.ts";

const session = (browser as unknown as { cdp: () => { send(method: string): Promise<unknown> } })
  .cdp;

/** Runs a program while garbage is collected all the time; the library must not warn of tensors that it lost. */
export async function frugally(program: () => Promise<unknown>): Promise<void> {
  const own = new (leaks.constructor as new () => typeof leaks)(); // others have lost some on this page
  const { watch, forget } = leaks;
  const warn = vi.spyOn(console, "warn");
  // not by spies, which would keep every tensor
  leaks.watch = (each) => own.watch(each);
  leaks.forget = (each) => {
    own.forget(each);
    forget.call(leaks, each); // it may be one from before
  };
  let runs = true;
  const collecting = (async () => {
    while (runs) {
      await session().send("HeapProfiler.collectGarbage");
      await new Promise((done) => setTimeout(done, 100));
    }
  })();
  try {
    await program();
    expect(warn.mock.calls).toEqual([]);
  } finally {
    runs = false;
    await collecting;
    Object.assign(leaks, { watch, forget });
    warn.mockRestore();
  }
}
