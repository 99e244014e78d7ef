import { init } from "../../../src/scheduler/engine.ts";
import { fitted } from "./estimators.ts";
import type { Hit } from "./hit.ts";
import { bitsOf } from "./trainee.ts";
import { byFit, byHand } from "./trainings.ts";
import { Trouble } from "./trouble.ts";

/** The task of a page. */
export interface Task {
  readonly hit: Hit;
  /** Where `fit` keeps its checkpoints. */
  readonly name: string;
  /** The last checkpoint that a hand-written training loop has saved. */
  readonly kept: ArrayBuffer | undefined;
  readonly counts: { readonly submits: number; readonly calls: number };
  /** Called with news until the page is gone. */
  readonly tell: (news: News) => void;
}

/** News of a page: it has begun, it must be reloaded now, a checkpoint, or how everything ended. */
export type News =
  | { readonly kind: "begins" | "due" }
  | { readonly kind: "kept"; readonly file: ArrayBuffer }
  | { readonly kind: "done"; readonly bits: string }
  | { readonly kind: "failed"; readonly error: string };

/** Runs the training of a page in its own realm, which may end at any time. */
export async function work({ hit, name, kept, counts, tell }: Task): Promise<void> {
  tell({ kind: "begins" });
  try {
    const engine = await init();
    const trouble = new Trouble(hit, engine, undefined, () => tell({ kind: "due" }));
    if (hit.way === "estimator") {
      tell({ kind: "done", bits: (await fitted(engine, hit, trouble, counts)).bits });
      return;
    }
    const captured = hit.way === "captured" || hit.way === "fit captured";
    const run = { engine, trouble, captured };
    const onKept = (file: ArrayBuffer) => tell({ kind: "kept", file });
    const own = kept && structuredClone(kept); // an object of this realm, as IndexedDB would return it
    const { trained, begin, work } = hit.way.startsWith("fit")
      ? byFit({ ...run, recovers: false, persist: name })
      : byHand({ ...run, recovers: true, kept: own, onKept });
    await begin();
    while (!(await work())) await Promise.resolve();
    tell({ kind: "done", bits: await bitsOf(trained()) });
  } catch (error) {
    tell({ kind: "failed", error: String(error) });
  }
}
