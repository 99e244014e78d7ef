// Source maps of what is written into dist: they lead to the sources, which the package holds beside it.
import { decode, encode } from "@jridgewell/sourcemap-codec";
import MagicString from "magic-string";

/**
 * Inserts before and after stretches of a chunk's code, with the map of that.
 * @param {string} code
 * @param {readonly { readonly start: number; readonly end: number }[]} stretches that do not overlap
 * @param {string} before @param {string} after
 */
export function wrapped(code, stretches, before, after) {
  const text = new MagicString(code);
  for (const { start, end } of stretches) text.appendRight(start, before).appendLeft(end, after);
  return { code: text.toString(), map: text.generateMap({ hires: "boundary" }) };
}

/** @typedef {{ readonly at: number; readonly end: number; readonly by: string }} Edit */

/**
 * What stands where rules find something, in their order in the text. No edit may hold a line break.
 * @param {string} text
 * @param {readonly (readonly [RegExp, (match: RegExpExecArray) => string])[]} rules
 * @returns {readonly Edit[]}
 */
export function editsOf(text, rules) {
  const found = rules.flatMap(([pattern, by]) =>
    [...text.matchAll(pattern)].map((match) => {
      const { index: at, 0: all } = match;
      return { at, end: at + all.length, by: by(match) };
    }),
  );
  return found.sort((a, b) => a.at - b.at);
}

/**
 * The text with its edits.
 * @param {string} text @param {readonly Edit[]} edits
 */
export function edited(text, edits) {
  const string = new MagicString(text);
  for (const { at, end, by } of edits) string.overwrite(at, end, by);
  return string.toString();
}

/**
 * Its mappings after the edits: what stands after one in its line has moved, what it replaced is gone.
 * @param {string} mappings @param {string} text before the edits @param {readonly Edit[]} edits
 */
export function moved(mappings, text, edits) {
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const lines = decode(mappings).map((segments, line) => {
    const start = starts[line] ?? 0;
    const next = starts[line + 1] ?? text.length + 1;
    const own = edits.filter(({ at }) => at >= start && at < next);
    return segments
      .filter(([column]) => !own.some(({ at, end }) => at < start + column && start + column < end))
      .map((segment) => {
        const before = own.filter(({ end }) => end <= start + segment[0]);
        const by = before.reduce((sum, edit) => sum + edit.by.length - (edit.end - edit.at), 0);
        return /** @type {typeof segment} */ ([segment[0] + by, ...segment.slice(1)]);
      });
  });
  return encode(lines);
}
