import { ValueError } from "../../core/errors.ts";
import { isA } from "../../core/realm.ts";
import type { Question } from "../../kernels/variants.ts";
import { currentEngine } from "../../scheduler/engine.ts";
import { PlannedStep } from "../../tensor/planned_step.ts";

/** A captured step, or a function that runs a step. */
export type TunableStep = { questions(): readonly Question[] } | (() => unknown);

/** Work of one class in a step. */
export interface Problem {
  readonly key: string;
  /** The largest work of the class. */
  readonly question: Question;
  /** Number of occurrences in a step. */
  readonly calls: number;
  /** Floating-point operations of all occurrences together. */
  readonly flops: number;
}

/**
 * The work of a step for which there are several kernels, a `Question` each. A function is recorded for this, but not run:
 * learning rates, step counts and random streams do not change. Throws the errors of recording, and `ValueError` for an asynchronous function.
 */
export function questionsOf(step: TunableStep): readonly Question[] {
  if ("questions" in step) return step.questions();
  const once = () => {
    if (isA(step(), "Promise")) {
      throw new ValueError(
        "tune: expected a step that queues its work and returns, got an asynchronous one; leave the reading out",
      );
    }
    return []; // its results are not needed
  };
  const options = { fuse: false, maxBytes: Number.POSITIVE_INFINITY };
  const planned = new PlannedStep(currentEngine(), once, [], options);
  planned.rewind();
  const { questions } = planned;
  planned.dispose();
  return questions;
}

/** The classes of work among these questions, largest number of operations first. Work without operations is omitted. */
export function problemsOf(questions: readonly Question[]): Problem[] {
  const problems = new Map<string, Problem & { readonly largest: number }>();
  for (const question of questions) {
    const work = flopsOf(question);
    if (work === 0) continue;
    const { key } = question;
    const known = problems.get(key) ?? { key, question, calls: 0, flops: 0, largest: work };
    const representative = work > known.largest ? { question, largest: work } : {};
    const totals = { calls: known.calls + 1, flops: known.flops + work };
    problems.set(key, { ...known, ...representative, ...totals });
  }
  return [...problems.values()].sort((a, b) => b.flops - a.flops);
}

function flopsOf({ candidates: [first], calls }: Question): number {
  return calls(first).reduce((sum, call) => sum + call.plan().flops, 0);
}
