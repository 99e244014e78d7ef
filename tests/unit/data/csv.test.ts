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

  test("with numbers as they are written elsewhere", async () => {
    const prices = "price;parts;odd\n1,5;1.000;1.5\n-2.000,75;12.345.678;7\n,5;7;8\n";
    const written = { delimiter: ";", decimal: ",", thousands: "." };
    const table = await read(written, prices);
    expect(table.cells().data).toEqual([
      ...[1.5, 1000, "1.5"],
      ...[-2000.75, 12_345_678, "7"],
      ...[0.5, 7, "8"],
    ]);
    const text = await read({ delimiter: ";" }, prices);
    expect(text.column("price").type).toBe("category");
    await expect(read({ decimal: ",", thousands: "," })).rejects.toThrow(/marks that differ/);
    for (const decimal of ["", "1", "e", ",,"]) {
      await expect(read({ decimal })).rejects.toThrow(
        /one character that no number contains as dec/,
      );
    }
  });

  test("keeping the digits of long numbers, and numbers finite", async () => {
    const ids = "id,large,huge\n9007199254740993,9007199254740994,1e400\n1,1e300,2\n";
    const table = await read({}, ids);
    expect(String(table)).toBe("2 rows of id: category, large: number, huge: category");
    expect(table.labels("id")).toEqual(["9007199254740993", "1"]);
    const types = { id: "number" } as const;
    expect([...(await read({ types }, ids)).numbers("id")]).toEqual([2 ** 53, 1]);
    await expect(read({ types: { huge: "number" } }, ids)).rejects.toThrow(/got "1e400" in row 0/);
  });

  test("from bytes in UTF-8, and from no others", async () => {
    const bytes = new TextEncoder().encode("\uFEFFname,x\nJosé,2\n");
    const padded = new Uint8Array([9, 9, ...bytes]).subarray(2); // as of Node's small Buffers
    for (const file of [bytes, padded, bytes.buffer, new Blob([bytes]), new Response(bytes)]) {
      expect((await readCsv(file, { parser: rowsOf })).cells().data).toEqual(["José", 2]);
    }
    const latin = Uint8Array.of(...[..."name\nJos\xe9\n"].map((c) => c.charCodeAt(0)));
    const utf16 = Uint8Array.of(0xff, 0xfe, 0x61, 0, 0x0a, 0);
    for (const file of [latin, utf16, latin.buffer, new Blob([latin]), new Response(latin)]) {
      await expect(readCsv(file, { parser: rowsOf })).rejects.toThrow(
        /expected text in UTF-8, got other bytes.*new TextDecoder\("windows-1252"\)/,
      );
    }
  });

  test("not from addresses, pages of HTML and other delimiters", async () => {
    await expect(read({}, "data/iris.csv")).rejects.toThrow(
      /got one line, "data\/iris.csv"; if it is an address, pass new URL/,
    );
    expect((await read({}, "a\n")).length).toBe(0);
    const page = "<!doctype html>\n<html><p>Not found</p></html>\n";
    for (const file of [page, new Blob([page])]) {
      await expect(read({}, file)).rejects.toThrow(/got a page of HTML, "<!doctype html>…"/);
    }
    for (const other of [";", "\t", "|"]) {
      const given = `a${other}b\n1,5${other}2\n3${other}"4"\n`;
      await expect(read({}, given)).rejects.toThrow(`pass { delimiter: ${JSON.stringify(other)} }`);
      expect((await read({ delimiter: other }, given)).names).toEqual(["a", "b"]);
    }
    expect((await read({}, "a;b\n1\n")).names).toEqual(["a;b"]); // one column of that name
    await expect(Reflect.apply(readCsv, undefined, ["a,b\n1,2"])).rejects.toThrow(
      /got nothing; write \{ parser: Papa \} with Papa of the package papaparse/,
    );
    await expect(Reflect.apply(readCsv, undefined, [fetch, { parser: rowsOf }])).rejects.toThrow(
      /await what is a Promise/,
    );
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
