import type { Command } from "./command.ts";

/** What a step did: its commands, and what the host must do again whenever they are replayed. */
export class Recording {
  readonly commands: Command[] = [];
  /** Run before anything else of a replay; one that throws stops it. */
  readonly checks: (() => void)[] = [];
  /** Host state that moves on with every step: counters, random streams. */
  readonly hooks: (() => void)[] = [];
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

/** Called where host state moves on with a step that may be captured: `hook` moves it on in every replay. */
export function onReplay(hook: () => void): void {
  active?.hooks.push(hook);
}

/** Called where arguments are checked by their values: `check` checks those of every replay. */
export function checkOnReplay(check: () => void): void {
  active?.checks.push(check);
}
