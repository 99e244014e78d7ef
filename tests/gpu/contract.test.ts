import { afterAll, describe, expect, test } from "vitest";
import { WgradError } from "../../src/core/errors.ts";
import type { Kind } from "../../src/core/kinds.ts";
import { tensor } from "../../src/tensor/create.ts";
import { rightValues, sampleOf, wrongValues } from "../support/argument_values.ts";
import { type PublicExport, publicExports } from "../support/public_exports.ts";
import { initShared } from "../support/shared_device.ts";

const other = await initShared();
const engine = await initShared();
const wrong = wrongValues(engine, other);
const pool = rightValues(engine);
const witness = tensor([3, 1, 4]);

/** How a call ended: it returned, or threw or rejected with this error. */
interface Outcome {
  readonly error: unknown;
  readonly failed: boolean;
}

async function outcomeOf({ call }: PublicExport, args: readonly unknown[]): Promise<Outcome> {
  try {
    await call(...args);
    return { error: undefined, failed: false };
  } catch (error) {
    return { error, failed: true };
  }
}

/** What an error lacks; undefined if it names the function, what was expected and what it got. */
function fault(name: string, { error, failed }: Outcome): string | undefined {
  if (!failed) return "is accepted";
  if (!(error instanceof WgradError)) return `throws ${error}`;
  if (!error.message.startsWith(`${name}: `)) return `is refused by another: ${error.message}`;
  if (!/expected/.test(error.message)) return `says not what was expected: ${error.message}`;
  return /got|did you mean/.test(error.message)
    ? undefined
    : `says not what it got: ${error.message}`;
}

/** Functions that run a model of the user's: errors come from its layers and name these. */
const runsModels: readonly string[] = ["activationStats", "summary"];

/** Whether an argument of this kind accepts a value, and the state that is read from it. */
function takes(kind: Kind, value: unknown): boolean {
  if (value === undefined && kind.optional && !kind.rest) return true;
  try {
    if (!kind.accepts(value)) return false;
    kind.check?.(value, "test", "value");
    return true;
  } catch {
    return false;
  }
}

/** Calls a function with every wrong value for every argument; returns the number of calls and what went wrong. */
async function faultsOf(exported: PublicExport) {
  const { name, signature } = exported;
  const faults: string[] = [];
  let calls = 0;
  const before: unknown[] = [];
  for (const [argument, kind] of signature?.parameters ?? []) {
    for (const { words, value } of wrong) {
      if (takes(kind, value)) continue;
      calls++;
      const found = fault(name, await outcomeOf(exported, [...before, value]));
      if (found) faults.push(`${name}: ${words} as ${argument} ${found}`);
    }
    before.push(sampleOf(kind, pool));
  }
  const last = signature?.parameters.at(-1)?.[1];
  if (!last?.rest) {
    calls++;
    const found = fault(name, await outcomeOf(exported, [...before, 7]));
    if (found) faults.push(`${name}: one argument too many ${found}`);
  }
  return { faults, calls };
}

/** The name with which an error's message begins: the function that refuses. */
const speakerOf = ({ error }: Outcome): string =>
  /^[^:]*/.exec(`${(error as Error)?.message}`)?.[0] ?? "";

/**
 * Calls a function with every value that the kind of an argument accepts: if the call fails all the same, the error
 * must name the function.
 */
async function surprisesOf(exported: PublicExport) {
  const { entry, name, signature } = exported;
  // models of the default size would take gigabytes; models.test.ts builds small ones
  if (entry === "wgrad/models") return { surprises: [], calls: 0 };
  const parameters = signature?.parameters ?? [];
  const samples = parameters.map(([, kind]) => (kind.optional ? undefined : sampleOf(kind, pool)));
  const surprises: string[] = [];
  let calls = 0;
  for (const [i, [argument, kind]] of parameters.entries()) {
    for (const { words, value } of wrong) {
      if (!takes(kind, value)) continue;
      calls++;
      const outcome = await outcomeOf(exported, samples.with(i, value));
      const speaker = runsModels.includes(name) ? speakerOf(outcome) : name;
      const found = outcome.failed ? fault(speaker, outcome) : undefined;
      if (found) surprises.push(`${name}: ${words} as ${argument} ${found}`);
    }
  }
  return { surprises, calls };
}

let total = 0;

describe("wrong arguments are refused in the name of the function that was called:", () => {
  for (const exported of publicExports) {
    test(`${exported.entry}: ${exported.name}`, async () => {
      const { faults, calls } = await faultsOf(exported);
      const { surprises, calls: more } = await surprisesOf(exported);
      total += calls + more;
      expect([...faults, ...surprises].join("\n")).toBe("");
    }, 300_000); // long, because measureRoofline takes measurements
  }

  afterAll(async () => {
    console.info(`arguments: ${publicExports.length} exports, ${total} calls`);
    expect([...(await witness.read())]).toEqual([3, 1, 4]);
  });
});
