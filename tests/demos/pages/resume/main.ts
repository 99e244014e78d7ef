import { init, manualSeed } from "wgrad";
import { loadCheckpoint } from "wgrad/train";
import { Shelf } from "./shelf.ts";
import { type Run, runs, Training } from "./training.ts";

/** Bits of each training by its name: the state that is saved, and the losses of the second half. */
type Bits = Record<string, string>;

/** Trains without a break, then again up to half of the steps, and keeps the checkpoint of the latter. */
async function begin(run: Run, shelf: Shelf, bits: Bits): Promise<void> {
  const whole = new Training(run, 1);
  const losses = await whole.until(2 * run.half);
  bits[run.name] = await digest(await whole.save(), losses.slice(run.half));
  whole.dispose();
  const half = new Training(run, 1);
  await half.until(2 * run.half, run.half);
  await shelf.put(run.name, await half.save());
  half.dispose();
}

/** Trains the second half from the checkpoint; if `leftOut` is given, without loading that part. */
async function resume(run: Run, shelf: Shelf, leftOut?: string): Promise<string> {
  const training = new Training(run, 999); // a seed for other weights and other random numbers
  const { [leftOut ?? ""]: _, ...parts } = training.parts;
  await loadCheckpoint(await shelf.get(run.name), parts);
  if (leftOut === "random") manualSeed(999);
  const done = leftOut === "data" ? 0 : run.half;
  const losses = await training.until(done + run.half);

  const bits = await digest(await training.save(), losses);
  training.dispose();
  return bits;
}

async function digest(file: ArrayBuffer, losses: readonly number[]): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", file));
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex} ${losses.length} losses to ${losses.at(-1)}`;
}

/** Parts of a checkpoint; without any of them the bits come out different. */
const needed = ["model", "optimizer", "schedule", "data", "random", "average", "stopping"];

async function main(): Promise<object> {
  await init();
  const shelf = await Shelf.open();
  const bits: Bits = {};
  if (new URLSearchParams(location.search).get("phase") === "first") {
    for (const run of runs) await begin(run, shelf, bits);
    return bits;
  }
  for (const run of runs) bits[run.name] = await resume(run, shelf);
  const [control] = runs.filter(({ name }) => name === "SGD with everything");
  const without: Bits = {};
  if (control) for (const part of needed) without[part] = await resume(control, shelf, part);
  return { bits, without };
}

const progress = { done: 0, total: 1, text: "training" };
window.wgradDemo = { progress };
main().then(
  (result) => {
    window.wgradDemo = { progress, result };
  },
  (error: unknown) => {
    window.wgradDemo = { progress, error: String(error) };
  },
);
