import type { Question } from "../../kernels/variants.ts";
import type { Command } from "../command.ts";
import type { Placing } from "./placing.ts";

/** A field of an object that existed before the step: the value that the step found and the value that it leaves. */
export interface FieldCell {
  readonly owner: object;
  readonly field: string;
  /** The value the step found, or its placeholder; undefined if the step never read it. */
  readonly found: unknown;
  now: unknown;
  written: boolean;
  /** Whether the step cleared the field before reading it, so that the field's old content is freed. */
  cleared: boolean;
}

/** State that the step depended on: a recording can be replayed while `read` returns the recorded value. */
export interface Note {
  readonly read: () => unknown;
  readonly value: unknown;
}

/** The commands of a step, and the changes of host state that every replay repeats. */
export class Recording {
  readonly commands: Command[] = [];
  /** Run before anything else in a replay; if one throws, the replay is refused. */
  readonly checks: (() => void)[] = [];
  /**
   * Called for every replay: advance host state that changes with each step (step counts, random streams), and return a
   * function that undoes it.
   */
  readonly hooks: (() => () => void)[] = [];
  /** Functions that undo the changes of host state made while recording. */
  readonly undos: (() => void)[] = [];
  /** The questions asked of choosers while recording. */
  readonly questions: Question[] = [];
  /** Computes parts of larger tensors in place; undefined if the step offers none (`offerInPlace`). */
  placing: Placing | undefined;
  /** State outside the step that it depended on. */
  readonly notes: Note[] = [];
  /** Storages, tensors and nodes that the step made. */
  readonly #made = new WeakSet<object>();
  readonly #cells = new Map<object, Map<string, FieldCell>>();

  /** Undoes the recording's changes of host state: none of its commands has run. */
  rewind(): void {
    for (const undo of this.undos.toReversed()) undo();
  }

  /** Whether the step made this object; otherwise it existed before. */
  made(object: object): boolean {
    return this.#made.has(object);
  }

  add(object: object): void {
    this.#made.add(object);
  }

  /** Fields of objects from outside that the step has read or written. */
  get cells(): FieldCell[] {
    return [...this.#cells.values()].flatMap((fields) => [...fields.values()]);
  }

  cell(owner: object, field: string): FieldCell | undefined {
    return this.#cells.get(owner)?.get(field);
  }

  /** Makes the cell of a field that the step has not touched before. */
  open(owner: object, field: string, found: unknown): FieldCell {
    const fields = this.#cells.get(owner) ?? new Map<string, FieldCell>();
    const cell = { owner, field, found, now: found, written: false, cleared: false };
    this.#cells.set(owner, fields.set(field, cell));
    return cell;
  }
}

let fences = 0;

/** Separates commands for fusion: no dispatch is fused across a fence. */
export function fence(): void {
  fences++;
}

/** Number of fences so far. */
export function fenceCount(): number {
  return fences;
}

let active: Recording | undefined;

/** The recording in progress, if any. */
export function activeRecording(): Recording | undefined {
  return active;
}

/** Runs `work` with every command going to `recording` instead of the queue. */
export function recordInto<R>(recording: Recording, work: () => R): R {
  const before = active;
  active = recording;
  try {
    return work();
  } finally {
    active = before;
  }
}

/** Undo functions for the next dispatch, collected by `onRefusal`. */
let pending: (() => void)[] | undefined;

/**
 * Advances host state together with the next queued dispatch, and with every replay of a captured step. `move` makes the
 * change and returns a function that undoes it, called if the dispatch is refused, or if the step is refused or recorded
 * without being run.
 */
export function moving(move: () => () => void): void {
  const undo = move();
  active?.hooks.push(move);
  if (active) active.undos.push(undo);
  else onRefusal(undo);
}

/** Registers `undo` for the next queued dispatch: it is called if the dispatch is refused. */
export function onRefusal(undo: () => void): void {
  if (active) return;
  pending ??= [];
  pending.push(undo);
}

/** Takes the undo functions collected for the dispatch that is being made. */
export function takeUndos(): readonly (() => void)[] | undefined {
  const undos = pending;
  pending = undefined;
  return undos;
}

/** Registers a check of argument values that is repeated in every replay. */
export function checkOnReplay(check: () => void): void {
  active?.checks.push(check);
}

/** Called when a step depends on host state: if the value differs at a later call, the captured step is recorded anew. */
export function follow(read: () => unknown): void {
  active?.notes.push({ read, value: read() });
}

/** Called by constructors: an object made within the step belongs to the step, and its state is not followed. */
export function making(object: object): void {
  active?.add(object);
}

/** How a field's values are compared, and the placeholder used for a value within a captured step. */
export interface FieldKind<O, V> {
  key(value: V, owner: O): unknown;
  standIn(value: V, owner: O): V;
}

/**
 * The getter of a field that eager code follows, such as `training`. Outside a captured step it returns `value`; inside,
 * what the step has written, else the value found, and then the step is replayed only while that value is the same.
 */
export function followed<O extends object, V>(
  owner: O,
  field: string & keyof O,
  value: V,
  kind?: FieldKind<O, V>,
): V {
  if (!active || active.made(owner)) return value;
  const cell = active.cell(owner, field);
  if (cell) return cell.now as V;
  const read = kind ? () => kind.key(owner[field] as V, owner) : () => owner[field];
  active.notes.push({ read, value: kind ? kind.key(value, owner) : value });
  return active.open(owner, field, kind ? kind.standIn(value, owner) : value).now as V;
}

/**
 * Called by the setter of a field: returns whether the step in progress has recorded the value. Every replay sets the field
 * to the last recorded value.
 */
export function taken(owner: object, field: string, value: unknown): boolean {
  if (!active || active.made(owner)) return false;
  const cell = active.cell(owner, field) ?? active.open(owner, field, undefined);
  cell.now = value;
  cell.written = true;
  return true;
}

/**
 * Records that the step clears a field without having read it, so that it works with any previous value. Returns whether it
 * did.
 */
export function cleared(owner: object, field: string): boolean {
  if (!active || active.cell(owner, field) || !taken(owner, field, null)) return false;
  (active.cell(owner, field) as FieldCell).cleared = true;
  return true;
}
