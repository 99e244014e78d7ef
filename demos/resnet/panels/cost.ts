import { byId, make } from "../../shared/dom.ts";
import { bytes, number } from "../../shared/format.ts";
import type { PerStep } from "../per_step.ts";

const rows: readonly (readonly [string, (cost: PerStep) => string])[] = [
  ["submits to the GPU", (cost) => number(cost.submits)],
  ["kernel dispatches", (cost) => number(cost.dispatches)],
  ["buffers created", (cost) => number(cost.buffersCreated)],
  ["pipelines compiled", (cost) => number(cost.pipelinesCompiled)],
  ["bind groups created", (cost) => number(cost.bindGroupsCreated)],
  ["growth of memory", (cost) => bytes(Math.round(cost.memoryGrowth))],
  ["sent to the GPU", (cost) => bytes(Math.round(cost.bytesUploaded))],
  ["read back", (cost) => bytes(Math.round(cost.bytesRead))],
];

/** The engine's counters per training step. */
export function showCost(cost: PerStep): void {
  const lines = rows.map(([name, value]) =>
    make("div", {}, make("dt", { text: name }), make("dd", { text: value(cost) })),
  );
  byId("cost").replaceChildren(make("dl", { class: "numbers cost" }, ...lines));
}
