// Why a relation does not hold for an estimator: what its docstring says.

export const units = "Features count by their units";
export const penalised = { units: "The penalty counts features by their units" };
export const fromZero = {
  ...penalised,
  shift: "a shift changes the answer",
  "constant feature": "a constant feature is one more b",
};
export const kernels = { units: "Kernels count features by their units" };
export const drawn = "What is drawn depends on the order and number of the samples";
export const draws = { "permuted rows": drawn, "repeated rows": drawn };
const order = "Samples come out in their order, repeated ones each";
export const inOrder = { "permuted rows": order, "repeated rows": order };
const learnsInTurn = "What it learns depends on the order, number and units of the samples";
export const inTurn = Object.fromEntries(
  [
    ...["shift", "scale", "units", "outlier"],
    ...["constant feature", "permuted rows", "repeated rows"],
  ].map((relation) => [relation, learnsInTurn]),
);
export const shares = "a shift, other units or a constant feature change the answer";
export const products =
  "Products change with the units of the features and where they have their 0";

export const together = "a shift, other units or one more feature change the answer";
export const tables = "Takes tables";
export const folds = "Folds follow the order and number of the rows";
