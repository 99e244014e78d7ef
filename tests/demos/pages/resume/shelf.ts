/** Stores files in IndexedDB, so that they survive the page. */
export class Shelf {
  readonly #database: IDBDatabase;

  private constructor(database: IDBDatabase) {
    this.#database = database;
  }

  static async open(): Promise<Shelf> {
    const request = indexedDB.open("wgrad-resume", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("files");
    return new Shelf(await done(request));
  }

  async put(name: string, file: ArrayBuffer): Promise<void> {
    await done(this.#files("readwrite").put(file, name));
  }

  async get(name: string): Promise<ArrayBuffer> {
    return done<ArrayBuffer>(this.#files("readonly").get(name));
  }

  #files(mode: IDBTransactionMode): IDBObjectStore {
    return this.#database.transaction("files", mode).objectStore("files");
  }
}

function done<R>(request: IDBRequest<R>): Promise<R> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
