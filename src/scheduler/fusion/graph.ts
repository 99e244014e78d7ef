import type { AxisStep } from "../../kernels/shape/walk.ts";

/** A command as fusion sees it; storages are numbers. */
export interface FusionCommand {
  /** Storages that the command reads, and those that overlap them. A write of a part of a storage also counts as a read. */
  readonly reads: readonly number[];
  /** Storages that the command writes, and those that overlap them. */
  readonly writes: readonly number[];
  /** Set if the command is elementwise. */
  readonly point?: PointwiseCommand | undefined;
  /** Commands with different numbers are never fused. */
  readonly fences?: number;
}

/** `output[i] = f(inputs[i] …, scalars …)` for `count` elements. */
export interface PointwiseCommand {
  readonly count: number;
  /** In the order of f's arguments; includes the output if it is updated in place. */
  readonly inputs: readonly { readonly storage: number; readonly steps: readonly AxisStep[] }[];
  readonly output: number;
  readonly scalars: number;
}

/** The order that commands must keep. */
export interface Dependencies {
  /** Commands that must wait for this one. */
  readonly after: readonly (readonly number[])[];
  /** Commands that read what this one wrote, with the storage. */
  readonly readers: readonly (readonly { readonly command: number; readonly storage: number }[])[];
}

/** The order that reads after writes, writes after reads and writes after writes impose. */
export function dependencies(commands: readonly FusionCommand[]): Dependencies {
  const after = commands.map(() => new Set<number>());
  const readers = commands.map((): { command: number; storage: number }[] => []);
  const lastWriter = new Map<number, number>();
  const readersSince = new Map<number, number[]>();
  commands.forEach(({ reads, writes }, i) => {
    for (const storage of reads) {
      const writer = lastWriter.get(storage);
      if (writer !== undefined) {
        after[writer]?.add(i);
        readers[writer]?.push({ command: i, storage });
      }
      readersSince.set(storage, [...(readersSince.get(storage) ?? []), i]);
    }
    for (const storage of writes) {
      const before = [lastWriter.get(storage), ...(readersSince.get(storage) ?? [])];
      for (const command of before)
        if (command !== undefined && command !== i) after[command]?.add(i);
      lastWriter.set(storage, i);
      readersSince.set(storage, []);
    }
  });
  return { after: after.map((set) => [...set]), readers };
}
