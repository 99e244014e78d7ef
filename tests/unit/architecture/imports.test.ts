import { dirname, posix } from "node:path";
import { expect, test } from "vitest";
import { type Source, sources } from "../../support/sources.ts";

const library = sources("src", ".ts").filter(({ path }) => !path.endsWith(".d.ts"));

/** Files a file imports, and whether only types of it, which are gone when it runs. */
function importedBy({ path, text }: Source) {
  const found = text.matchAll(/^(?:import|export)\s+(type\s+)?([^"';]*?)from\s+"(\.[^"]+)"/gm);
  return [...found].map(([, type, names = "", target = ""]) => ({
    path: posix.join(dirname(path), target),
    onlyTypes: !!type || /^\{(\s*type\s[^,]*,?)*\s*\}\s*$/.test(names),
  }));
}

/** For each file in an import cycle, the first cycle found through it, as text. */
function circles(follows: (from: string, to: { path: string; onlyTypes: boolean }) => boolean) {
  const next = new Map(
    library.map((source) => [
      source.path,
      importedBy(source)
        .filter((to) => follows(source.path, to))
        .map(({ path }) => path),
    ]),
  );
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) found.push([...trail.slice(start), path].join(" → "));
    if (start >= 0 || done.has(path)) return;
    for (const target of next.get(path) ?? []) visit(target, [...trail, path]);
    done.add(path);
  };
  for (const path of next.keys()) visit(path, []);
  return found;
}

test("no file imports itself through others", () => {
  const found = circles((_, { onlyTypes }) => !onlyTypes);
  expect(found, "move what both need to a file of its own").toEqual([]);
});

test("no import cycle crosses folders, type imports included", () => {
  const within = (from: string, { path, onlyTypes }: { path: string; onlyTypes: boolean }) =>
    !(onlyTypes && dirname(path) === dirname(from));
  const advice =
    "declare the type in the lower file: a helper may be typed by its caller only beside it";
  expect(circles(within), advice).toEqual([]);
});
