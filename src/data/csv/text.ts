import { answerOf, wholeOf } from "../../core/answer.ts";
import { ValueError } from "../../core/errors.ts";
import type { Kind } from "../../core/kinds.ts";
import { classOf, isA } from "../../core/realm.ts";

/** A file of text: the text itself, its bytes, or where they come from. */
export type TextFile = string | ArrayBuffer | Uint8Array<ArrayBufferLike> | Blob | Response | URL;

export const fileKind: Kind = {
  expected: "the text or the bytes of a file, a File or Blob, a Response, or a URL",
  advice: "await what is a Promise; a string is the text itself: of an address make new URL(…)",
  accepts: (value) =>
    typeof value === "string" ||
    isA(value, "ArrayBuffer", "Uint8Array", "Blob", "File", "URL", "Response"),
};

/** The text of a file of values. Rejects with `ValueError` for pages of HTML and for bytes that are not UTF-8. */
export async function textOf(file: TextFile): Promise<string> {
  const text = typeof file === "string" ? file : await decoded(file);
  if (!/^\s*<(!doctype|html)\b/i.test(text)) return text.replace(/^\uFEFF/, ""); // a byte order mark is not part of a name
  throw new ValueError(
    `readCsv: expected a file of values, got a page of HTML, "${text.trim().slice(0, 15)}…"; check the address: servers of ` +
      "applications answer unknown ones with their first page",
  );
}

async function decoded(file: Exclude<TextFile, string>): Promise<string> {
  const from = isA(file, "URL") ? await answerOf("readCsv", file) : file;
  if (isA(from, "Response") && !from.ok) {
    throw new ValueError(
      `readCsv: expected ${from.url || "a file"}, got status ${from.status}; check the address`,
    );
  }
  const name = (isA(from, "Response") && from.url) || "the file";
  const bytes = isA(from, "Blob", "File", "Response")
    ? await wholeOf("readCsv", name, from.arrayBuffer())
    : (from as ArrayBuffer | Uint8Array);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new ValueError(
      `readCsv: expected text in UTF-8, got other bytes in ${name === "the file" ? classOf(from) : name}; ` +
        'pass the text: new TextDecoder("windows-1252").decode(bytes), or the encoding that it has',
      { cause },
    );
  }
}
