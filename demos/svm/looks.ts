import type { Shape } from "../shared/canvas.ts";

/** Marks of the classes: they differ in colour and shape. */
export const looks: readonly { readonly colour: string; readonly shape: Shape }[] = [
  { colour: "blue", shape: "circle" },
  { colour: "orange", shape: "square" },
  { colour: "green", shape: "triangle" },
];
