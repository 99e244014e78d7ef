// Inlines the words of the catalogue into built pages, so that a page does not pay for its catalogue in bytes. A
// bundler alone would leave a variable for each word, and a call for each word that has values in it.
import { readFileSync } from "node:fs";
import { parseSync } from "vite";

/** @typedef {import("vite").ESTree.Node} Node */
/** @typedef {{ start: number; end: number }} Span */
/** @typedef {{ params: readonly string[]; body: string; refs: readonly (Span & { name: string })[] }} Word a text has no params */

/** @returns {import("vite").Plugin} */
export function inlineWords() {
  return {
    name: "inline-words",
    apply: "build",
    enforce: "pre",
    transform: {
      filter: { id: /[\\/]demos[\\/](?!words[\\/]).*\.ts$/, code: /\/words\// },
      async handler(code, id) {
        const { program } = parseSync(id, code);
        /** @type {Map<string, ReadonlyMap<string, Word>>} */
        const catalogues = new Map();
        for (const node of program.body) {
          if (node.type !== "ImportDeclaration" || !/\/words\//.test(node.source.value)) continue;
          const [all] = node.specifiers;
          const file = await this.resolve(node.source.value, id);
          if (!file || all?.type !== "ImportNamespaceSpecifier") continue;
          this.addWatchFile(file.id);
          catalogues.set(all.local.name, wordsOf(file.id, readFileSync(file.id, "utf8")));
        }
        return catalogues.size > 0 ? { code: inlined(program, code, catalogues), map: null } : null;
      },
    },
  };
}

/**
 * Words of a catalogue file that can be inlined: texts, and functions that use nothing but their parameters.
 * @param {string} path
 * @param {string} code
 */
export function wordsOf(path, code) {
  /** @type {Map<string, Word>} */
  const words = new Map();
  for (const node of parseSync(path, code).program.body) {
    if (node.type !== "ExportNamedDeclaration" || !node.declaration) continue;
    if (node.declaration.type !== "VariableDeclaration") continue;
    for (const { id, init } of node.declaration.declarations) {
      const word = init && id.type === "Identifier" ? wordOf(init, code) : undefined;
      if (word && id.type === "Identifier") words.set(id.name, word);
    }
  }
  return words;
}

/** @param {Node} node @param {string} code @returns {Word | undefined} */
function wordOf(node, code) {
  const called = node.type === "ArrowFunctionExpression";
  if (called && (node.expression !== true || node.async)) return undefined;
  /** @type {readonly Node[]} */
  const given = called ? node.params : [];
  const params = given.flatMap((each) => (each.type === "Identifier" ? [each.name] : []));
  if (params.length < given.length || (called && params.length === 0)) return undefined;
  const body = called ? node.body : node;
  const refs = references(body);
  if (refs.some(({ name }) => !params.includes(name))) return undefined;
  const at = body.start;
  return {
    params,
    body: code.slice(at, body.end),
    refs: refs.map(({ name, start, end }) => ({ name, start: start - at, end: end - at })),
  };
}

/** Names that an expression reads. @param {Node} node @returns {(Span & { name: string })[]} */
function references(node) {
  if (node.type === "Identifier") return [{ name: node.name, start: node.start, end: node.end }];
  if (node.type === "ObjectExpression" || node.type === "ArrowFunctionExpression")
    return [{ name: "", start: node.start, end: node.end }]; // no identifier: not inlined
  if (node.type === "MemberExpression" && !node.computed) return references(node.object);
  return children(node).flatMap(references);
}

/** @param {Node} node @returns {Node[]} */
function children(node) {
  /** @param {unknown} value @returns {value is Node} */
  const isNode = (value) => typeof value === "object" && value !== null && "type" in value;
  return Object.values(node)
    .flat()
    .filter((value) => isNode(value));
}

/**
 * The module's code with words in place of the names and calls that refer to them.
 * @param {Node} program
 * @param {string} code
 * @param {ReadonlyMap<string, ReadonlyMap<string, Word>>} catalogues by the names under which the module imports them
 */
export function inlined(program, code, catalogues) {
  /** @param {Node} node */
  const wordAt = (node) =>
    node.type === "MemberExpression" &&
    !node.computed &&
    node.object.type === "Identifier" &&
    node.property.type === "Identifier"
      ? catalogues.get(node.object.name)?.get(node.property.name)
      : undefined;

  /** @param {Node} node @returns {(Span & { text: string })[]} */
  const edits = (node) => {
    if (node.type === "CallExpression") {
      const word = wordAt(node.callee);
      const text = word && filled(word, node.arguments, node.arguments.map(print));
      if (text !== undefined) return [{ start: node.start, end: node.end, text }];
    }
    const word = wordAt(node);
    if (word?.params.length === 0) return [{ start: node.start, end: node.end, text: word.body }];
    return children(node).flatMap(edits);
  };

  /** @param {Node} node */
  const print = (node) => replaced(code.slice(node.start, node.end), edits(node), node.start);

  return replaced(code, edits(program), 0);
}

/** @param {string} text @param {readonly (Span & { text: string })[]} edits @param {number} offset */
function replaced(text, edits, offset) {
  let out = text;
  for (const edit of edits.toSorted((a, b) => b.start - a.start))
    out = out.slice(0, edit.start - offset) + edit.text + out.slice(edit.end - offset);
  return out;
}

/**
 * The text of a word with these values; undefined if a value would be evaluated twice or never.
 * @param {Word} word
 * @param {readonly Node[]} values
 * @param {readonly string[]} texts of the values
 */
function filled({ params, body, refs }, values, texts) {
  if (params.length === 0 || values.length !== params.length) return undefined;
  for (const [i, value] of values.entries()) {
    const uses = refs.filter(({ name }) => name === params[i]).length;
    const plain = value.type === "Identifier" || value.type === "Literal";
    if (value.type === "SpreadElement" || (uses !== 1 && !plain)) return undefined;
  }
  const edits = refs.map(({ name, start, end }) => ({
    ...{ start, end },
    text: `(${texts[params.indexOf(name)]})`,
  }));
  return `(${replaced(body, edits, 0)})`;
}
