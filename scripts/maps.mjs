// Source maps for what is written into dist: they lead to the sources in the package.
import { decode, encode } from "@jridgewell/sourcemap-codec";
import MagicString from "magic-string";

/**
 * Inserts text before and after some ranges of a chunk's code; returns the code with a source map of the change.
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
 * Edits that rules make: for each match its replacement, in order of position. An edit must not contain a line break.
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
 * The text after the edits.
 * @param {string} text @param {readonly Edit[]} edits
 */
export function edited(text, edits) {
  const string = new MagicString(text);
  for (const { at, end, by } of edits) string.overwrite(at, end, by);
  return string.toString();
}

/**
 * The mappings after the edits: positions behind an edit in its line are shifted, those within a replaced range are
 * removed.
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
