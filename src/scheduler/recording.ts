import type { Question } from "../kernels/variants.ts";
import type { Command } from "./command.ts";

/** What a step did: its commands, and what the host must do again whenever they are replayed. */
export class Recording {
  readonly commands: Command[] = [];
  /** Run before anything else of a replay; one that throws stops it. */
  readonly checks: (() => void)[] = [];
  /** Host state that moves on with every step: counters, random streams. */
  readonly hooks: (() => void)[] = [];
  /** Takes back what the recording itself moved on, the latest first. */
  readonly undos: (() => void)[] = [];
  /** Where there were several kernels to choose from. */
  readonly questions: Question[] = [];

  /** Puts host state back to where it was before the recording: nothing of it has run. */
  rewind(): void {
    for (const undo of this.undos.splice(0).reverse()) undo();
  }
}

let fences = 0;

/** Commands before a fence and behind it stay apart: no dispatch is fused across it. */
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

/**
 * Called where host state has moved on with a step that may be captured: `hook` moves it on in every replay, `undo` puts it
 * back to where it was, should the step be recorded without being run.
 */
export function onReplay(hook: () => void, undo: () => void): void {
  active?.hooks.push(hook);
  active?.undos.push(undo);
}

/** Called where arguments are checked by their values: `check` checks those of every replay. */
export function checkOnReplay(check: () => void): void {
  active?.checks.push(check);
}
