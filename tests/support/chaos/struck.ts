import { WgradError } from "../../../src/core/errors.ts";
import { requestAdapter, requestDevice } from "../../../src/gpu/adapter.ts";
import { type Engine, init } from "../../../src/scheduler/engine.ts";
import { type Short, shortOfMemory } from "../short_of_memory.ts";
import { uncaught } from "../uncaught.ts";
import { estimatorOf, fitted } from "./estimators.ts";
import { untilBack } from "./gpu_process.ts";
import { type Hit, isLoss } from "./hit.ts";
import { bitsOf, free } from "./trainee.ts";
import { byFit, byHand } from "./trainings.ts";
import { calm, Thrown, Trouble } from "./trouble.ts";

/** A device that all hits share until one of them loses it. */
interface Shared {
  readonly device: GPUDevice;
  readonly short: Short;
  lost: boolean;
}

let shared: Shared | undefined;

/** The shared device for hits that do not lose it, with the control over its refusals. */
async function sharedDevice(): Promise<Shared> {
  if (shared && !shared.lost) return shared;
  const device = await requestDevice(await requestAdapter());
  const made = { device, short: shortOfMemory(device), lost: false };
  void device.lost.then(() => {
    made.lost = true;
  });
  shared = made;
  return made;
}

/** Result of a training that was hit. */
export interface Outcome {
  /** The final state as text. */
  readonly bits: string;
  readonly errors: readonly unknown[];
  /** Whether the fault happened; it does not where an estimator needs no GPU. */
  readonly happened: boolean;
  /** Milliseconds from the fault until everything had settled. */
  readonly took: number;
  /** Error scopes left open. */
  readonly scopes: number;
}

/** Errors that are neither the library's nor the test's own. */
export const rawOf = ({ errors }: Outcome): unknown[] =>
  errors.filter((error) => !(error instanceof WgradError || error instanceof Thrown));

/**
 * Calls `work` until it reports that everything is done, as a user would who catches errors and tries again; returns
 * the errors.
 */
async function insist(work: () => Promise<boolean>): Promise<unknown[]> {
  const errors: unknown[] = [];
  while (errors.length < 4) {
    try {
      if (await work()) break;
    } catch (error) {
      errors.push(error);
    }
  }
  return errors;
}

async function training(engine: Engine, hit: Hit, trouble: Trouble, short: Short | undefined) {
  const captured = hit.way === "captured" || hit.way === "fit captured";
  const make = hit.way.startsWith("fit") ? byFit : byHand;
  const run = { engine, captured, recovers: isLoss(hit.fault) && hit.at >= 0 };
  const { trained, work } = make({ ...run, trouble });
  const errors = await insist(work);
  if (hit.fault === "abort" && trouble.happened) {
    // the signal has ended the training: another one continues from its state
    const calmly = { ...run, trouble: new Trouble(undefined, engine, short) };
    errors.push(...(await insist(make(calmly, trained()).work)));
  }
  calm(short); // from here on the state is only read
  const bits = await bitsOf(trained());
  free(trained());
  return { bits, errors };
}

const counts = new Map<string, Awaited<ReturnType<typeof fitted>>>();

/** Number of submits and callbacks of a hit's estimator when nothing happens to it. */
export const countsOf = (hit: Hit): { submits: number; calls: number } =>
  counts.get(estimatorOf(hit)[0]) ?? { submits: 0, calls: 0 };

async function estimator(engine: Engine, hit: Hit, trouble: Trouble) {
  let bits = "";
  const [name] = estimatorOf(hit);
  const known = countsOf(hit);
  let calmly = false;
  const errors = await insist(async () => {
    // the signal has ended the first fit
    const mine = calmly ? new Trouble(undefined, engine) : trouble;
    calmly = hit.fault === "abort";
    const result = await fitted(engine, hit, mine, known);
    if (hit.at < 0) counts.set(name, result);
    bits = result.bits;
    return true;
  });
  return { bits, errors };
}

/** A training that is hit, and continues until it is done. */
export async function struck(hit: Hit): Promise<Outcome> {
  const lost = isLoss(hit.fault) && hit.at >= 0;
  const own = lost ? undefined : await sharedDevice();
  const engine = await init(own ? { device: own.device } : {});
  const trouble = new Trouble(hit, engine, own?.short);
  const made =
    hit.way === "estimator"
      ? await estimator(engine, hit, trouble)
      : await training(engine, hit, trouble, own?.short);
  calm(own?.short);
  const took = performance.now() - (trouble.when ?? performance.now());
  await engine.trim();
  if (lost) engine.gpu.device.destroy();
  return { ...made, happened: trouble.happened, took, scopes: own?.short.scopes ?? 0 };
}

const undisturbed = new Map<string, string>();

/** The result of a training of this kind when nothing happens to it. */
export async function expected(hit: Hit): Promise<string> {
  const name = hit.way === "estimator" ? estimatorOf(hit)[0] : hit.way;
  const bits = undisturbed.get(name) ?? (await struck({ ...hit, at: -1 })).bits;
  undisturbed.set(name, bits);
  return bits;
}

/** The outcome, and rejections that nothing caught in the meantime. */
export async function observed(hit: Hit): Promise<Outcome & { leftovers: unknown[] }> {
  let outcome: Outcome | undefined;
  const leftovers = await uncaught(async () => {
    outcome = await struck(hit);
    if (hit.fault === "process") await untilBack();
  });
  return { ...(outcome as Outcome), leftovers };
}
