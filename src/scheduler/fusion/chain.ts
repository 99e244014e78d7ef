import { MAX_SCALARS } from "../../kernels/elementwise/chain.ts";
import { type ChainWalk, isWhole, walkTogether } from "../../kernels/elementwise/chain_walk.ts";
import type { FusionCommand, PointwiseCommand } from "./graph.ts";

/**
 * Binding names in shaders/elementwise/chain.wgsl: operands read four elements at a time, and operands with one number per
 * four elements.
 */
const PACKS = ["x0", "x1", "x2", "x3"];
const NUMBERS = ["b0", "b1"];
const OUTPUTS = ["y0", "y1"];
/** Maximum number of kernel calls in a chain; limits the compile time of the generated WGSL. */
const MAX_CALLS = 32;

/** A buffer a chain reads. */
export interface ChainOperand {
  readonly storage: number;
  /** Name of the operand in chain.wgsl. */
  readonly name: string;
  /** The expression it is indexed with. */
  readonly at: string;
}

/** A buffer a chain writes. */
export interface ChainOutput {
  readonly storage: number;
  readonly name: string;
  /** The call whose value is written to it. */
  readonly call: number;
  /** Whether its old content is read first. */
  readonly updated: boolean;
}

/**
 * Several dispatches as one: a list of calls, whose arguments are results of earlier calls (`t0`), operands (`x0`) and
 * scalars.
 */
export interface Chain {
  /** Numbers of the commands, in order. */
  readonly members: readonly number[];
  readonly walk: ChainWalk;
  readonly operands: readonly ChainOperand[];
  readonly outputs: readonly ChainOutput[];
  /** For every member, the names of its function's arguments. */
  readonly calls: readonly (readonly string[])[];
}

/** The distinct operands found so far, in the order in which the calls read them. */
type Read = { storage: number; steps: PointwiseCommand["inputs"][number]["steps"] };
type Argument = { value: number } | { operand: number } | { old: number };

/**
 * The commands `members` as one chain. `needed` says whether anything outside the chain reads a member's output; `roots`
 * gives the buffer that each storage lies in. Undefined if there are not enough bindings or access patterns, or if an
 * element would depend on other elements.
 */
export function chainOf(
  commands: readonly FusionCommand[],
  members: readonly number[],
  needed: (member: number) => boolean,
  roots: readonly number[],
): Chain | undefined {
  if (members.length > MAX_CALLS) return undefined;
  const points = members.map((member) => commands[member]?.point as PointwiseCommand);
  const last = new Map(points.map(({ output }, call) => [output, call]));
  const wanted = new Set(
    points.flatMap(({ output }, call) => (needed(members[call] as number) ? [output] : [])),
  );
  if (wanted.size > OUTPUTS.length || overlaps(commands, members, points)) return undefined;
  const outputs = [...wanted];
  const traced = trace(points, outputs);
  const scalars = points.reduce((sum, point) => sum + point.scalars, 0);
  if (!traced || scalars > MAX_SCALARS) return undefined;
  const written = new Set(outputs.map((storage) => roots[storage]));
  if (traced.reads.some(({ storage }) => written.has(roots[storage]))) return undefined;
  const count = points[0]?.count ?? 0;
  const walk = walkTogether(
    count,
    traced.reads.map(({ steps: axes }) => axes),
  );
  const operands = walk && bind(traced.reads, walk);
  if (!operands) return undefined;
  const named = (argument: Argument) => {
    if ("value" in argument) return `t${argument.value}`;
    return "old" in argument
      ? `old${argument.old}`
      : (operands[argument.operand] as ChainOperand).name;
  };
  const updated = (k: number) =>
    traced.calls.some((call) => call.some((argument) => "old" in argument && argument.old === k));
  return {
    members,
    walk,
    operands,
    outputs: outputs.map((storage, k) => ({
      storage,
      name: OUTPUTS[k] as string,
      call: last.get(storage) as number,
      updated: updated(k),
    })),
    calls: traced.calls.map((call) => call.map(named)),
  };
}

/**
 * Whether a member writes a storage that overlaps another member's storage without being the same: elements then do not
 * correspond.
 */
function overlaps(
  commands: readonly FusionCommand[],
  members: readonly number[],
  points: readonly PointwiseCommand[],
): boolean {
  const touched = new Set(
    points.flatMap(({ inputs, output }) => [output, ...inputs.map(({ storage }) => storage)]),
  );
  return members.some((member, call) =>
    commands[member]?.writes.some(
      (storage) => storage !== points[call]?.output && touched.has(storage),
    ),
  );
}

/** The source of every argument; undefined if a value is read at another index than it was written at. */
function trace(
  points: readonly PointwiseCommand[],
  outputs: readonly number[],
): { reads: Read[]; calls: Argument[][] } | undefined {
  const values = new Map<number, number>();
  const reads: Read[] = [];
  const keys = new Map<string, number>();
  const calls: Argument[][] = [];
  for (const [call, { inputs, output }] of points.entries()) {
    const list: Argument[] = [];
    for (const { storage, steps } of inputs) {
      const value = values.get(storage);
      const old = outputs.indexOf(storage);
      if ((value !== undefined || old >= 0) && !isWhole(steps)) return undefined;
      if (value !== undefined) {
        list.push({ value });
      } else if (old >= 0) {
        list.push({ old });
      } else {
        const key = `${storage}:${steps.map(({ size, stride }) => `${size}*${stride}`).join()}`;
        if (!keys.has(key)) keys.set(key, reads.push({ storage, steps }) - 1);
        list.push({ operand: keys.get(key) as number });
      }
    }
    calls.push(list);
    values.set(output, call);
  }
  return { reads, calls };
}

/**
 * Assigns a binding to every operand; operands with one number per four elements have bindings of their own. Undefined if
 * there are too few.
 */
function bind(reads: readonly Read[], { readings, width }: ChainWalk): ChainOperand[] | undefined {
  const packs = [...PACKS];
  const numbers = [...NUMBERS];
  const operands: ChainOperand[] = [];
  for (const [k, { storage }] of reads.entries()) {
    const { at, splat } = readings[k] as ChainWalk["readings"][number];
    const alike = width === "one" && packs.length === 0; // then all operands are single numbers
    const name = (splat || alike ? numbers : packs).shift();
    if (!name) return undefined;
    operands.push({ storage, name, at });
  }
  return operands;
}
