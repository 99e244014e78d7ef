import { size } from "../../core/shape.ts";
import type { PipelineCache } from "../../gpu/pipelines.ts";
import { MAX_SCALARS } from "../../kernels/elementwise/chain.ts";
import { stepsOf } from "../../kernels/elementwise/chain_walk.ts";
import type { Dispatch, ParamValues } from "../dispatch.ts";
import { type StepCommand, touches } from "../step/commands.ts";
import type { Storage } from "../storage.ts";
import type { Chain } from "./chain.ts";
import { chainSource } from "./code.ts";
import type { FusionCommand, PointwiseCommand } from "./graph.ts";
import { fuseCommands } from "./group.ts";

/**
 * The same commands with neighbouring elementwise dispatches fused, in an order that gives the same results. `outlives` says
 * whether a buffer's content is needed after the step.
 */
export function fuse(
  commands: readonly StepCommand[],
  outlives: (root: Storage) => boolean,
  pipelines: Pick<PipelineCache, "get">,
): StepCommand[] {
  const storages = [...new Set(commands.flatMap((command) => command.storages))];
  const numbers = new Map(storages.map((storage, i) => [storage, i]));
  const numberOf = (storage: Storage) => numbers.get(storage) as number;
  const roots = storages.map(({ root }) => storages.findIndex((other) => other.root === root));
  const wanted = new Set(storages.filter(({ root }) => outlives(root)).map(numberOf));
  const shared = overlapping(storages);
  const seen = commands.map((command) => fusionCommand(command, numberOf, shared));
  return fuseCommands(seen, wanted, roots).map((each) =>
    typeof each === "number"
      ? (commands[each] as StepCommand)
      : dispatchOf(each, commands as readonly Dispatch[], storages, pipelines),
  );
}

/** For every storage, the storages that share bytes with it, itself included. */
function overlapping(storages: readonly Storage[]): ReadonlyMap<Storage, readonly Storage[]> {
  const byRoot = new Map<Storage, Storage[]>();
  for (const storage of storages) {
    byRoot.set(storage.root, [...(byRoot.get(storage.root) ?? []), storage]);
  }
  const meet = (a: Storage, b: Storage) =>
    a === b || (a.offset < b.offset + b.bytes && b.offset < a.offset + a.bytes);
  return new Map(
    storages.map((storage) => [
      storage,
      (byRoot.get(storage.root) ?? []).filter((other) => meet(storage, other)),
    ]),
  );
}

function fusionCommand(
  command: StepCommand,
  numberOf: (storage: Storage) => number,
  shared: ReadonlyMap<Storage, readonly Storage[]>,
): FusionCommand {
  const { reads, writes } = touches(command);
  const others = (storage: Storage) => shared.get(storage) ?? [];
  const partly = writes.flatMap((storage) => others(storage).filter((other) => other !== storage));
  return {
    reads: [...reads.flatMap(others), ...partly].map(numberOf),
    writes: writes.flatMap(others).map(numberOf),
    point: command.kind === "dispatch" ? pointOf(command, numberOf) : undefined,
    fences: command.kind === "dispatch" ? command.fences : 0,
  };
}

function pointOf(
  { point, pipeline, storages }: Dispatch,
  numberOf: (storage: Storage) => number,
): PointwiseCommand | undefined {
  if (!point) return undefined;
  const numbered = pipeline.bindings.map(({ name, access }, i) => ({
    ...{ name, access, storage: numberOf(storages[i] as Storage) },
  }));
  const inputs = numbered.filter(({ access }) => access !== "write");
  const [output] = numbered.filter(({ access }) => access !== "read");
  return {
    count: size(point.shape),
    inputs: inputs.map(({ name, storage }) => ({
      storage,
      steps: stepsOf(point.inputs[name] ?? [], point.shape),
    })),
    output: output?.storage as number,
    scalars: point.scalars.length,
  };
}

/** The dispatch of a chain, with the place (layer, phase) of its last member. */
function dispatchOf(
  chain: Chain,
  commands: readonly Dispatch[],
  storages: readonly Storage[],
  pipelines: Pick<PipelineCache, "get">,
): Dispatch {
  const members = chain.members.map((member) => commands[member] as Dispatch);
  const source = chainSource(
    chain,
    members.flatMap(({ pipeline: { shader }, point }) => (point ? [{ shader, point }] : [])),
  );
  const pipeline = pipelines.get(source);
  const used = [...chain.operands, ...chain.outputs];
  const bound = pipeline.bindings.map(
    ({ name }) => storages[used.find((each) => each.name === name)?.storage as number] as Storage,
  );
  const paramsOf = (values: (member: Dispatch) => ParamValues): ParamValues => {
    const scalars = members.flatMap((member) => {
      const params = values(member);
      return (member.point?.scalars ?? []).map((name) => params[name] as number);
    });
    const padded = Array.from({ length: MAX_SCALARS }, (_, k) => scalars[k] ?? 0);
    return { ...chain.walk.params, scalars: padded };
  };
  const changes = members.some(({ refresh }) => refresh);
  const [x, y = 1, z = 1] = chain.walk.grid;
  const updated = chain.outputs.filter((output) => output.updated).length;
  const sum = (list: readonly number[]) => list.reduce((a, b) => a + b, 0);
  return {
    kind: "dispatch",
    pipeline,
    storages: bound,
    params: paramsOf(({ params }) => params),
    refresh: changes
      ? () => paramsOf(({ params, refresh }) => (refresh ? refresh() : params))
      : undefined,
    grid: [x, y, z],
    flops: sum(members.map(({ flops }) => flops)),
    bytes:
      sum(bound.map(({ bytes }) => bytes)) + updated * 4 * size(members[0]?.point?.shape ?? []),
    place: (members.at(-1) as Dispatch).place,
    fences: (members.at(-1) as Dispatch).fences,
    fused: source.words,
  };
}
