import type { Command } from "./command.ts";
import type { Upload } from "./dispatch.ts";
import type { Storage } from "./storage.ts";

/** What the host gives, of these commands. */
export const uploadsOf = (commands: readonly Command[]): Upload[] =>
  commands.filter((command) => command.kind === "upload");

/** Whether the host gives something else in every replay. */
const changes = ({ refresh }: Upload): boolean => refresh !== undefined;

/** Buffers that the host fills anew in every replay. */
export const changingRoots = (uploads: readonly Upload[]): Storage[] =>
  uploads.filter(changes).map(({ storages: [to] }) => to.root);

/** What the host gave a captured step when it was recorded, by what becomes of it. */
export interface SortedUploads {
  /** The same in every replay. */
  readonly constants: readonly Upload[];
  /** Given to storages that others hold, once and for all: done before the first replay. */
  readonly prelude: readonly Upload[];
  /** Given by the program's host block, anew where it changes. */
  readonly hosted: readonly Upload[];
}

/** `roots` are the buffers that the step uses. */
export function sortUploads(
  uploads: readonly Upload[],
  roots: ReadonlySet<Storage>,
  isShared: (root: Storage) => boolean,
): SortedUploads {
  const wanted = uploads.filter(({ storages: [to] }) => roots.has(to.root));
  const once = (upload: Upload) => !changes(upload) && isShared(upload.storages[0].root);
  return {
    constants: wanted.filter((upload) => !changes(upload)),
    prelude: uploads.filter(once),
    hosted: wanted.filter((upload) => !once(upload)),
  };
}
