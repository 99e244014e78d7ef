/** Corrections of wgsl_reflect's emulator that its race detector needs. */
import { MemoryTracker, WgslExec, WorkgroupScheduler } from "wgsl_reflect/wgsl_reflect.module.js";

interface Invocation {
  readonly index: number;
  readonly stack: object;
  state: 0 | 1 | 2;
  barrierNode: object | null;
}

interface Scheduler {
  readonly errors: string[];
  readonly _invocations: readonly Invocation[];
  readonly _tracker: MemoryTracker;
  readonly _debug: { stepStack(stack: object, within: boolean): void };
  _peek(invocation: Invocation): { line: number } | null;
  _asBarrier(command: object): object | null;
  _syncBarrier(parked: readonly Invocation[]): void;
}

/** Maximum number of commands of one invocation between two barriers. */
const LONGEST_RUN = 20_000;

/**
 * The package runs all invocations one command at a time, but stores the result of a function call in the syntax tree,
 * where the next invocation overwrites it. Running each invocation up to its next barrier avoids this.
 */
const scheduler = {
  run(this: Scheduler) {
    for (;;) {
      for (const invocation of this._invocations) {
        if (!runToBarrier(this, invocation)) return;
      }
      const parked = this._invocations.filter(({ state }) => state === 1);
      if (parked.length === 0) return this._tracker.endPhase();
      this._syncBarrier(parked);
    }
  },
};

/** False when the invocation does not terminate. */
function runToBarrier(scheduler: Scheduler, invocation: Invocation): boolean {
  for (let steps = 0; invocation.state === 0; steps++) {
    const command = scheduler._peek(invocation);
    const barrier = command && scheduler._asBarrier(command);
    if (steps > LONGEST_RUN) {
      scheduler.errors.push(`line ${command?.line}: still running after ${LONGEST_RUN} commands`);
      return false;
    }
    if (!command) invocation.state = 2;
    else if (barrier) {
      invocation.state = 1;
      invocation.barrierNode = barrier;
    } else {
      scheduler._tracker.currentInvocation = invocation.index;
      scheduler._tracker.currentLine = command.line;
      scheduler._debug.stepStack(invocation.stack, true);
    }
  }
  return true;
}

interface Access {
  readonly bufferId: string;
  readonly offset: number;
  readonly size: number;
  readonly kind: "read" | "write";
  readonly atomic: boolean;
  readonly invocation: number;
  readonly line: number;
}

/** The package compares all accesses of a phase pairwise; looking up each word is fast enough for long phases. */
const tracker = {
  _checkPhase(this: { _phase: readonly Access[]; races: { message: string }[] }) {
    const words = new Map<string, Access[]>();
    for (const access of this._phase) {
      for (let at = access.offset; at < access.offset + access.size; at += 4) {
        const place = `${access.bufferId}, byte ${at}`;
        const before = words.get(place) ?? [];
        words.set(place, before);
        const other = before.find((each) => conflict(each, access));
        if (other)
          this.races.push({ message: `${place}: ${show(other)} and ${show(access)} race` });
        // two accesses of each kind by different invocations reveal every conflict
        const alike = before.filter(
          (each) => each.kind === access.kind && each.atomic === access.atomic,
        );
        if (alike.length < 2 && alike[0]?.invocation !== access.invocation) before.push(access);
      }
    }
  },
};

const show = ({ kind, invocation, line }: Access) =>
  `${kind} by invocation ${invocation} in line ${line}`;

function conflict(a: Access, b: Access): boolean {
  const writes = a.kind === "write" || b.kind === "write";
  return a.invocation !== b.invocation && writes && !(a.atomic && b.atomic);
}

interface Value {
  /** For a scalar. */
  value?: number;
  /** For a vector. */
  data?: Record<number, number> & { readonly length: number };
  readonly typeInfo?: { readonly name: string; readonly format?: { readonly name: string } };
}

type Evaluate = (...of: unknown[]) => Value | null;

/** The package computes integers as doubles: divisions of vectors give fractions, and u32 does not wrap. */
const wrapping = (exact: Evaluate): Evaluate =>
  function (this: unknown, ...of) {
    const result = exact.apply(this, of);
    const { name = "", format } = result?.typeInfo ?? {};
    const [, kind] = /^(?:vec\d)?([iu])(?:32)?$/.exec(format?.name ?? name) ?? [];
    if (!result || !kind) return result;
    const wrap = (x: number) => (kind === "u" ? x >>> 0 : x | 0);
    if (typeof result.value === "number") result.value = wrap(result.value);
    for (let i = 0; i < (result.data?.length ?? 0); i++) {
      if (result.data) result.data[i] = wrap(result.data[i] as number);
    }
    return result;
  };

let repaired = false;

/** Applies the corrections, once. */
export function repairEmulator(): void {
  if (repaired) return;
  repaired = true;
  Object.assign(WorkgroupScheduler.prototype, scheduler);
  Object.assign(MemoryTracker.prototype, tracker);
  const exact = WgslExec.prototype._evalBinaryOpValue as Evaluate;
  Object.assign(WgslExec.prototype, { _evalBinaryOpValue: wrapping(exact) });
}
