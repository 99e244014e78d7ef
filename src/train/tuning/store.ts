import { callAs } from "../../core/caller.ts";
import { ValueError } from "../../core/errors.ts";
import { optional, string } from "../../core/kinds.ts";
import { checked, checkedAsync, options } from "../../core/signature.ts";
import { VERSION } from "../../core/version.ts";
import { currentEngine, type Engine } from "../../scheduler/engine.ts";
import { engineKind } from "../../tensor/kinds.ts";
import { type DatabaseStore, transact } from "../database.ts";

/** The kernels that an adapter uses instead of the library's choices: plain data. */
export interface TuningTable {
  /** The adapter that was measured: the choices are used for no other adapter. */
  readonly adapter: string;
  /** Version of the library that was measured. */
  readonly version: string;
  /** Names of candidates by the key of the problem: `{ "matmul/NN/m256n256k256": "registers" }`. */
  readonly choices: Readonly<Record<string, string>>;
}

/** Where `saveTuning` and `loadTuning` store choices. */
export interface TuningStore {
  /** Engine of the choices. Default: that of new tensors. */
  readonly engine?: Engine;
  /** Name of the IndexedDB database. Default "wgrad-tuning". */
  readonly database?: string;
}

const storeKind = /* @__PURE__ */ options<TuningStore>({ engine: engineKind, database: string });

/** The choices of `tune` as JSON, for a file or your own database. */
export const exportTuning = /* @__PURE__ */ checked(
  "exportTuning",
  { engine: optional(engineKind) },
  (engine: Engine = currentEngine()): string => {
    const choices = Object.fromEntries([...engine.tuned].sort(([a], [b]) => (a < b ? -1 : 1)));
    const table: TuningTable = { adapter: engine.gpu.adapter.name, version: VERSION, choices };
    return JSON.stringify(table);
  },
);

/**
 * Replaces the current choices by those of `exportTuning`. Returns false, and changes nothing, if they were measured on
 * another adapter or with another version of the library: then run `tune` again. Throws `ValueError` for other text.
 */
export const importTuning = /* @__PURE__ */ checked(
  "importTuning",
  { text: string, engine: optional(engineKind) },
  (text: string, engine: Engine = currentEngine()): boolean => {
    const { adapter, version, choices } = parse(text);
    if (adapter !== engine.gpu.adapter.name || version !== VERSION) return false;
    engine.tuned.clear();
    for (const [key, name] of Object.entries(choices)) engine.tuned.set(key, name);
    return true;
  },
);

function parse(text: string): TuningTable {
  let table: unknown;
  try {
    table = JSON.parse(text);
  } catch (cause) {
    throw new ValueError(`importTuning: expected JSON, got ${quote(text)}; ${ADVICE}`, { cause });
  }
  if (isTable(table)) return table;
  throw new ValueError(
    `importTuning: expected { adapter, version, choices }, got ${quote(text)}; ${ADVICE}`,
  );
}

const ADVICE = "pass what exportTuning() returned";
const quote = (text: string) => (text.length > 60 ? `${text.slice(0, 60)}…` : text);

function isTable(value: unknown): value is TuningTable {
  if (!isRecord(value) || !isRecord(value.choices)) return false;
  const words = [value.adapter, value.version, ...Object.values(value.choices)];
  return words.every((word) => typeof word === "string");
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Saves the choices of `tune` in the browser's IndexedDB, for this adapter and this version of the library, in one
 * transaction: earlier choices are kept until the new ones are written completely. Rejects with `ValueError` if there is no
 * IndexedDB (in Node write `exportTuning()` to a file), and with `DatabaseError` for a database of a newer version, one
 * without the library's store, and errors of the browser, such as a full disk.
 */
export const saveTuning = /* @__PURE__ */ checkedAsync(
  "saveTuning",
  { store: storeKind },
  async (store: TuningStore = {}): Promise<void> => {
    const { engine = currentEngine() } = store;
    const text = exportTuning(engine);
    const { database } = store;
    await transact("saveTuning", placeOf(database), "readwrite", (all) =>
      all.put(text, keyOf(engine)),
    );
  },
);

/**
 * Loads the choices that `saveTuning` saved for this adapter and this version. Returns false if there are none: then run
 * `tune`. Rejects with the errors of `saveTuning`; the library then keeps its current kernels.
 */
export const loadTuning = /* @__PURE__ */ checkedAsync(
  "loadTuning",
  { store: storeKind },
  async (store: TuningStore = {}): Promise<boolean> => {
    const { engine = currentEngine(), database } = store;
    const text = await transact("loadTuning", placeOf(database), "readonly", (all) =>
      all.get(keyOf(engine)),
    );
    return typeof text === "string" && callAs("loadTuning", () => importTuning(text, engine));
  },
);

/** One JSON text for each adapter and version. */
const placeOf = (name = "wgrad-tuning"): DatabaseStore => ({
  ...{ name, store: "tuning" },
  instead: "keep exportTuning() in a file and pass it to importTuning()",
  refused: "free some space, or keep exportTuning() by yourself",
});

const keyOf = (engine: Engine) => `${VERSION} ${engine.gpu.adapter.name}`;
