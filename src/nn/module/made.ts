import { callAs } from "../../core/caller.ts";
import type { Module } from "./module.ts";

/** Makes a part of a layer within its constructor: errors begin with the name of the class, which the user called. */
export const made = <R>(layer: object, work: () => R): R =>
  callAs((layer.constructor as typeof Module).signature.name, work);
