/**
 * `settings` with what the page's address says instead: `?width=16&shortcut=false`. Unknown names are left alone, and
 * a value of the wrong type throws.
 */
export function withParameters<S extends object>(
  settings: S,
  query = new URLSearchParams(location.search),
): S {
  const given = Object.entries(settings).flatMap(([name, value]): [string, unknown][] => {
    const text = query.get(name);
    return text === null ? [] : [[name, parse(name, text, value)]];
  });
  return { ...settings, ...Object.fromEntries(given) };
}

function parse(name: string, text: string, like: unknown): unknown {
  if (typeof like === "number") {
    const value = Number(text);
    if (text !== "" && Number.isFinite(value)) return value;
    throw new Error(`?${name}=${text}: expected a number`);
  }
  if (typeof like === "boolean") {
    if (text === "true" || text === "1") return true;
    if (text === "false" || text === "0") return false;
    throw new Error(`?${name}=${text}: expected true or false`);
  }
  return text;
}
