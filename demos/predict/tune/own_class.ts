import * as words from "../../words/en/predict/tune.ts";
import type { Picture } from "../picture.ts";

/** A visitor's class. */
export interface OwnClass {
  readonly name: string;
  readonly pictures: readonly Picture[];
}

/** Largest number of classes. */
export const CLASSES = { least: 2, most: 5 } as const;

/** Largest number of pictures in a class. */
export const MOST_PICTURES = 60;

/** A class needs this many pictures for one in as many to be held out. */
const HELD_OUT_OF = 4;

/** Why these classes cannot be trained yet, in a sentence; undefined if they can. */
export function problemOf(classes: readonly OwnClass[]): string | undefined {
  const names = classes.map(({ name }) => name);
  const blank = names.indexOf("");
  if (blank >= 0) return words.classHasNoNameYet(blank + 1);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) return words.twoClassesAreCalledGive(twice);
  const empty = classes.filter(({ pictures }) => pictures.length === 0).map(({ name }) => name);
  if (empty.length === 0) return undefined;
  return words.noPictureYetOfAdd(empty.join(words.and));
}

/** Indices of pictures, counted through all classes. */
export interface Split {
  readonly train: Uint32Array<ArrayBuffer>;
  /** Empty if a class has too few pictures. */
  readonly heldOut: Uint32Array<ArrayBuffer>;
}

/** Holds out every fourth picture of every class, if each class has four. */
export function split(classes: readonly OwnClass[]): Split {
  const enough = classes.every(({ pictures }) => pictures.length >= HELD_OUT_OF);
  const within = classes.flatMap(({ pictures }) => [...pictures.keys()]);
  const held = (place: number) => enough && place % HELD_OUT_OF === HELD_OUT_OF - 1;
  const places = (wanted: boolean) =>
    Uint32Array.from(within.flatMap((place, index) => (held(place) === wanted ? [index] : [])));
  return { train: places(false), heldOut: places(true) };
}
