import type { Shape } from "../shared/canvas.ts";

/** How classes look: told apart by colour and by shape. */
export const looks: readonly { readonly colour: string; readonly shape: Shape }[] = [
  { colour: "blue", shape: "circle" },
  { colour: "orange", shape: "square" },
  { colour: "green", shape: "triangle" },
];
