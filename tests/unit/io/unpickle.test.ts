import { describe, expect, test } from "vitest";
import { WgradError } from "../../../src/core/errors.ts";
import { unpickleTorch } from "../../../src/io/torch_pickle.ts";
import { randomIntegers } from "../../support/files.ts";

const pickle = (...parts: (string | number)[]): Uint8Array =>
  Uint8Array.from(
    parts.flatMap((part) =>
      typeof part === "number" ? [part] : [...part].map((letter) => letter.charCodeAt(0)),
    ),
  );

describe("a pickle", () => {
  test("that would run a command is refused by module and name", () => {
    const run = pickle(0x80, 2, "cposix\nsystem\nX", 4, 0, 0, 0, "lsx!", 0x85, "R.");
    expect(() => unpickleTorch(run)).toThrow(/it asks for posix\.system/);
    const stacked = pickle(0x80, 4, 0x8c, 8, "builtins", 0x8c, 4, "eval", 0x93, ".");
    expect(() => unpickleTorch(stacked)).toThrow(/it asks for builtins\.eval/);
  });

  test("with another opcode is refused by its name", () => {
    expect(() => unpickleTorch(pickle(0x80, 2, "(iposix\nsystem\n."))).toThrow(/the opcode INST/);
    expect(() => unpickleTorch(pickle(0x80, 2, "}", 0x81, "."))).toThrow(/the opcode NEWOBJ/);
    expect(() => unpickleTorch(pickle(0x80, 2, 0xff, "."))).toThrow(/the opcode 255/);
  });

  test("that names __proto__ changes no object", () => {
    const value = unpickleTorch(pickle(0x80, 4, "}", 0x8c, 9, "__proto__", "K", 1, "s."));
    expect(value).toEqual(new Map([["__proto__", 1]]));
  });

  test("holds integers of any length", () => {
    expect(unpickleTorch(pickle(0x80, 2, 0x8a, 1, 0xff, "."))).toBe(-1);
    const long = pickle(0x80, 2, 0x8a, 8, 0, 0, 0, 0, 0, 0, 0, 0x40, ".");
    expect(unpickleTorch(long)).toBe(2n ** 62n);
  });

  test("of 5,000 random opcodes is refused by name or has a value", () => {
    const below = randomIntegers(6);
    const codes = [..."()]}NJKMGXU\x85\x86\x87t\x94q\x71hjaesucR.bQ\x88\x89\x8a\x8c\x93\x95"];
    for (let i = 0; i < 5000; i++) {
      const parts = Array.from({ length: 30 }, () =>
        below(3) ? (codes[below(codes.length)] as string) : below(256),
      );
      try {
        unpickleTorch(pickle(0x80, 4, ...parts, "."));
      } catch (error) {
        expect(error).toBeInstanceOf(WgradError);
      }
    }
  });
});
