import type { AnyModule } from "./module.ts";

/** A module and all modules below it, by every path without a cycle. */
export function pathsOf(
  module: AnyModule,
  path: string,
  around: readonly AnyModule[] = [],
): [path: string, module: AnyModule][] {
  if (around.includes(module)) return [];
  const below = module
    .namedChildren()
    .flatMap(([name, child]) =>
      pathsOf(child, path ? `${path}.${name}` : name, [...around, module]),
    );
  return [[path, module], ...below];
}

/** Entries without those whose value occurred before. */
export function once<T>(named: [name: string, value: T][]): [name: string, value: T][] {
  const seen = new Set<T>();
  return named.filter(([, value]) => !seen.has(value) && seen.add(value));
}
