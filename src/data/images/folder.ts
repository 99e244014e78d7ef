import { ValueError } from "../../core/errors.ts";
import { type Kind, record } from "../../core/kinds.ts";

/** A folder of images: dropped, or chosen by <input webkitdirectory> or showDirectoryPicker. */
export type FolderSource = DataTransfer | FileSystemDirectoryHandle | FileList | readonly File[];

/** A file and its path below the chosen folder. */
export interface FoundFile {
  /** Folders and name, separated by slashes: "cat/1.png". */
  readonly path: string;
  /** The file itself, read on demand. */
  readonly file: File;
}

const has = (value: unknown, name: string): boolean => Reflect.has(value as object, name);

const isFiles = (value: unknown): value is FileList | readonly File[] =>
  (Array.isArray(value) &&
    value.every((each) => record.accepts(each) && has(each, "size") && has(each, "name"))) ||
  Object.prototype.toString.call(value) === "[object FileList]";

const isDropped = (value: unknown): value is DataTransfer =>
  record.accepts(value) && has(value, "items") && has(value, "files");

export const folderKind: Kind = {
  expected: "a DataTransfer, a FileList, files or a FileSystemDirectoryHandle",
  advice: "pass event.dataTransfer, input.files, or what showDirectoryPicker() gives",
  accepts: (value) =>
    isDropped(value) ||
    isFiles(value) ||
    (record.accepts(value) && Reflect.get(value as object, "kind") === "directory"),
};

const PICTURE = /\.(jpe?g|png|bmp|webp|gif|avif)$/i;

/** The images of a folder, by path. */
export async function filesOf(source: FolderSource): Promise<FoundFile[]> {
  const all = isDropped(source)
    ? await dropped(source)
    : isFiles(source)
      ? Array.from(source, (file) => ({
          path: withoutRoot(file.webkitRelativePath || file.name),
          file,
        }))
      : await under(source, "");
  return all
    .filter(({ path }) => PICTURE.test(path) && !/(^|\/)\./.test(path))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Removes the chosen folder from a path. */
const withoutRoot = (path: string): string => path.slice(path.indexOf("/") + 1);

async function under(folder: FileSystemDirectoryHandle, path: string): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  // missing from TypeScript's declarations without DOM.AsyncIterable
  const entries = Reflect.apply(Reflect.get(folder, "entries"), folder, []) as AsyncIterable<
    [string, FileSystemDirectoryHandle | FileSystemFileHandle]
  >;
  for await (const [name, entry] of entries) {
    if (entry.kind === "directory") found.push(...(await under(entry, `${path}${name}/`)));
    else found.push({ path: path + name, file: await entry.getFile() });
  }
  return found;
}

/** A single dropped folder contains the classes; several dropped folders are the classes. */
async function dropped({ items, files }: DataTransfer): Promise<FoundFile[]> {
  // entries are only available before the first await
  const entries = Array.from(items).flatMap((item) => item.webkitGetAsEntry?.() ?? []);
  if (entries.length === 0) return filesOf(files);
  const all = (await Promise.all(entries.map((entry) => within(entry, "")))).flat();
  const one = entries.length === 1 && entries[0]?.isDirectory;
  return one ? all.map(({ path, file }) => ({ path: withoutRoot(path), file })) : all;
}

async function within(entry: FileSystemEntry, path: string): Promise<FoundFile[]> {
  if (!entry.isDirectory) {
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    );
    return [{ path: path + entry.name, file }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: FoundFile[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return found; // a reader returns at most a hundred entries at a time
    for (const each of some) found.push(...(await within(each, `${path}${entry.name}/`)));
  }
}

/** Classes are the first folders of the paths, as in torchvision's ImageFolder. Throws `ValueError` if there are none. */
export function classesOf(files: readonly FoundFile[]): readonly string[] {
  const alone = files.find(({ path }) => !path.includes("/"));
  if (files.length > 0 && !alone) {
    return [...new Set(files.map(({ path }) => path.slice(0, path.indexOf("/"))))].sort();
  }
  throw new ValueError(
    `openImageFolder: expected a folder for each class, with pictures in it, got ${alone ? `"${alone.path}" in none` : "no picture"}; ` +
      "put them as animals/cat/1.jpg, animals/dog/2.jpg",
  );
}
