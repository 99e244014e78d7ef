/** Corrections of wgsl_reflect's emulator that its race detector needs. */
import {
  type Assign,
  type Increment,
  MemoryTracker,
  type VariableExpr,
  WgslExec,
  WorkgroupScheduler,
} from "wgsl_reflect/wgsl_reflect.module.js";
import { clearWorkgroupMemory, tracked } from "./emulated_memory.ts";

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
  readonly _debug: {
    readonly exec: WgslExec;
    stepStack(stack: object, within: boolean): void;
  };
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
    clearWorkgroupMemory(this._debug.exec, this._tracker);
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
  readonly kind: "read" | "write";
  readonly atomic: boolean;
  readonly invocation: number;
  readonly line: number;
}

interface Tracker {
  currentInvocation: number;
  currentLine: number;
  readonly races: { message: string }[];
  /** Of this phase: accesses of each word of each buffer, and the races that they make. */
  words?: Map<string, Access[][]>;
  found?: { message: string }[];
}

/**
 * The package keeps all accesses of a phase, a million in a matrix product, and compares them pairwise at its end.
 * Comparing each at once with those of its word that must be kept takes a fraction of the time and of the memory.
 */
const tracker = {
  record(
    this: Tracker,
    id: string,
    offset: number,
    size: number,
    kind: Access["kind"],
    atomic: boolean,
  ) {
    this.words ??= new Map();
    const words = this.words.get(id) ?? [];
    this.words.set(id, words);
    const invocation = this.currentInvocation;
    for (let at = offset; at < offset + size; at += 4) {
      words[at] ??= [];
      const before = words[at] as Access[];
      const access = { kind, atomic, invocation, line: this.currentLine };
      const other = before.find((each) => conflict(each, access));
      if (other) {
        this.found ??= [];
        this.found.push({ message: `${id}, byte ${at}: ${show(other)} and ${show(access)} race` });
      }
      if (isNew(before, access)) before.push(access);
    }
  },
  endPhase(this: Tracker) {
    this.races.push(...(this.found ?? []));
    delete this.found;
    delete this.words;
  },
};

/** Two accesses of each kind by different invocations reveal every conflict; more need not be kept. */
function isNew(before: readonly Access[], { kind, atomic, invocation }: Access): boolean {
  let alike = 0;
  for (const each of before) {
    if (each.kind !== kind || each.atomic !== atomic) continue;
    if (alike++ > 0 || each.invocation === invocation) return false;
  }
  return true;
}

const show = ({ kind, invocation, line }: Access) =>
  `${kind} by invocation ${invocation} in line ${line}`;

function conflict(a: Access, b: Access): boolean {
  const writes = a.kind === "write" || b.kind === "write";
  return a.invocation !== b.invocation && writes && !(a.atomic && b.atomic);
}

interface EmulatedValue {
  /** For a scalar. */
  value?: number;
  /** For a vector. */
  data?: Record<number, number> & { readonly length: number };
  readonly typeInfo?: { readonly name: string; readonly format?: { readonly name: string } };
}

type Evaluate = (...of: unknown[]) => EmulatedValue | null;

/** "i" or "u" for a type of integers or of vectors of them, by its name. */
const integers = new Map(
  ["i", "u"].flatMap((kind) =>
    ["", "vec2", "vec3", "vec4"].flatMap((vector) =>
      [`${vector}${kind}`, `${vector}${kind}32`].map((name) => [name, kind] as const),
    ),
  ),
);

/** The package computes integers as doubles: divisions of vectors give fractions, and u32 does not wrap. */
const wrapping = (exact: Evaluate): Evaluate =>
  function (this: unknown, ...of) {
    const result = exact.apply(this, of);
    const { name = "", format } = result?.typeInfo ?? {};
    const kind = integers.get(format?.name ?? name);
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
  const exec = WgslExec.prototype;
  const target = (it: WgslExec, { variable }: Assign | Increment, context: WgslExec["context"]) =>
    it.getVariableName(variable, context);
  Object.assign(exec, {
    _evalBinaryOpValue: wrapping(exec._evalBinaryOpValue as Evaluate),
    _evalVariable: tracked<VariableExpr>("read", (_, { name }) => name, exec._evalVariable),
    _assign: tracked<Assign>("write", target, exec._assign),
    _increment: tracked<Increment>("write", target, exec._increment),
  });
}
