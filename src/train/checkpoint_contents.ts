import { ValueError } from "../core/errors.ts";
import { record } from "../core/kinds.ts";
import { describe } from "../core/signature.ts";

const ADVICE = "load a file that saveCheckpoint() made";

/**
 * Checks the contents of a checkpoint, since a file may be complete and yet not be written by `saveCheckpoint`: throws
 * `ValueError` unless its parts are in its state, and its random state is valid.
 */
export function checkedContents(contents: unknown, parts: unknown, random: unknown): object {
  if (!isPlainRecord(contents)) {
    throw new ValueError(
      `checkpoint: expected its state to be an object, got ${describe(contents)}; ${ADVICE}`,
    );
  }
  const isPart = (name: unknown) => typeof name === "string" && Object.hasOwn(contents, name);
  if (!Array.isArray(parts) || !parts.every(isPart)) {
    throw new ValueError(
      `checkpoint: expected parts to be an array of names of its state, got ${describe(parts)}; ${ADVICE}`,
    );
  }
  const { seed, draws } = isPlainRecord(random) ? random : {};
  if (!Number.isInteger(seed) || !Number.isInteger(draws)) {
    throw new ValueError(
      `checkpoint: expected random to have integers seed and draws, got ${describe(random)}; ${ADVICE}`,
    );
  }
  return { contents, parts, random: { seed, draws } };
}

const isPlainRecord = (value: unknown): value is Record<string, unknown> =>
  record.accepts(value) && !ArrayBuffer.isView(value);
