import { isWhole } from "../../kernels/elementwise/chain_walk.ts";
import { type Chain, chainOf } from "./chain.ts";
import {
  type Dependencies,
  dependencies,
  type FusionCommand,
  type PointwiseCommand,
} from "./graph.ts";

/** Commands and chains, in the order in which they run. */
export type Fused = readonly (number | Chain)[];

/**
 * Decides which elementwise commands are fused, and the order in which everything then runs. Two commands are fused if one
 * reads what the other writes, or both read the same storage, and no other command has to run between them. `wanted` are
 * the storages whose content is needed after the step; `roots` gives the buffer that each storage lies in.
 */
export function fuseCommands(
  commands: readonly FusionCommand[],
  wanted: ReadonlySet<number>,
  roots: readonly number[],
): Fused {
  const graph = dependencies(commands);
  const groups = commands.map((_, i): readonly number[] => [i]);
  const chains = new Map<readonly number[], Chain>();
  const join = (i: number, j: number): boolean => {
    const [a, b] = [groups[i], groups[j]];
    if (!a || !b || a === b) return false;
    const members = [...a, ...b].sort((x, y) => x - y);
    const chain = chainOf(
      commands,
      members,
      neededOutside(commands, graph, wanted, members),
      roots,
    );
    if (!chain || !canRunTogether(graph, groups, members)) return false;
    for (const member of members) groups[member] = members;
    chains.set(members, chain);
    return true;
  };
  const linked = pairs(commands, feeds);
  const alike = pairs(commands, readTheSame);
  for (const list of [linked, alike, linked]) {
    let joined: number;
    do {
      joined = list.filter(([i, j]) => join(i, j)).length;
    } while (joined > 0); // fusing may have made further pairs possible
  }
  return inOrder(graph, groups).map((group) => chains.get(group) ?? (group[0] as number));
}

/**
 * Pairs of elementwise commands of equal size for which `related` holds, ordered by the second command, then the nearest
 * first.
 */
function pairs(
  commands: readonly FusionCommand[],
  related: (first: PointwiseCommand, second: PointwiseCommand) => boolean,
): (readonly [number, number])[] {
  const points = commands.flatMap(({ point, fences }, i) =>
    point && point.count > 0 ? [{ point, i, fences }] : [],
  );
  return points.flatMap(({ point, i, fences }, k) =>
    points
      .slice(0, k)
      .reverse()
      .filter((other) => other.point.count === point.count && other.fences === fences)
      .filter((other) => related(other.point, point))
      .map((other) => [other.i, i] as const),
  );
}

const feeds = ({ output }: PointwiseCommand, { inputs }: PointwiseCommand): boolean =>
  inputs.some(({ storage }) => storage === output);

const readTheSame = (a: PointwiseCommand, b: PointwiseCommand): boolean =>
  a.inputs.some(
    ({ storage, steps }) =>
      isWhole(steps) && b.inputs.some((other) => other.storage === storage && isWhole(other.steps)),
  );

/** Whether a command outside the group reads what a member writes. */
function neededOutside(
  commands: readonly FusionCommand[],
  { readers }: Dependencies,
  wanted: ReadonlySet<number>,
  members: readonly number[],
): (member: number) => boolean {
  const inside = new Set(members);
  return (member) => {
    const output = commands[member]?.point?.output as number;
    return (
      wanted.has(output) ||
      (readers[member] ?? []).some(
        ({ command, storage }) => storage === output && !inside.has(command),
      )
    );
  };
}

/** Whether no dependency path leads from a member through other commands back to a member. */
function canRunTogether(
  { after }: Dependencies,
  groups: readonly (readonly number[])[],
  members: readonly number[],
): boolean {
  const inside = new Set(members);
  const seen = new Set<readonly number[]>();
  const next = members
    .flatMap((member) => after[member] ?? [])
    .filter((command) => !inside.has(command));
  for (let command = next.pop(); command !== undefined; command = next.pop()) {
    const group = groups[command] as readonly number[];
    if (seen.has(group)) continue;
    seen.add(group);
    for (const follower of group.flatMap((member) => after[member] ?? [])) {
      if (inside.has(follower)) return false;
      next.push(follower);
    }
  }
  return true;
}

/** The groups in an order that keeps all dependencies, each as close as possible to the position of its last member. */
function inOrder(
  { after }: Dependencies,
  groups: readonly (readonly number[])[],
): (readonly number[])[] {
  const unique = [...new Set(groups)].sort((a, b) => (a.at(-1) ?? 0) - (b.at(-1) ?? 0));
  const waits = new Map(unique.map((group) => [group, 0]));
  const followers = (group: readonly number[]) =>
    group
      .flatMap((member) => after[member] ?? [])
      .map((command) => groups[command] as readonly number[])
      .filter((other) => other !== group);
  const count = (group: readonly number[], by: number) =>
    waits.set(group, (waits.get(group) ?? 0) + by);
  for (const group of unique) for (const other of followers(group)) count(other, 1);
  const order: (readonly number[])[] = [];
  while (unique.length > 0) {
    const ready = unique.findIndex((group) => waits.get(group) === 0);
    const [group] = unique.splice(ready, 1) as [readonly number[]];
    for (const other of followers(group)) count(other, -1);
    order.push(group);
  }
  return order;
}
