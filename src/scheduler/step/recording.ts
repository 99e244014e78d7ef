import type { Question } from "../../kernels/variants.ts";
import type { Command } from "../command.ts";
import type { Placing } from "./placing.ts";

/** A field of an object that existed before the step: the value the step found in it and the value it leaves. */
export interface Cell {
  readonly owner: object;
  readonly field: string;
  /** The value the step found, or its placeholder; undefined if the step never read it. */
  readonly found: unknown;
  now: unknown;
  written: boolean;
  /** Whether the step cleared it before reading it, so that its old content is freed. */
  cleared: boolean;
}

/** State that the step depended on: a recording can be replayed while `read` returns the recorded value. */
export interface Note {
  readonly read: () => unknown;
  readonly value: unknown;
}

/** What a step did: its commands, and what the host must do again whenever they are replayed. */
export class Recording {
  readonly commands: Command[] = [];
  /** Run before anything else of a replay; one that throws stops it. */
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
  /** How parts of larger tensors are computed where they lie, if there are any. */
  placing: Placing | undefined;
  /** State outside of the step that it depended on. */
  readonly notes: Note[] = [];
  /** Storages, tensors and nodes that the step made. */
  readonly #made = new WeakSet<object>();
  readonly #cells = new Map<object, Map<string, Cell>>();

  /** Restores host state as it was before the recording: none of the commands has run. */
  rewind(): void {
    for (const undo of this.undos.toReversed()) undo();
  }

  /** Whether the step made it, rather than found it. */
  made(object: object): boolean {
    return this.#made.has(object);
  }

  add(object: object): void {
    this.#made.add(object);
  }

  /** Fields of objects from outside that the step has read or set. */
  get cells(): Cell[] {
    return [...this.#cells.values()].flatMap((fields) => [...fields.values()]);
  }

  cell(owner: object, field: string): Cell | undefined {
    return this.#cells.get(owner)?.get(field);
  }

  /** Makes the cell of a field that the step has not touched so far. */
  open(owner: object, field: string, found: unknown): Cell {
    const fields = this.#cells.get(owner) ?? new Map<string, Cell>();
    const cell = { owner, field, found, now: found, written: false, cleared: false };
    this.#cells.set(owner, fields.set(field, cell));
    return cell;
  }
}

let fences = 0;

/** Ends the section of commands that may be fused with each other: no dispatch is fused across a fence. */
export function fence(): void {
  fences++;
}

/** Fences so far. */
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

/** Those of `onRefusal`, for the next dispatch. */
let pending: (() => void)[] | undefined;

/**
 * Moves host state on with the dispatch that is queued next, and with every replay of a step that is captured. `move` gives
 * what takes that back, should the dispatch be refused, or the step be refused or recorded without being run.
 */
export function moving(move: () => () => void): void {
  const undo = move();
  active?.hooks.push(move);
  if (active) active.undos.push(undo);
  else onRefusal(undo);
}

/** Called where host state moves on with the dispatch that is queued next: `undo` takes that back if it is refused. */
export function onRefusal(undo: () => void): void {
  if (active) return;
  pending ??= [];
  pending.push(undo);
}

/** What takes host state back to before the dispatch that is being made. */
export function takeUndos(): readonly (() => void)[] | undefined {
  const undos = pending;
  pending = undefined;
  return undos;
}

/** Called where arguments are checked by their values: `check` checks those of every replay. */
export function checkOnReplay(check: () => void): void {
  active?.checks.push(check);
}

/** Called where a step goes by host state: with another value than now, a captured step is recorded anew. */
export function follow(read: () => unknown): void {
  active?.notes.push({ read, value: read() });
}

/** Called by constructors: an object made within the step is the step's own, and its state is not followed. */
export function making(object: object): void {
  active?.add(object);
}

/** How a field's value is compared with what it was, and what stands in for it within a captured step. */
export interface FieldKind<O, V> {
  key(value: V, owner: O): unknown;
  standIn(value: V, owner: O): V;
}

/**
 * The getter of a field that eager code follows, such as `training`: `value` itself; within a captured step what the step
 * has set it to, else what it found there, and then the step is replayed only while it finds the same.
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

/** The setter's half: whether the step in progress has taken the value. Every replay sets the field to the last one. */
export function taken(owner: object, field: string, value: unknown): boolean {
  if (!active || active.made(owner)) return false;
  const cell = active.cell(owner, field) ?? active.open(owner, field, undefined);
  cell.now = value;
  cell.written = true;
  return true;
}

/** Whether a captured step has now cleared this field without having looked at it: it works whatever was there. */
export function cleared(owner: object, field: string): boolean {
  if (!active || active.cell(owner, field) || !taken(owner, field, null)) return false;
  (active.cell(owner, field) as Cell).cleared = true;
  return true;
}
