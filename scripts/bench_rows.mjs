// The rows of a long comparison, one after another: one that breaks off does not take the others with it.

/**
 * Measures each row; one that throws or is `broken` is measured once more after `again`. Says on stderr which and why.
 * Returns the rows that were measured, and the names of those that broke twice.
 * @template {object} Row
 * @param {readonly string[]} names
 * @param {{
 *   measure: (name: string) => Promise<Row>;
 *   broken: (row: Row) => string | undefined;
 *   again: () => Promise<unknown>;
 *   done?: (row: Row) => void;
 *   say?: (text: string) => void;
 * }} how `broken`: why a row that was measured does not count
 * @returns {Promise<{ rows: Row[]; lost: string[] }>}
 */
export async function everyRow(names, { measure, broken, again, done, say = console.error }) {
  /** @type {Row[]} */
  const rows = [];
  /** @type {string[]} */
  const lost = [];
  for (const [i, name] of names.entries()) {
    say(`wgrad: ${i + 1} of ${names.length}: ${name}`);
    const first = await tried(name);
    if ("why" in first) {
      say(`wgrad: ${name} broke off, and is measured once more: ${first.why}`);
      await again();
    }
    const { row, why } = "why" in first ? await tried(name) : first;
    if (why !== undefined) {
      say(`wgrad: ${name} broke off twice: ${why}`);
      lost.push(name);
    }
    if (!row) continue;
    rows.push(row);
    done?.(row);
  }
  return { rows, lost };

  /** @param {string} name @returns {Promise<{ row?: Row; why?: string }>} */
  async function tried(name) {
    try {
      const row = await measure(name);
      const why = broken(row);
      return why === undefined ? { row } : { row, why };
    } catch (error) {
      return { why: error instanceof Error ? error.message : String(error) };
    }
  }
}
