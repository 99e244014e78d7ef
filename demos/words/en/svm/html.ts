export const pageTitle = "Support vector machines · wgrad";
export const description =
  "Support vector machines: draw points, choose a kernel, and see borders, margins and support vectors move.";
export const supportVectorMachines = "Support vector machines";
export const borderWithWidestMargin =
  'The border with the widest <span data-term="margin">margin</span> between classes, determined by a few <span data-term="support vector">support vectors</span>.';
export const points = "Points";
export const clickPuts = "A click puts";
export const undo = "Undo";
export const clear = "Clear";
export const stop = "Stop";
export const starting = "Starting …";
export const task = "Task";
export const machine = "Machine";
export const whatIsMadeOfKernel =
  'Its settings: the <span data-term="kernel">kernel</span>, <span data-term="C">C</span>, <span data-term="γ">γ</span>, and for curves the <span data-term="tube">tube</span>.';
export const whatFound = "What it found";
export const fullLineWhereMachine =
  "Full line: where the machine decides. Thin lines: its margins, or the tube in which errors cost nothing. Rings: support vectors. Tap or click to put points, drag them, or use the arrow keys and Enter; Ctrl+Z takes a change back.";
