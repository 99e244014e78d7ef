/** How the linker sees the files of a project that uses the library: the project's own, and the library's under `wgrad/`. */
import type { Folder } from "./link.ts";

const LIBRARY = "wgrad/";

/** Whether a path is in the library. */
export const isLibraryPath = (path: string): boolean => path.startsWith(LIBRARY);

/** Resolves `path` as written in the file `from`: a path in the library, or one relative to the folder of `from`. */
function resolvePath(path: string, from: string): string {
  if (isLibraryPath(path)) return path;
  if (isLibraryPath(from)) return LIBRARY + path;
  const segments: string[] = [];
  for (const segment of [...from.split("/").slice(0, -1), ...path.split("/")]) {
    const up = segment === ".." && segments.length > 0 && segments.at(-1) !== "..";
    if (up) segments.pop();
    else if (segment !== "" && segment !== ".") segments.push(segment);
  }
  return (from.startsWith("./") ? "./" : "") + segments.join("/");
}

/** A folder made from texts by path. */
export function recordFolder(
  files: Readonly<Record<string, string>>,
): Pick<Folder, "read" | "list"> {
  return {
    read: (path) => (Object.hasOwn(files, path) ? files[path] : undefined),
    list: (dir) =>
      Object.keys(files)
        .filter((path) => path.startsWith(`${dir}/`))
        .map((path) => path.slice(dir.length + 1))
        .filter((name) => name.endsWith(".wgsl") && !name.includes("/"))
        .sort(),
  };
}

/**
 * The files of a project, with the library's beside them. `missing` says what to do about a file that does not exist, or a
 * missing file of the library (path below wgrad/).
 */
export function ownFolder(
  own: Pick<Folder, "read" | "list">,
  library: Readonly<Record<string, string>>,
  missing: (path: string) => string,
): Folder {
  const theirs = recordFolder(library);
  return {
    read: (path) => (isLibraryPath(path) ? theirs : own).read(path),
    list: (dir) => (isLibraryPath(dir) ? theirs : own).list(dir),
    resolve: resolvePath,
    show: (path) => path,
    missing: (path) => `there is no ${path}; ${missing(path)}`,
  };
}
