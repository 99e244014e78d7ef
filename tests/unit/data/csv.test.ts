import { describe, expect, test } from "vitest";
import { type CsvOptions, type CsvParser, readCsv } from "../../../src/data/index.ts";
import { damaged, randomIntegers } from "../../support/files.ts";
import { expectRefusal, seedOr, Tally, tries } from "../../support/fuzz.ts";

/** A small reference parser of quoted fields (RFC 4180). */
function rowsOf(text: string, delimiter: string): string[][] {
  const rows: string[][] = [[""]];
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const row = rows.at(-1) as string[];
    const char = text[i] as string;
    const add = (more: string) => {
      row[row.length - 1] += more;
    };
    if (quoted && char === '"' && text[i + 1] === '"') {
      add(char);
      i++;
    } else if (char === '"') quoted = !quoted;
    else if (!quoted && char === delimiter) row.push("");
    else if (!quoted && char === "\n") rows.push([""]);
    else add(char);
  }
  return rows;
}

const text = `name, age,city,member,height
"Ada ""A."" L.",36,Bern,TRUE,1.7e0
"Lee, Bo",NA,Lima,false,-.5

Cy,  41 ,,true,2.
Di,5,"Bern",,NaN
`;

const read = (more: Partial<CsvOptions> = {}, given: string | Blob = text) =>
  readCsv(given, { parser: rowsOf, ...more });

describe("a CSV file becomes columns by name:", () => {
  test("numbers, truth values and categories by their cells, gaps known, quotes kept together", async () => {
    const table = await read();
    expect(table.length).toBe(4);
    expect(table.names).toEqual(["name", "age", "city", "member", "height"]);
    expect(String(table)).toBe(
      "4 rows of name: category, age: number, city: category, member: boolean, height: number",
    );
    expect([...table.numbers("age")]).toEqual([36, NaN, 41, 5]);
    expect([...table.numbers("height")]).toEqual([1.7, -0.5, 2, NaN]);
    expect([...table.numbers("member")]).toEqual([1, 0, 1, NaN]);
    expect(table.column("city")).toMatchObject({ categories: ["Bern", "Lima"] });
    expect([...table.numbers("city")]).toEqual([0, 1, NaN, 0]);
    expect(table.labels("name")).toEqual(['Ada "A." L.', "Lee, Bo", "Cy", "Di"]);
  });

  test("a matrix, cells and rows without gaps for estimators", async () => {
    const table = await read();
    const { data, shape } = table.matrix(["age", "city"]);
    expect([[...data], shape]).toEqual([
      [36, 0, NaN, 1, 41, NaN, 5, 0],
      [4, 2],
    ]);
    expect(table.cells(["city", "member"]).data).toEqual([
      ...["Bern", true, "Lima", false],
      ...[null, true, "Bern", null],
    ]);
    const whole = table.withoutGaps(["city", "age"]);
    expect(whole.labels("city")).toEqual(["Bern", "Bern"]);
    expect([...(whole.labels("age") as Float64Array)]).toEqual([36, 5]);
    expect(table.rows([2, 0]).labels("member")).toEqual([true, true]);
    expect(() => table.labels("city")).toThrow(/a label in every row of "city", got none in row 2/);
    expect(() => table.rows([4])).toThrow(/below 4, got 4/);
    expect(() => table.column("citty")).toThrow(/did you mean "city"\?/);
  });

  test("by types that are given, or refuses the cell that is none", async () => {
    const table = await read({ types: { age: "category", name: "string" } });
    expect(table.column("age")).toMatchObject({ type: "category", categories: ["36", "41", "5"] });
    expect(table.column("name").type).toBe("string");
    expect(() => table.numbers("name")).toThrow(/got strings in "name"/);
    await expect(read({ types: { city: "number" } })).rejects.toThrow(
      /expected a number in column "city", got "Bern" in row 0/,
    );
    await expect(read({ types: { town: "number" } })).rejects.toThrow(/got one of "town"/);
  });

  test("without a header, with other delimiters and gaps, from a file", async () => {
    const file = new Blob(["\uFEFF1;?\n2;x\n"]);
    const table = await read({ header: false, delimiter: ";", missing: ["?"] }, file);
    expect(table.names).toEqual(["x0", "x1"]);
    expect([...table.numbers("x0")]).toEqual([1, 2]);
    expect(table.cells(["x1"]).data).toEqual([null, "x"]);
  });

  test("by the libraries people have", async () => {
    const asked: unknown[] = [];
    const papa = {
      parse: (csv: string, config: { delimiter: string }) => {
        asked.push(config);
        return { data: rowsOf(csv, config.delimiter), errors: [] };
      },
    };
    const d3 = {
      dsvFormat: (delimiter: string) => ({ parseRows: (csv: string) => rowsOf(csv, delimiter) }),
    };
    for (const parser of [papa, d3] as CsvParser[]) {
      expect((await read({ parser, delimiter: ";" }, "a;b\n1;2")).names).toEqual(["a", "b"]);
    }
    expect(asked).toEqual([{ delimiter: ";" }]);
    const torn = {
      parse: () => ({ data: [], errors: [{ message: "Quoted field unterminated", row: 3 }] }),
    };
    await expect(read({ parser: torn })).rejects.toThrow(/"Quoted field unterminated" in line 4/);
  });

  test("or says what is wrong with it", async () => {
    await expect(read({}, "")).rejects.toThrow(/one line at least/);
    await expect(read({}, "a,b\n1\n")).rejects.toThrow(
      /expected 2 cells in every line.*got 1 in line 2/,
    );
    await expect(read({}, "a,a\n1,2")).rejects.toThrow(/got "a" twice/);
    await expect(read({ parser: () => "no" as never })).rejects.toThrow(
      /rows of cells from the parser/,
    );
    await expect(Reflect.apply(readCsv, undefined, ["a", {}])).rejects.toThrow(
      /expected a parser of CSV as parser.*pass Papa of the package papaparse/,
    );
  });
});

test("damaged CSV files are refused with what to do, or are columns of one length", async () => {
  const below = randomIntegers(seedOr(6));
  const tally = new Tally("CSV");
  const file = new TextEncoder().encode(text);
  const types = { age: "number", member: "boolean", city: "category" } as const;
  for (let i = 0; i < tries(500); i++) {
    const since = performance.now();
    try {
      const table = await read({ types }, new Blob([damaged(file, below)]));
      tally.count("read", since);
      for (const name of table.names) expect(table.cells([name]).shape).toEqual([table.length, 1]);
    } catch (error) {
      expectRefusal(error, "readCsv");
      tally.count("refused", since);
    }
  }
  tally.tell();
  expect(tally.refused).toBeGreaterThan(0.3 * tries(500));
});
