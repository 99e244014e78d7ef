import { type Entry, type Outcome, runCheck } from "./entries.ts";

/** One case that ran. */
export interface Row extends Outcome {
  readonly entry: Entry;
  readonly name: string;
}

/**
 * Runs every case of these entries, one after the other, until `signal` aborts. After every case it calls `each` and
 * yields to the browser.
 */
export async function verify(
  entries: readonly Entry[],
  signal: AbortSignal,
  each: (row: Row) => void,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const entry of entries) {
    for (const check of entry.checks) {
      if (signal.aborted) return rows;
      const row = { ...(await runCheck(check)), entry, name: check.name };
      rows.push(row);
      each(row);
      await breathe();
    }
  }
  return rows;
}

/** Lets the browser draw and handle input. Uses a message, because timers of hidden pages wait a second. */
function breathe(): Promise<void> {
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      done();
    };
    port2.postMessage(undefined);
  });
}
