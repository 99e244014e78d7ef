/** Comments, braces and the keyword: what decides where the bodies of functions are. */
const marks = /\/\/[^\n]*|\/\*|\*\/|[{}]|\bfn\b/g;

/** Where the bodies of all functions begin and end, without their braces. */
function bodiesOf(code: string): readonly (readonly [start: number, end: number])[] {
  const bodies: [number, number][] = [];
  let comments = 0; // block comments nest
  let depth = 0;
  let isFunction = false;
  let start = 0;
  for (const { 0: mark, index } of code.matchAll(marks)) {
    if (mark === "/*") comments++;
    else if (mark === "*/") comments--;
    else if (comments > 0 || mark.startsWith("//")) continue;
    else if (mark === "fn") isFunction = true;
    else if (mark === "{") {
      if (depth++ === 0) start = index + 1;
    } else if (--depth === 0) {
      if (isFunction) bodies.push([start, index]);
      isFunction = false;
    }
  }
  return bodies;
}

/** Code without the bodies in `known`, its line numbers unchanged, and the bodies that it keeps. */
export function withoutBodies(
  code: string,
  known: ReadonlySet<string>,
): { readonly rest: string; readonly bodies: readonly string[] } {
  const bodies: string[] = [];
  let rest = "";
  let from = 0;
  for (const [start, end] of bodiesOf(code)) {
    const body = code.slice(start, end);
    if (!known.has(body)) {
      bodies.push(body);
      continue;
    }
    rest += code.slice(from, start) + body.replace(/[^\n]+/g, "");
    from = end;
  }
  return { rest: rest + code.slice(from), bodies };
}
