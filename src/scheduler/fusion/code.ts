import { chainShader } from "../../kernels/elementwise/chain.ts";
import {
  type Binding,
  isDtypeSlot,
  overrideNames,
  type Part,
  type Shader,
  type SlotFill,
} from "../../shader/shader.ts";
import type { PointDispatch } from "../dispatch.ts";
import type { Chain } from "./chain.ts";

/** A member of a chain: its kernel, slots, overrides and scalars. */
export interface ChainMember {
  readonly shader: Shader;
  readonly point: PointDispatch;
}

/** The shader of a chain, and its calls in words. */
export interface ChainSource {
  readonly shader: Shader;
  readonly slots: SlotFill;
  readonly overrides: Readonly<Record<string, number>>;
  readonly words: readonly string[];
}

/** Slots that set how many elements a lane handles; the chain sets this itself. */
const WIDTHS = ["map", "zip", "pair"];
const LANES = ["x0", "x1", "x2", "x3", "b0", "b1", "old0", "old1"];

/**
 * shaders/elementwise/chain.wgsl with a body that calls the members' functions one after the other. The functions come from
 * the members' files; every declaration gets a numbered name, so that files with equal names can be combined. The shader
 * depends on the members and how they are connected, not on shapes or scalars.
 */
export function chainSource(chain: Chain, members: readonly ChainMember[]): ChainSource {
  const labels = members.map(label);
  const kinds = [...new Set(labels)];
  const numbers = labels.map((each) => kinds.indexOf(each));
  const chosen = kinds.map((kind) => members[labels.indexOf(kind)] as ChainMember);
  const words = chain.calls.map((args, call) => `t${call} = ${labels[call]}(${args.join(", ")})`);
  const reads = chain.operands.map(({ name, at }) => `${name}[${at}]`);
  const writes = chain.outputs.map(({ name, call }) => `${name}=t${call}`);
  const body = [...reads, ...words.map((each) => each.replaceAll(" ", "")), ...writes].join(";");
  const files = chosen.flatMap((member, k) => numbered(ownFiles(member), k));
  const text: Part = {
    file: "elementwise/chain_body/fused.wgsl",
    text: bodyText(chain, members, numbers),
  };
  const parts = [...chosen.flatMap(libraries), ...files, text];
  const choice = { parts, bindings: [] };
  return {
    shader: {
      ...chainShader,
      bindings: bindingsOf(chainShader.bindings, chain),
      slots: { ...chainShader.slots, body: { [body]: choice } },
    },
    slots: { body, width: chain.walk.width },
    overrides: Object.assign({}, ...chosen.map(numberedOverrides)),
    words,
  };
}

/** Label of the function that a member calls: its kernel, slots and overrides. */
function label({ shader, point: { slots, overrides } }: ChainMember): string {
  const fills = Object.entries(slots).filter(([slot]) => !WIDTHS.includes(slot));
  const list = [...fills, ...Object.entries(overrides)].map(([name, value]) => `${name}=${value}`);
  const name = shader.path.replace(/^.*\/|\.wgsl$/g, "");
  return list.length > 0 ? `${name}<${list.join()}>` : name;
}

/** The files of a member, without the last one, which has its entry point. */
function filesOf({ shader, point: { slots } }: ChainMember): Part[] {
  const fills = Object.entries(shader.slots).flatMap(([slot, choices]) =>
    WIDTHS.includes(slot)
      ? []
      : (choices[slots[slot] ?? (isDtypeSlot(choices) ? "f32" : "")]?.parts ?? []),
  );
  return [...fills, ...shader.parts.slice(0, -1)];
}

const isLibrary = ({ file }: Part) => file.startsWith("lib/");
const libraries = (member: ChainMember) => filesOf(member).filter(isLibrary);
const ownFiles = (member: ChainMember) => filesOf(member).filter((part) => !isLibrary(part));

/** The same files with every declaration renamed: `act` becomes `act_2`. */
function numbered(files: readonly Part[], k: number): Part[] {
  const declared = files.flatMap(({ text }) =>
    [...text.matchAll(/^(?:fn|override|const|alias|struct)\s+(\w+)/gm)].map(([, name]) => name),
  );
  const names = new RegExp(`\\b(${declared.join("|")})\\b`, "g");
  return files.map(({ file, text }) => ({
    file: file.replace(/\.wgsl$/, `.${k}.wgsl`),
    text: text.replace(names, `$1_${k}`),
  }));
}

function numberedOverrides(member: ChainMember, k: number): Record<string, number> {
  const own = new Set(overrideNames(ownFiles(member)));
  const entries = Object.entries(member.point.overrides).filter(([name]) => own.has(name));
  return Object.fromEntries(entries.map(([name, value]) => [`${name}_${k}`, value]));
}

/** The bindings a chain uses, in the order of chain.wgsl. */
function bindingsOf(all: readonly Binding[], { operands, outputs }: Chain): Binding[] {
  return all.flatMap((binding) => {
    if (operands.some(({ name }) => name === binding.name)) return [binding];
    const output = outputs.find(({ name }) => name === binding.name);
    return output ? [{ ...binding, access: output.updated ? "inout" : "write" }] : [];
  });
}

/** The three functions that chain.wgsl requires: they only call the members' functions. */
function bodyText(
  chain: Chain,
  members: readonly ChainMember[],
  numbers: readonly number[],
): string {
  const { operands, outputs, calls } = chain;
  const loads = LANES.map((lane) => {
    const operand = operands.find(({ name }) => name === lane);
    if (operand) return `${lane}_at(${operand.at})`;
    const old = outputs.some(({ name, updated }) => updated && name.replace("y", "old") === lane);
    if (old) return `${lane}_at(i)`;
    return lane.startsWith("b") ? "0.0" : "Pack()";
  });
  let scalars = 0;
  const lines = calls.map((args, call) => {
    const own = (members[call] as ChainMember).point.scalars.map(() => `scalar_at(${scalars++})`);
    return `  let t${call} = point_${numbers[call]}(${[...args, ...own].join(", ")});`;
  });
  const values = [0, 1].map((k) => (outputs[k] ? `t${outputs[k].call}` : "0.0"));
  const lanes = LANES.map((lane) => `${lane}: f32`).join(", ");
  return [
    `fn load(i: u32, at: vec3u) -> Operands { return Operands(${loads.join(", ")}); }`,
    `fn chain(${lanes}) -> vec2f {`,
    ...lines,
    `  return vec2f(${values.join(", ")});`,
    "}",
    `fn store(i: u32, y: Results) { ${outputs.map(({ name }) => `put_${name}(i, y);`).join(" ")} }`,
  ].join("\n");
}
