import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { type ESTree, parseSync } from "vite";
import { catalogue } from "./catalogue.ts";

const OPEN = "⟦";
const CLOSE = "⟧";

/**
 * Writes a pseudo-language into a folder, in which every word of the catalogue is in brackets, `⟦Stop⟧`: text outside
 * of brackets on a page does not come from the catalogue.
 */
export function writePseudoLanguage(folder: string): void {
  for (const { path, text } of catalogue) {
    const file = resolve(folder, path.replace(/^demos\/words\/en\//, ""));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bracketed(path, text));
  }
}

/**
 * A module of the catalogue with all its texts in brackets: exported texts, results of functions, values of objects.
 */
export function bracketed(path: string, code: string): string {
  const spans: (readonly [start: number, end: number])[] = [];
  const visit = (node: ESTree.Expression): void => {
    if (node.type === "ObjectExpression")
      for (const each of node.properties) {
        if (each.type === "Property") visit(each.value as ESTree.Expression);
      }
    else if (node.type === "TSSatisfiesExpression" || node.type === "TSAsExpression")
      visit(node.expression);
    else if (node.type === "ArrowFunctionExpression" && node.body.type !== "BlockStatement")
      spans.push([node.body.start, node.body.end]);
    else spans.push([node.start, node.end]);
  };
  for (const statement of parseSync(path, code).program.body) {
    if (statement.type !== "ExportNamedDeclaration") continue;
    if (statement.declaration?.type !== "VariableDeclaration") continue;
    for (const { init } of statement.declaration.declarations) if (init) visit(init);
  }
  return spans
    .toReversed()
    .reduce(
      (out, [start, end]) =>
        `${out.slice(0, start)}"${OPEN}" + (${out.slice(start, end)}) + "${CLOSE}"${out.slice(end)}`,
      code,
    );
}

/**
 * The parts of texts, in the order of the page, that stand outside of brackets and contain a word of two letters or
 * more; a bracket may open in one text and close in another.
 */
export function outsideBrackets(texts: readonly string[]): string[] {
  let depth = 0;
  return texts.flatMap((text) => {
    let outside = "";
    for (const char of text) {
      if (char === OPEN) depth++;
      else if (char === CLOSE) depth--;
      else if (depth === 0) outside += char;
    }
    return /\p{L}{2,}/u.test(outside) ? [outside.trim()] : [];
  });
}
