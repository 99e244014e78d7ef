import type { Shape } from "../core/shape.ts";
import { columns } from "./columns.ts";
import type { ModelSummary } from "./summary.ts";

const whole = (n: number): string => (n === 0 ? "–" : n.toLocaleString("en-US"));
const mib = (bytes: number): string => (bytes === 0 ? "–" : `${(bytes / 2 ** 20).toFixed(2)} MiB`);
const millions = (n: number): string => (n === 0 ? "–" : `${(n / 1e6).toFixed(2)} M`);
const shapes = (list: readonly Shape[]): string =>
  list.map((each) => `[${each.join(", ")}]`).join(" ");

/** A line for each layer, then the totals. */
export function tableOf(found: Omit<ModelSummary, "table">): string {
  const rows = found.layers.map(({ name, layer, outputs, parameters, multiplyAdds, bytes }) => [
    ...[name || "(the model)", layer, shapes(outputs)],
    ...[whole(parameters), millions(multiplyAdds), mib(bytes)],
  ]);
  const frozen = found.parameters - found.trainableParameters;
  return [
    ...columns([["layer", "class", "output", "parameters", "multiply-adds", "memory"], ...rows]),
    "",
    `${shapes([found.input])} to ${shapes(found.outputs)}`,
    `parameters     ${whole(found.parameters)}${frozen > 0 ? `, ${whole(frozen)} of them frozen` : ""}`,
    `multiply-adds  ${millions(found.multiplyAdds)}`,
    `memory         ${mib(found.parameterBytes)} of parameters and buffers, ${mib(found.activationBytes)} of activations`,
  ].join("\n");
}
