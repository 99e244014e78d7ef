import type { Command } from "./command.ts";
import type { Upload } from "./dispatch.ts";
import type { Storage } from "./storage.ts";

/** The uploads among these commands. */
export const uploadsOf = (commands: readonly Command[]): Upload[] =>
  commands.filter((command) => command.kind === "upload");

/** Whether an upload's content changes from replay to replay. */
const changes = ({ refresh }: Upload): boolean => refresh !== undefined;

/** Buffers whose upload is repeated in every replay. */
export const changingRoots = (uploads: readonly Upload[]): Storage[] =>
  uploads.filter(changes).map(({ storages: [to] }) => to.root);

/** The uploads of a recording, sorted by when replays perform them. */
export interface SortedUploads {
  /** Uploads with the same content in every replay. */
  readonly constants: readonly Upload[];
  /** Uploads into storages that exist outside the step: performed once, before the first replay. */
  readonly prelude: readonly Upload[];
  /** Uploads that are packed into the program's host block; changing ones are packed again for every replay. */
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
