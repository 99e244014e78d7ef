import { make } from "../shared/dom.ts";

const keywords =
  "alias|break|case|const|const_assert|continue|continuing|default|diagnostic|discard|else|enable|false|fn|for|if|let|" +
  "loop|override|return|struct|switch|true|var|while";
const spaces = "function|private|workgroup|uniform|storage|read_write|read|write";
const types =
  "array|atomic|bool|f16|f32|i32|u32|ptr|vec[234][fhiu]?|mat[234]x[234][fh]?|[A-Z]\\w*[a-z]\\w*";

/** Patterns of coloured WGSL tokens, in the order in which they are tried; other text has no colour. */
const token = new RegExp(
  [
    "(?<comment>//.*)",
    "(?<attribute>@\\w+)",
    `(?<keyword>\\b(?:${keywords})\\b)`,
    `(?<space>\\b(?:${spaces})\\b(?=[,>]))`,
    `(?<type>\\b(?:${types})\\b)`,
    "(?<number>\\b(?:0x[\\da-fA-F]+|\\d+(?:\\.\\d*)?(?:[eE][+-]?\\d+)?)[fhiu]?(?![\\w.]))",
    "(?<call>\\b[a-z_]\\w*(?=\\())",
    "(?<constant>\\b[A-Z][A-Z\\d_]*\\b)",
  ].join("|"),
  "g",
);

/** WGSL with coloured tokens. */
export function highlight(code: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  let at = 0;
  for (const match of code.matchAll(token)) {
    const [kind] = Object.entries(match.groups ?? {}).find(([, text]) => text !== undefined) ?? [];
    fragment.append(
      code.slice(at, match.index),
      make("span", { class: `w-${kind}`, text: match[0] }),
    );
    at = match.index + match[0].length;
  }
  fragment.append(code.slice(at));
  return fragment;
}
