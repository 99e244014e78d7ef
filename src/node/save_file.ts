import { open, rename, rm } from "node:fs/promises";
import { ValueError } from "../core/errors.ts";
import { either, type Kind, string } from "../core/kinds.ts";
import { isA } from "../core/realm.ts";
import { checkedAsync } from "../core/signature.ts";

const bytes: Kind = {
  expected: "an ArrayBuffer, Uint8Array",
  accepts: (value) => isA(value, "ArrayBuffer", "Uint8Array"),
};

let saved = 0;

/**
 * Writes a checkpoint, weights or a saved model (`JSON.stringify`) to a file of Node as a whole: under a temporary name in the
 * same folder first, flushed to the disk and then renamed. If the process ends meanwhile, or the disk is full, `path` has
 * its old contents; a program that reads it finds either those or the new ones.
 *
 *     await saveFile("digits.ckpt", await saveCheckpoint({ model, optimizer }));
 *
 * Throws `ValueError` if the file cannot be written; its `cause` is Node's error. Temporary files of a process that was killed
 * remain beside it, named `<path>.<process>.<number>.tmp`.
 */
export const saveFile = /* @__PURE__ */ checkedAsync(
  "saveFile",
  { path: string, data: /* @__PURE__ */ either(bytes, string) },
  async (path: string, data: ArrayBuffer | Uint8Array | string): Promise<void> => {
    const temporary = `${path}.${process.pid}.${++saved}.tmp`;
    try {
      const file = await open(temporary, "wx");
      try {
        await file.writeFile(isA(data, "ArrayBuffer") ? new Uint8Array(data) : data);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, path);
    } catch (cause) {
      await rm(temporary, { force: true }).catch(() => undefined);
      const { message } = cause as Error;
      throw new ValueError(
        `saveFile: expected a file that can be written at '${path}', got ${message}; look at the folder, its rights and its space (the old contents are kept)`,
        { cause },
      );
    }
  },
);
