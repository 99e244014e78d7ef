/* Shortens a WGSL file for pages to download. Names shared between files are shortened in short_names.ts. */

/**
 * The same WGSL without comments and needless spaces, with short names inside functions. Every declaration of the file
 * begins a line, and nothing else does.
 */
export function shorten(text: string): string {
  return onLines(shortLocals(withoutSpaces(text)));
}

/** Puts everything inside brackets on the line of the opening bracket. */
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

/** A line's end and the next line's beginning that would merge into one word or operator if joined. */
const TOGETHER = /\w\w|[-+&|<>=/][-+&|<>=/*]/;

/** WGSL has no strings, so every `//` begins a comment; spaces around these signs mean nothing. */
export function withoutSpaces(text: string): string {
  return text
    .replace(/[ \t]*\/\/.*$/gm, "")
    .replace(/^[ \t]+/gm, "")
    .replace(/ ?([,;:{}()=+<>*%|!]) ?/g, "$1")
    .replace(/ ([-&]|&&) (?![-&])/g, "$1") // "a - -b" must not become a decrement
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

/** Position after the bracket that closes the one at `begin`. */
function blockEnd(text: string, begin: number): number {
  const [open, close] = text[begin] === "(" ? "()" : "{}";
  let depth = 0;
  for (let i = begin; i < text.length; i++) {
    if (text[i] === open) depth++;
    else if (text[i] === close && --depth === 0) return i + 1;
  }
  return text.length;
}

/** Lookbehind of an identifier that is not a member, a part of a number or attribute, or a built-in value. */
const BEFORE = String.raw`(?<![.\w@]|@builtin\()`;
export const NAME = new RegExp(String.raw`${BEFORE}[A-Za-z_]\w*`, "g");
const PARAMETER = /\w+(?=:)/g;
const LOCAL = /(?<=\b(?:let|var|const) )\w+/g;

/** A function, from its parameters on, with short names for its parameters and local values, in order of appearance. */
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

/** Names of parameters and local values, except those that mean something else before or within their declaration. */
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

/** Short names: a … z, a1 … z1 and so on; none is a WGSL keyword. */
function shortName(count: number): string {
  const letter = String.fromCharCode(97 + (count % 26));
  return count < 26 ? letter : letter + Math.floor(count / 26);
}
