import { ValueError, WgradError } from "../core/errors.ts";

/** The browser's database cannot be used: `cause` is the browser's error. Nothing was changed. */
export class DatabaseError extends WgradError {
  override name = "DatabaseError";
}

/** A store in the browser's IndexedDB that the library uses. */
export interface DatabaseStore {
  /** Name of the database. */
  readonly name: string;
  /** Name of its object store. */
  readonly store: string;
  /** Advice if there is no IndexedDB. */
  readonly instead: string;
  /** Advice if the browser refuses. */
  readonly refused: string;
}

const VERSION = 1;

/**
 * Runs a request on a store in its own transaction, and returns the result once the transaction is complete. Throws
 * `ValueError` if there is no IndexedDB, and `DatabaseError`.
 */
export async function transact<T>(
  who: string,
  place: DatabaseStore,
  mode: IDBTransactionMode,
  ask: (all: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  if (!isThere()) {
    throw new ValueError(`${who}: expected a browser with IndexedDB, got none; ${place.instead}`);
  }
  try {
    return await within(who, place, mode, ask);
  } catch (error) {
    // a browser may throw in place of an answer, where storage is forbidden or full
    throw error instanceof DatabaseError ? error : refused(who, place, error as DOMException);
  }
}

/** Whether there is an IndexedDB; false also where access to it is forbidden. */
function isThere(): boolean {
  try {
    return Boolean(globalThis.indexedDB);
  } catch {
    return false;
  }
}

async function within<T>(
  who: string,
  place: DatabaseStore,
  mode: IDBTransactionMode,
  ask: (all: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const { name, store } = place;
  const database = await open(who, place);
  try {
    const { objectStoreNames } = database;
    if (!objectStoreNames.contains(store)) {
      const got = [...objectStoreNames].join(", ") || "none";
      throw new DatabaseError(
        `${who}: expected the store '${store}' in the database '${name}', got ${got}; another program made it: pass { database } of ` +
          "another name",
      );
    }
    return await answered(who, place, database.transaction(store, mode), ask);
  } finally {
    database.close();
  }
}

function open(who: string, place: DatabaseStore): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(place.name, VERSION);
    opening.onupgradeneeded = () => opening.result.createObjectStore(place.store);
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(refused(who, place, opening.error));
  });
}

/** The request's result once the transaction is complete: until then the browser may abort it. */
function answered<T>(
  who: string,
  place: DatabaseStore,
  transaction: IDBTransaction,
  ask: (all: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = ask(transaction.objectStore(place.store));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(refused(who, place, transaction.error ?? request.error));
  });
}

function refused(who: string, place: DatabaseStore, cause: DOMException | null): DatabaseError {
  const [expected, advice] =
    cause?.name === "VersionError"
      ? [`version ${VERSION}`, "a newer library made it: pass { database } of another name"]
      : ["an answer", place.refused];
  const got = cause ? `${cause.name} (${cause.message})` : "none";
  return new DatabaseError(
    `${who}: expected ${expected} of the database '${place.name}', got ${got}; ${advice}`,
    { cause },
  );
}
