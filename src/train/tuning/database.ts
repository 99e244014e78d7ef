import { ValueError, WgradError } from "../../core/errors.ts";

/** The browser's database cannot be used as the library needs it: `cause` is what the browser said. Nothing was changed. */
export class DatabaseError extends WgradError {
  override name = "DatabaseError";
}

/** Object store in the database: one JSON text for each adapter and version. */
const STORE = "tuning";
const VERSION = 1;

/**
 * Asks the store of a database in a transaction of its own, and gives the answer once that is complete. Throws `ValueError`
 * where there is no IndexedDB, and `DatabaseError`.
 */
export async function transact<T>(
  who: string,
  name = "wgrad-tuning",
  mode: IDBTransactionMode,
  ask: (all: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  if (!("indexedDB" in globalThis)) {
    throw new ValueError(
      `${who}: expected a browser with IndexedDB, got none; keep exportTuning() in a file and pass it to importTuning()`,
    );
  }
  const database = await open(who, name);
  try {
    const { objectStoreNames } = database;
    if (!objectStoreNames.contains(STORE)) {
      const got = [...objectStoreNames].join(", ") || "none";
      throw new DatabaseError(
        `${who}: expected the store '${STORE}' in the database '${name}', got ${got}; it is another program's: pass { database } of ` +
          "another name",
      );
    }
    return await answered(who, name, database.transaction(STORE, mode), ask);
  } finally {
    database.close();
  }
}

function open(who: string, name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(name, VERSION);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(refused(who, name, opening.error));
  });
}

/** The request's answer once the transaction is complete: before that the browser may still take it back. */
function answered<T>(
  who: string,
  name: string,
  transaction: IDBTransaction,
  ask: (all: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = ask(transaction.objectStore(STORE));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(refused(who, name, transaction.error ?? request.error));
  });
}

function refused(who: string, name: string, cause: DOMException | null): DatabaseError {
  const [expected, advice] =
    cause?.name === "VersionError"
      ? [`version ${VERSION}`, "a newer library made it: pass { database } of another name"]
      : ["an answer", "free some space, or keep exportTuning() by yourself"];
  const got = cause ? `${cause.name} (${cause.message})` : "none";
  return new DatabaseError(
    `${who}: expected ${expected} of the database '${name}', got ${got}; ${advice}`,
    { cause },
  );
}
