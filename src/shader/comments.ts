/** The same text with comments replaced by spaces, so that positions do not change. */
export function withoutComments(source: string): string {
  let result = "";
  let depth = 0;
  for (let i = 0; i < source.length; i++) {
    const two = source.slice(i, i + 2);
    if (depth === 0 && two === "//") {
      const end = source.indexOf("\n", i);
      const length = (end < 0 ? source.length : end) - i;
      result += " ".repeat(length);
      i += length - 1;
    } else if (two === "/*" || (depth > 0 && two === "*/")) {
      depth += two === "/*" ? 1 : -1;
      result += "  ";
      i++;
    } else {
      result += depth === 0 || source[i] === "\n" ? source[i] : " ";
    }
  }
  return result;
}
