import { ValueError } from "../../core/errors.ts";
import type { Kind } from "../../core/kinds.ts";
import { describe } from "../../core/signature.ts";
import type { Params } from "../compose/step.ts";

/** Values to try, by name of the parameter. */
export type ParamGrid = Readonly<Record<string, readonly unknown[]>>;

const isGrid = (value: unknown): boolean =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const gridKind: Kind = {
  expected: "an object with an array of values for each parameter, or an array of such",
  accepts: (value) => isGrid(value) || (Array.isArray(value) && value.every(isGrid)),
  advice: "write { C: [0.1, 1, 10] }",
};

/** Every combination of the values, with names in alphabetical order and the last one varying fastest, as in scikit-learn. */
export function combinations(who: string, given: ParamGrid | readonly ParamGrid[]): Params[] {
  const grids = (Array.isArray(given) ? given : [given]) as readonly ParamGrid[];
  const all = grids.flatMap((grid) =>
    Object.keys(grid)
      .sort()
      .reduce<Params[]>(
        (found, name) => {
          const values: unknown = grid[name];
          const list = Array.isArray(values) || ArrayBuffer.isView(values);
          if (!list || (values as ArrayLike<unknown>).length === 0) {
            throw new ValueError(
              `${who}: expected an array of values for ${name}, one at least, got ${describe(values)}; write { ${name}: [value] }`,
            );
          }
          const each = Array.from(values as ArrayLike<unknown>);
          return found.flatMap((params) => each.map((value) => ({ ...params, [name]: value })));
        },
        [{}],
      ),
  );
  if (all.length > 0) return all;
  throw new ValueError(`${who}: expected one grid at least, got none; write { C: [0.1, 1, 10] }`);
}
