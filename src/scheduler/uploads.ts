import type { Command } from "./command.ts";
import type { Upload } from "./dispatch.ts";
import type { Storage } from "./storage.ts";

/** The uploads among these commands. */
export const uploadsOf = (commands: readonly Command[]): Upload[] =>
  commands.filter((command) => command.kind === "upload");

/** Whether its content changes from replay to replay. */
const changes = ({ refresh }: Upload): boolean => refresh !== undefined;

/** Buffers that are uploaded again in every replay. */
export const changingRoots = (uploads: readonly Upload[]): Storage[] =>
  uploads.filter(changes).map(({ storages: [to] }) => to.root);

/** The uploads of a recording, by how replays treat them. */
export interface SortedUploads {
  /** The same in every replay. */
  readonly constants: readonly Upload[];
  /** Into storages that exist outside of the step: performed once, before the first replay. */
  readonly prelude: readonly Upload[];
  /** Packed into the program's host block, and again where they change. */
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
