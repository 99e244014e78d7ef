import type { Operand } from "../../../../ops/elementwise/operands.ts";
import { isTensor } from "../../../../tensor/kinds.ts";
import type { Tensor } from "../../../../tensor/tensor.ts";
import { type Exporters, operands, refuse } from "../exporter.ts";
import { elementTypeOf, type GraphOut } from "../graph.ts";
import { clip } from "./activations.ts";

const floating = (x: Operand): boolean =>
  isTensor(x) ? elementTypeOf(x) === "float" : !Number.isInteger(x);

/** An operator with two operands. */
const pairwise =
  (op: string) =>
  (graph: GraphOut, [a, b]: readonly [Operand, Operand], out: Tensor): string =>
    graph.node(op, operands(graph, a, b, elementTypeOf(out) === "float"));

/** A comparison, whose boolean is converted to 1 or 0. */
const compared =
  (op: string, negated = false) =>
  (graph: GraphOut, [a, b]: readonly [Operand, Operand]): string => {
    const holds = graph.node(op, operands(graph, a, b, floating(a) || floating(b)));
    return graph.cast(negated ? graph.node("Not", [holds]) : holds, "float");
  };

/** A logical operator of two operands. */
const logical =
  (op: string) =>
  (graph: GraphOut, [a, b]: readonly [Operand, Operand]): string => {
    const [left, right] = operands(graph, a, b, true).map((x) => graph.cast(x, "bool"));
    return graph.cast(graph.node(op, [left as string, right as string]), "float");
  };

/** A function of every float. */
const mapped =
  (work: string | ((graph: GraphOut, x: string) => string)) =>
  (graph: GraphOut, [x]: readonly [Tensor]): string => {
    const value = graph.floats(x);
    return typeof work === "string" ? graph.node(work, [value]) : work(graph, value);
  };

/** A function that also takes integers. */
const kept =
  (op: string) =>
  (graph: GraphOut, [x]: readonly [Tensor], out: Tensor): string =>
    graph.node(op, [elementTypeOf(out) === "float" ? graph.floats(x) : graph.name(x)]);

/** A rounding function, which returns integers unchanged. */
const rounding =
  (op: string | ((graph: GraphOut, x: string) => string)) =>
  (graph: GraphOut, args: readonly [Tensor]): string =>
    elementTypeOf(args[0]) === "float" ? mapped(op)(graph, args) : graph.name(args[0]);

const finite = (graph: GraphOut, x: string): string => {
  const wrong = [graph.node("IsNaN", [x]), graph.node("IsInf", [x])];
  return graph.cast(graph.node("Not", [graph.node("Or", wrong)]), "float");
};

const towardsZero = (graph: GraphOut, x: string): string => {
  const down = graph.node("Floor", [graph.node("Abs", [x])]);
  return graph.node("Mul", [graph.node("Sign", [x]), down]);
};

const divided: NonNullable<Exporters["div"]> = (graph, [a, b, { roundingMode } = {}], out) => {
  // ONNX would round a quotient that has already been rounded to f32: 1 / 0.1 would give 10, not 9
  if (roundingMode) refuse("quotients with a rounding mode");
  return pairwise("Div")(graph, [a, b], out);
};

const unary: Exporters = {
  ...{ neg: kept("Neg"), abs: kept("Abs"), exp: mapped("Exp"), log: mapped("Log") },
  ...{ sqrt: mapped("Sqrt"), reciprocal: mapped("Reciprocal"), sin: mapped("Sin") },
  ...{
    cos: mapped("Cos"),
    floor: rounding("Floor"),
    ceil: rounding("Ceil"),
    round: rounding("Round"),
  },
  ...{ sign: kept("Sign"), erf: mapped("Erf") },
  square: (graph, [x]) => graph.node("Mul", [graph.name(x), graph.name(x)]),
  rsqrt: mapped((graph, x) => graph.node("Reciprocal", [graph.node("Sqrt", [x])])),
  log1p: mapped((graph, x) => graph.node("Log", [graph.node("Add", [x, graph.float(1)])])),
  expm1: mapped((graph, x) => graph.node("Sub", [graph.node("Exp", [x]), graph.float(1)])),
  trunc: rounding(towardsZero),
  isnan: mapped((graph, x) => graph.cast(graph.node("IsNaN", [x]), "float")),
  isfinite: mapped(finite),
};

const binary: Exporters = {
  ...{ add: pairwise("Add"), sub: pairwise("Sub"), mul: pairwise("Mul") },
  div: divided,
  ...{ pow: pairwise("Pow"), maximum: pairwise("Max"), minimum: pairwise("Min") },
  ...{ equal: compared("Equal"), notEqual: compared("Equal", true), less: compared("Less") },
  ...{ lessEqual: compared("LessOrEqual"), greater: compared("Greater") },
  ...{ greaterEqual: compared("GreaterOrEqual"), logicalAnd: logical("And") },
  ...{ logicalOr: logical("Or"), logicalXor: logical("Xor") },
};

/** Arithmetic, comparisons and elementwise functions. */
export const arithmetic: Exporters = {
  ...unary,
  ...binary,
  affine: (graph, [x, { factor = 1, shift = 0 } = {}]) => {
    const value = graph.floats(x);
    const scaled = factor === 1 ? value : graph.node("Mul", [value, graph.float(factor)]);
    return shift === 0 ? scaled : graph.node("Add", [scaled, graph.float(shift)]);
  },
  logicalNot: (graph, [x]) =>
    graph.cast(graph.node("Not", [graph.cast(graph.name(x), "bool")]), "float"),
  where: (graph, [condition, a, b], out) => {
    const holds = graph.cast(graph.name(condition), "bool");
    return graph.node("Where", [holds, ...operands(graph, a, b, elementTypeOf(out) === "float")]);
  },
  clamp: (graph, [x, { min = -Infinity, max = Infinity } = {}], out) => {
    const value = clip(graph, graph.floats(x), min, max);
    return elementTypeOf(out) === "float" ? value : graph.cast(value, "int64");
  },
  cast: (graph, [x], out) => {
    const to = elementTypeOf(out);
    return elementTypeOf(x) === to ? graph.name(x) : graph.cast(graph.name(x), to);
  },
};
