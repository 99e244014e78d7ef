import * as words from "../../words/en/predict/tune.ts";
import type { Picture } from "../picture.ts";

/** A class that the visitor makes. */
export interface OwnClass {
  readonly name: string;
  readonly pictures: readonly Picture[];
}

/** How many classes there may be. */
export const CLASSES = { least: 2, most: 5 } as const;

/** Most pictures of a class. */
export const MOST_PICTURES = 60;

/** Pictures that every class needs for some of them to be held out; one of so many then is. */
const HELD_OUT_OF = 4;

/** Why these classes cannot be learned yet, in a sentence; undefined if they can. */
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

/** Places of pictures, counted through all classes. */
export interface Split {
  readonly train: Uint32Array<ArrayBuffer>;
  /** Empty where a class has too few pictures. */
  readonly heldOut: Uint32Array<ArrayBuffer>;
}

/** Holds out every fourth picture of every class, if each has four. */
export function split(classes: readonly OwnClass[]): Split {
  const enough = classes.every(({ pictures }) => pictures.length >= HELD_OUT_OF);
  const within = classes.flatMap(({ pictures }) => [...pictures.keys()]);
  const held = (place: number) => enough && place % HELD_OUT_OF === HELD_OUT_OF - 1;
  const places = (wanted: boolean) =>
    Uint32Array.from(within.flatMap((place, index) => (held(place) === wanted ? [index] : [])));
  return { train: places(false), heldOut: places(true) };
}
