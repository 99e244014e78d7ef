import { ShapeError, ValueError } from "../core/errors.ts";
import { anything, list, number, record, required, string } from "../core/kinds.ts";
import { type Shape, sameShape, show, size } from "../core/shape.ts";
import { checkArguments, options, signature } from "../core/signature.ts";

/** An option's value: plain data that survives structured cloning and JSON. */
export type PlainOption = number | boolean | string | readonly number[];

/**
 * The whole state of an optimiser as plain data: JSON apart from the Float32Arrays. A copy, which later steps do not
 * change.
 */
export interface OptimizerState {
  /** Class of the optimiser: "AdamW". */
  readonly optimizer: string;
  /** Number of calls of `step()`. */
  readonly steps: number;
  /** The parameter groups, in order. */
  readonly groups: readonly GroupState[];
  /** In the order of the constructor's argument, the first group's first. */
  readonly parameters: readonly ParameterState[];
}

/** The options of a parameter group in the state of an optimiser. */
export interface GroupState {
  /** Options of the group by name, such as learning rate and weight decay. */
  readonly options: Readonly<Record<string, PlainOption>>;
  /** Indices into `parameters`. */
  readonly parameters: readonly number[];
}

/** State of one parameter: plain data. */
export interface ParameterState {
  /** Shape of the parameter, and of its moments. */
  readonly shape: readonly number[];
  /** Number of steps in which it had a gradient. */
  readonly steps: number;
  /** Numbers accumulated on the host, by name; empty for most optimisers. */
  readonly memory: Readonly<Record<string, number>>;
  /** Moments by name, row-major. */
  readonly moments: Readonly<Record<string, ArrayLike<number>>>;
}

/** Form that a state must have to be loaded: that of the optimiser now. */
export interface ExpectedState {
  readonly optimizer: string;
  readonly groups: readonly GroupState[];
  readonly shapes: readonly (readonly number[])[];
  /** Names of the numbers accumulated on the host. */
  readonly memory: readonly string[];
}

const saved = /* @__PURE__ */ signature("loadStateDict", {
  state: options<OptimizerState>({
    optimizer: required(string),
    steps: required(anything),
    groups: required(
      list(options<GroupState>({ options: required(record), parameters: required(list(number)) })),
    ),
    parameters: required(
      list(
        options<ParameterState>({
          shape: required(list(number)),
          steps: required(anything),
          memory: required(record),
          moments: required(record),
        }),
      ),
    ),
  }),
});

/** Throws `ValueError` or `ShapeError` unless the state fits the optimiser; `checkMoments` checks the moments. */
export function checkState(state: OptimizerState, expected: ExpectedState): void {
  checkArguments(saved, [state]);
  same("the state of", state.optimizer, expected.optimizer);
  same("the number of groups", state.groups.length, expected.groups.length);
  same("the number of parameters", state.parameters.length, expected.shapes.length);
  checkCount("steps", state.steps);
  state.groups.forEach((group, i) => {
    const own = expected.groups[i] as GroupState;
    same(`group ${i} to have the options`, kinds(group.options), kinds(own.options));
    same(`group ${i} to have the parameters`, group.parameters.join(), own.parameters.join());
  });
  state.parameters.forEach((parameter, i) => {
    const shape = expected.shapes[i] ?? [];
    checkShapes(`parameter ${i}`, parameter.shape, shape);
    checkCount(`steps of parameter ${i}`, parameter.steps);
    same(`parameter ${i} to remember`, names(parameter.memory), [...expected.memory].sort().join());
  });
}

/** Throws `ValueError` or `ShapeError` unless every parameter has moments of these names with all elements. */
export function checkMoments(state: OptimizerState, expected: readonly string[]): void {
  const wanted = [...expected].sort().join();
  state.parameters.forEach(({ shape, moments }, i) => {
    same(`parameter ${i} to have the moments`, names(moments), wanted);
    for (const [name, values] of Object.entries(moments)) {
      const length = (values as ArrayLike<number> | null)?.length; // the file may be damaged
      same(`the length of ${name} of parameter ${i} to be a`, typeof length, "number");
      checkShapes(`${name} of parameter ${i}`, [length as number], [size(shape)]);
    }
  });
}

function checkShapes(what: string, got: Shape, wanted: Shape): void {
  if (sameShape(got, wanted)) return;
  throw new ShapeError(
    `loadStateDict: ${what} expects ${show(wanted)}, got ${show(got)}; give the parameters in the saved order`,
  );
}

/** Types of the options, so that a damaged file is refused. */
function kinds(options: GroupState["options"]): string {
  const kind = (value: PlainOption) =>
    Array.isArray(value) ? `${value.length} numbers` : typeof value;
  return Object.entries(options)
    .map(([name, value]) => `${name}: ${kind(value)}`)
    .sort()
    .join(", ");
}

function names(record: Readonly<Record<string, unknown>>): string {
  return Object.keys(record).sort().join();
}

function same(what: string, got: string | number, wanted: string | number): void {
  if (got === wanted) return;
  throw new ValueError(
    `loadStateDict: expected ${what} ${wanted || "none"}, got ${got || "none"}; build the optimiser as it was when the ` +
      "state was saved",
  );
}

function checkCount(what: string, count: number): void {
  if (Number.isInteger(count) && count >= 0) return;
  throw new ValueError(
    `loadStateDict: expected ${what} an integer ≥ 0, got ${count}; the state is damaged`,
  );
}
