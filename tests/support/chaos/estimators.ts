import type { Engine } from "../../../src/scheduler/engine.ts";
import { withRecovery } from "../../../src/train/index.ts";
import { entries } from "../estimators/entries.ts";
import { answerOf, type Entry, learn, unchanged } from "../estimators/estimator.ts";
import { problemFor } from "../estimators/problem.ts";
import { type Hit, isLoss } from "./hit.ts";
import type { Trouble } from "./trouble.ts";

/** The estimator for a hit: one that offers what the fault needs. */
export function estimatorOf({ fault, nth }: Hit): readonly [name: string, entry: Entry] {
  const needs = fault === "callback" || fault === "loss" ? "onProgress" : undefined;
  const able = Object.entries(entries).filter(([, { takes = [] }]) => {
    if (fault === "abort") return takes.includes("signal");
    return needs ? takes.includes(needs) : true;
  });
  return able[nth % able.length] as [string, Entry];
}

/** Calls `before(number)` before every submit to the engine's present device; numbers begin at 0. */
function onSubmit({ gpu }: Engine, before: (number: number) => void): () => void {
  const { queue } = gpu.device;
  const submit = queue.submit.bind(queue);
  let number = 0;
  queue.submit = (buffers) => {
    before(number++);
    submit(buffers);
  };
  return () => {
    queue.submit = submit;
  };
}

/** What an estimator learns and predicts, as text that shows every bit, with the number of submits and callbacks. */
export async function fitted(
  engine: Engine,
  hit: Hit,
  trouble: Trouble,
  { submits, calls }: { submits: number; calls: number },
): Promise<{ bits: string; submits: number; calls: number }> {
  const [, entry] = estimatorOf(hit);
  const takes = entry.takes ?? [];
  const byCall = hit.fault === "callback" || hit.fault === "loss";
  const due = hit.at % Math.max(1, byCall ? calls : submits);
  const found = { submits: 0, calls: 0 };
  const happen = (number: number, wanted: boolean) => {
    if (wanted && number === due && hit.at >= 0 && !trouble.happened) trouble.happen();
  };
  const onProgress = () => happen(found.calls++, byCall);
  const options = {
    ...(takes.includes("signal") && { signal: trouble.signal }),
    ...(takes.includes("onProgress") && { onProgress }),
  };
  const p = problemFor(entry);
  const given = Object.keys(options).length > 0 ? [options] : [];
  const work = async () => {
    const learned = await learn(entry, entry.make(unchanged), p.X, p.y, ...given);
    return JSON.stringify([learned, await answerOf(entry, learned, [...p.queries])], inWords);
  };
  const leave = onSubmit(engine, (number) => {
    found.submits++;
    happen(number, !byCall);
  });
  try {
    const bits = await (isLoss(hit.fault) && hit.at >= 0 ? withRecovery(work, { engine }) : work());
    return { bits, ...found };
  } finally {
    leave();
  }
}

/** Maps and typed arrays as lists; numbers without a JSON form as their names. */
function inWords(_: string, value: unknown): unknown {
  if (value instanceof Map) return [...value];
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<unknown>);
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}
