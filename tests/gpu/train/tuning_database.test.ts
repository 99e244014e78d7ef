import { afterEach, describe, expect, test, vi } from "vitest";
import * as ops from "../../../src/ops/index.ts";
import { DatabaseError, exportTuning, loadTuning, saveTuning } from "../../../src/train/index.ts";
import { initShared } from "../../support/shared_device.ts";

const KEY = "matmul/NN/m16n16k16";

/** Creates a database of this name as another program would, with this version and this store. */
async function strange(name: string, version: number, store: string): Promise<void> {
  await new Promise((resolve, reject) => {
    const opening = indexedDB.open(name, version);
    opening.onupgradeneeded = () => opening.result.createObjectStore(store);
    opening.onerror = reject;
    opening.onsuccess = () => {
      opening.result.close();
      resolve(undefined);
    };
  });
}

test.each([
  [2, "tuning", /expected version 1 of the database 'wgrad-strange', got VersionError/],
  [1, "notes", /expected the store 'tuning' in the database 'wgrad-strange', got notes/],
])(
  "tuning is not kept in a database of version %s with the store %s, and goes on untuned",
  async (version, store, words) => {
    const database = "wgrad-strange";
    await strange(database, version, store);
    const engine = await initShared();
    engine.tuned.set(KEY, "mine");
    for (const call of [loadTuning, saveTuning]) {
      const error = await call({ database }).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      expect(error).toBeInstanceOf(DatabaseError);
      expect(`${error}`).toMatch(words);
      expect(`${error}`).toContain(
        `DatabaseError: ${call === loadTuning ? "loadTuning" : "saveTuning"}: `,
      );
      expect(`${error}`).toContain("pass { database } of another name");
    }
    expect([...engine.tuned]).toEqual([[KEY, "mine"]]);
    using x = ops.matmul(ops.full([2, 2], 1), ops.full([2, 2], 2));
    expect([...(await x.read())]).toEqual([4, 4, 4, 4]);
    indexedDB.deleteDatabase(database);
  },
);

test("tuning is refused where another program has written what is no tuning", async () => {
  const store = { database: "wgrad-tuning-damaged" };
  const engine = await initShared();
  engine.tuned.set(KEY, "mine");
  await saveTuning(store);
  const keys = `${JSON.parse(exportTuning()).version} ${engine.gpu.adapter.name}`;
  const opened = await new Promise<IDBDatabase>((resolve) => {
    const opening = indexedDB.open(store.database);
    opening.onsuccess = () => resolve(opening.result);
  });
  await new Promise((resolve) => {
    const writing = opened.transaction("tuning", "readwrite");
    writing.objectStore("tuning").put("{", keys);
    writing.oncomplete = resolve;
  });
  opened.close();
  await expect(loadTuning(store)).rejects.toThrow(/^loadTuning: expected JSON, got \{/);
  expect([...engine.tuned]).toEqual([[KEY, "mine"]]);
  indexedDB.deleteDatabase(store.database);
});

describe("what the browser does not write", () => {
  afterEach(() => vi.restoreAllMocks());
  const { put } = IDBObjectStore.prototype;

  test.each<
    [string, string, (this: IDBObjectStore, value: unknown, key?: IDBValidKey) => IDBRequest]
  >([
    [
      "a transaction that ends half-way",
      "AbortError",
      function (value, key) {
        const request = put.call(this, value, key) as IDBRequest;
        this.transaction.abort();
        return request;
      },
    ],
    [
      "no space left",
      "QuotaExceededError",
      () => {
        throw new DOMException("no space left", "QuotaExceededError");
      },
    ],
  ])("(%s) leaves the tuning that was saved before, and is told", async (_, reason, refusing) => {
    const store = { database: "wgrad-tuning-half" };
    const engine = await initShared();
    engine.tuned.set(KEY, "first");
    await saveTuning(store);
    engine.tuned.set(KEY, "second");
    vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(refusing as typeof put);
    const error = await saveTuning(store).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DatabaseError);
    expect(`${error}`).toMatch(
      new RegExp(
        `saveTuning: expected an answer of the database 'wgrad-tuning-half', got ${reason}`,
      ),
    );
    vi.restoreAllMocks();
    engine.tuned.clear();
    await loadTuning(store);
    expect([...engine.tuned]).toEqual([[KEY, "first"]]);
    indexedDB.deleteDatabase(store.database);
  });

  test("where storage is forbidden is told, with what to do", async () => {
    await initShared();
    vi.spyOn(IDBFactory.prototype, "open").mockImplementation(() => {
      throw new DOMException("access is denied in this document", "SecurityError");
    });
    for (const call of [loadTuning, saveTuning]) {
      const error = await call({ database: "wgrad-tuning-none" }).catch(
        (thrown: unknown) => thrown,
      );
      expect(error).toBeInstanceOf(DatabaseError);
      expect(`${error}`).toContain("got SecurityError (access is denied in this document)");
    }
    vi.restoreAllMocks();
    vi.spyOn(globalThis, "indexedDB", "get").mockReturnValue(null as never);
    await expect(loadTuning()).rejects.toThrow(
      /^loadTuning: expected a browser with IndexedDB, got none/,
    );
  });
});
