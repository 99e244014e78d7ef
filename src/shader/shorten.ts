/*
 * What visitors download of a WGSL file, but for the names that files have for each other: those are in short_names.ts.
 */

/**
 * The same WGSL without comments and spaces that mean nothing, and with short names inside of functions. Every declaration
 * of the file begins a line, and nothing else does.
 */
export function shorten(text: string): string {
  return onLines(shortLocals(withoutSpaces(text)));
}

/** What is inside of brackets on the line where they open. */
function onLines(text: string): string {
  let result = "";
  let depth = 0;
  for (const line of text.split("\n").filter(Boolean)) {
    const apart = depth === 0 ? "\n" : TOGETHER.test(`${result.at(-1)}${line[0]}`) ? " " : "";
    result += result ? apart + line : line;
    for (const sign of line) depth += "([{".includes(sign) ? 1 : ")]}".includes(sign) ? -1 : 0;
  }
  return result;
}

/** The end of a line and the beginning of another one that would be read as one word or sign. */
const TOGETHER = /\w\w|[-+&|<>=/][-+&|<>=/*]/;

/** WGSL has no strings, so every `//` begins a comment; spaces around these signs mean nothing. */
export function withoutSpaces(text: string): string {
  return text
    .replace(/[ \t]*\/\/.*$/gm, "")
    .replace(/^[ \t]+/gm, "")
    .replace(/ ?([,;:{}()=+<>*%|!]) ?/g, "$1")
    .replace(/ ([-&]|&&) (?![-&])/g, "$1") // "a - -b" is no decrement
    .replace(/ ?\/ ?/g, "/")
    .replace(/,\s*(?=[)}])/g, "")
    .trimEnd();
}

const FUNCTION = /\bfn \w+(?=\()/g;

function shortLocals(text: string): string {
  let result = "";
  let end = 0;
  for (const { 0: head, index } of text.matchAll(FUNCTION)) {
    const begin = index + head.length;
    const body = blockEnd(text, text.indexOf("{", blockEnd(text, begin)));
    result += text.slice(end, begin) + shortNames(text.slice(begin, body));
    end = body;
  }
  return result + text.slice(end);
}

/** Where what is opened at `begin` is closed. */
function blockEnd(text: string, begin: number): number {
  const [open, close] = text[begin] === "(" ? "()" : "{}";
  let depth = 0;
  for (let i = begin; i < text.length; i++) {
    if (text[i] === open) depth++;
    else if (text[i] === close && --depth === 0) return i + 1;
  }
  return text.length;
}

/** An identifier that is no member, no part of a number or attribute and no name of a built-in value. */
const BEFORE = String.raw`(?<![.\w@]|@builtin\()`;
export const NAME = new RegExp(String.raw`${BEFORE}[A-Za-z_]\w*`, "g");
const PARAMETER = /\w+(?=:)/g;
const LOCAL = /(?<=\b(?:let|var|const) )\w+/g;

/** A function from its parameters on, with its own names short, in the order they come in. */
function shortNames(code: string): string {
  const own = new Set(ownNames(code));
  const others = new Set((code.match(NAME) ?? []).filter((name) => !own.has(name)));
  let count = 0;
  const next = (): string => {
    const name = shortName(count++);
    return others.has(name) ? next() : name;
  };
  const short = new Map([...own].map((name) => [name, next()]));
  return code.replace(NAME, (name) => short.get(name) ?? name);
}

/** The names of parameters and local values, but those that mean something else before, or in, their declaration. */
function ownNames(code: string): string[] {
  const body = blockEnd(code, 0);
  const parameters = code.slice(0, body).match(PARAMETER) ?? [];
  const locals = [...code.matchAll(LOCAL)].filter(({ 0: name, index }) => {
    const used = new RegExp(String.raw`${BEFORE}${name}\b`, "g");
    const [first, second = code.length] = [...code.matchAll(used)].map((match) => match.index);
    return first !== index || second > code.indexOf(";", index);
  });
  return [...parameters, ...locals.map(([name]) => name)];
}

/** a … z, a1 … z1, and so on: none is a word of WGSL. */
function shortName(count: number): string {
  const letter = String.fromCharCode(97 + (count % 26));
  return count < 26 ? letter : letter + Math.floor(count / 26);
}
