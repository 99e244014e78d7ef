import { isCapturable, writtenRoots } from "../scheduler/step/commands.ts";
import type { FieldCell, Recording } from "../scheduler/step/recording.ts";
import type { Storage } from "../scheduler/storage.ts";
import { roomLike, type Tensor } from "./tensor.ts";

/** How a step changes the gradient of an argument or of a leaf from outside. */
interface GradEffect {
  readonly leaf: Tensor | number;
  /** Stands in the step for a gradient that lies in no arena; each replay copies the gradient in. */
  readonly standIn: Tensor | undefined;
  /** The gradient after the step: a new tensor each time, the one that was found, or this one. */
  readonly leaves: "new" | "found" | Tensor | null;
  /** Shape and dtype of a new gradient. */
  readonly like: Tensor | undefined;
  /** Whether the step changes the gradient that it found. */
  readonly changes: boolean;
  /** Whether the step frees the gradient that it found. */
  readonly frees: boolean;
}

/** A gradient that one replay copies out. */
interface Outgoing {
  readonly effect: GradEffect;
  readonly leaf: Tensor;
  readonly next: Tensor | null;
}

/**
 * Repeats the step's changes to fields of tensors and modules from outside in every replay, so that each leaf has the
 * gradient that running the step would give it.
 */
export class StepEffects {
  /** Gradients that are copied in or out, and gradients that are only assigned. */
  readonly #copied: readonly GradEffect[];
  readonly #set: readonly GradEffect[];
  readonly #fields: readonly FieldCell[];
  /** Indices of the arguments that the step writes to. */
  readonly #writtenArgs: readonly number[];
  readonly #placeholders: readonly Tensor[];

  /** `given`: the result of `argumentCells` before the step ran. */
  constructor(recording: Recording, placeholders: readonly Tensor[], given: readonly FieldCell[]) {
    const written = new Set(recording.commands.filter(isCapturable).flatMap(writtenRoots));
    const writes = ({ storage }: Tensor) => written.has(storage.root);
    const cells = [...recording.cells, ...given.map(asLeft)];
    const isGrad = ({ field }: FieldCell) => field === "grad";
    const effects = cells.filter(isGrad).map((cell) => {
      const number = placeholders.indexOf(cell.owner as Tensor);
      return gradEffect(recording, number < 0 ? (cell.owner as Tensor) : number, cell, writes);
    });
    const isCopied = ({ standIn, like }: GradEffect) => !!standIn || !!like;
    this.#copied = effects.filter(isCopied);
    this.#set = effects.filter((effect) => !isCopied(effect) && effect.leaves !== "found");
    this.#fields = cells.filter((cell) => cell.written && !isGrad(cell));
    this.#placeholders = placeholders;
    this.#writtenArgs = placeholders.flatMap((each, i) => (writes(each) ? [i] : []));
    for (const { standIn, like } of effects) for (const own of [standIn, like]) own?.dispose();
  }

  /** Storages that every replay copies in, after the arguments. */
  get inputs(): Storage[] {
    return this.#copied.flatMap(({ standIn }) => (standIn ? [standIn.storage] : []));
  }

  /** Storages that every replay copies out, before the results. */
  get outputs(): Storage[] {
    const grads = this.#copied.flatMap(({ standIn, like, changes }) => {
      const out = like ?? (changes ? standIn : undefined);
      return out ? [out.storage] : [];
    });
    return [...this.#writtenArgs.map((i) => (this.#placeholders[i] as Tensor).storage), ...grads];
  }

  /**
   * Sources of the inputs and destinations of the outputs of this replay; `done` sets the fields and returns their undo
   * functions.
   */
  begin(args: readonly Tensor[]): { from: Storage[]; to: Storage[]; done: () => (() => void)[] } {
    const from: Storage[] = [];
    const to = this.#writtenArgs.map((i) => (args[i] as Tensor).storage);
    const outgoing = this.#copied.map((effect): Outgoing => {
      const leaf = leafOf(effect, args);
      const { grad } = leaf;
      if (effect.standIn && grad) from.push(grad.storage);
      const next = nextGrad(effect, grad);
      if (next && (effect.like || effect.changes)) to.push(next.storage);
      return { effect, leaf, next };
    });
    return { from, to, done: () => this.#finish(outgoing, args) };
  }

  #finish(outgoing: readonly Outgoing[], args: readonly Tensor[]): (() => void)[] {
    return [
      ...outgoing.map(({ effect, leaf, next }) => setGrad(effect, leaf, next)),
      ...this.#set.map((effect) =>
        setGrad(effect, leafOf(effect, args), effect.leaves as Tensor | null),
      ),
      ...this.#fields.map(({ owner, field, now }) => {
        const number = this.#placeholders.indexOf(owner as Tensor);
        return setField(number < 0 ? owner : (args[number] as Tensor), field, now);
      }),
    ];
  }
}

/** Fields of the placeholders for the arguments, before the step has run. */
export function argumentCells(placeholders: readonly Tensor[]): FieldCell[] {
  const fields = ["requiresGrad", "grad"] as const;
  return placeholders.flatMap((owner) =>
    fields.map((field): FieldCell => {
      const found = owner[field];
      return { owner, field, found, now: found, written: false, cleared: false };
    }),
  );
}

function asLeft(cell: FieldCell): FieldCell {
  const now: unknown = Reflect.get(cell.owner, cell.field);
  return { ...cell, now, written: now !== cell.found };
}

function leafOf({ leaf }: GradEffect, args: readonly Tensor[]): Tensor {
  return typeof leaf === "number" ? (args[leaf] as Tensor) : leaf;
}

/** Sets a field. Returns an undo function, which does nothing if the field was set again since. */
function setField(
  owner: object,
  field: string,
  value: unknown,
  before: unknown = Reflect.get(owner, field),
): () => void {
  Reflect.set(owner, field, value);
  return () => {
    if (Reflect.get(owner, field) === value) Reflect.set(owner, field, before);
  };
}

function setGrad({ frees }: GradEffect, leaf: Tensor, next: Tensor | null): () => void {
  const { grad } = leaf;
  const freed = grad && frees && grad !== next && grad !== leaf.gradTarget;
  if (freed) grad.dispose();
  return setField(leaf, "grad", next, freed ? null : grad);
}

function gradEffect(
  recording: Recording,
  leaf: Tensor | number,
  { found, now, written, cleared }: FieldCell,
  writes: (tensor: Tensor) => boolean,
): GradEffect {
  const made = (value: unknown): value is Tensor => !!value && recording.made(value);
  const standIn = made(found) ? found : undefined;
  const changes = !!standIn && (!written || now === standIn) && writes(standIn);
  const frees = cleared || !!standIn?.disposed;
  const isNew = written && made(now) && now !== standIn;
  const leaves = isNew ? "new" : !written || now === standIn ? "found" : (now as Tensor | null);
  return { leaf, standIn, leaves, like: isNew ? now : undefined, changes, frees: frees || changes };
}

/**
 * A leaf's gradient after a replay. A gradient whose bytes are shared is replaced, not overwritten, as when running the
 * step.
 */
function nextGrad({ leaves, like, changes }: GradEffect, grad: Tensor | null): Tensor | null {
  if (like) return roomLike(like);
  if (leaves !== "found") return leaves as Tensor | null;
  return grad && changes && grad.storage.shared ? roomLike(grad) : grad;
}
