/** The kind of text that a mutation changes. */
export type MutationKind = "operator" | "constant" | "index" | "barrier";

/** One small change of a WGSL file: `from` at character `at` becomes `to`. */
export interface Mutation {
  readonly kind: MutationKind;
  readonly at: number;
  /** Line number, from 1. */
  readonly line: number;
  readonly from: string;
  readonly to: string;
}

/** Operators are surrounded by spaces, which distinguishes them from the brackets of types. */
const OPERATORS: Readonly<Record<string, string>> = {
  ...{ "+": "-", "-": "+", "*": "/", "/": "*", "%": "/" },
  ...{ "<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "==" },
  ...{ "&": "|", "|": "&", "&&": "||", "||": "&&", "^": "|", "<<": ">>", ">>": "<<" },
  ...{ "+=": "-=", "-=": "+=", "*=": "/=", "|=": "&=", "&=": "|=" },
};

const COMPONENTS: Readonly<Record<string, string>> = { x: "y", y: "x", z: "y", w: "z" };

type MutationInText = Omit<Mutation, "line">;

/**
 * Every mutation of a WGSL file, in the order of the text. Comments, declarations of bindings, sizes of workgroups and of
 * types, and overrides (which only affect speed) are not mutated.
 */
export function mutationsOf(text: string): Mutation[] {
  const code = onlyCode(text);
  const found = [...operators(code), ...constants(code), ...indices(code), ...barriers(code)];
  return found
    .sort((a, b) => a.at - b.at)
    .map((each) => ({ ...each, line: text.slice(0, each.at).split("\n").length }));
}

/** The text with a mutation applied. */
export function mutate(text: string, { at, from, to }: Mutation): string {
  return text.slice(0, at) + to + text.slice(at + from.length);
}

/** Replaces text that is not mutated by spaces of the same length. */
function onlyCode(text: string): string {
  const blank = (match: string) => match.replace(/[^\n]/g, " ");
  return text
    .replace(/\/\/.*/g, blank)
    .replace(/^(override|@group|struct|enable|alias)\b.*/gm, blank)
    .replace(/@\w+(\([^)]*\))?/g, blank)
    .replace(/\b(array|atomic|ptr|vec[234]|mat\dx\d)<[^;={}()]*>/g, blank);
}

function* operators(code: string): Generator<MutationInText> {
  for (const match of code.matchAll(
    /(?<= )(?:[-+*/%<>&|^]|[<>=!]=|&&|\|\||<<|>>|[-+*|&]=)(?= )/g,
  )) {
    const to = OPERATORS[match[0]];
    if (to) yield { kind: "operator", at: match.index, from: match[0], to };
  }
  for (const match of code.matchAll(/(?<=[-(=,?<>*/+] ?|return )-(?=[\w(])/g)) {
    yield { kind: "operator", at: match.index, from: "-", to: "" };
  }
}

function* constants(code: string): Generator<MutationInText> {
  for (const match of code.matchAll(
    /(?<![\w.]|\de[-+])(?:0x[0-9a-fA-F]+u|\d+(?:\.\d*)?e[-+]?\d+f?|\d+\.\d*f?|\d+u?)(?![\w.])/g,
  )) {
    const [from] = match;
    yield { kind: "constant", at: match.index, from, to: otherConstant(from) };
  }
}

function otherConstant(from: string): string {
  if (from.startsWith("0x")) return `(${from} ^ 1u)`;
  const value = Number.parseFloat(from);
  if (!/[.e]/.test(from)) return from.replace(/^\d+/, String(value + 1));
  return Number.isInteger(value) ? `(${from} + 1.0)` : `(${from} * 1.05)`;
}

function* indices(code: string): Generator<MutationInText> {
  for (const match of code.matchAll(/(?<=\w)\[/g)) {
    const end = closing(code, match.index);
    const from = code.slice(match.index, end + 1);
    yield { kind: "index", at: match.index, from, to: `[(${from.slice(1, -1)}) + 1]` };
  }
  for (const match of code.matchAll(/(?<=[\w\])]\.)[xyzw](?![\w.])/g)) {
    const to = COMPONENTS[match[0]];
    if (to) yield { kind: "index", at: match.index, from: match[0], to };
  }
}

function closing(code: string, open: number): number {
  let depth = 0;
  for (let i = open; i < code.length; i++) {
    if (code[i] === "[") depth++;
    if (code[i] === "]" && --depth === 0) return i;
  }
  return code.length - 1;
}

function* barriers(code: string): Generator<MutationInText> {
  for (const match of code.matchAll(/\b(?:workgroup|storage)Barrier\(\);/g)) {
    yield { kind: "barrier", at: match.index, from: match[0], to: "" };
  }
}
