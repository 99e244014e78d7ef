// Why a relation does not hold for an estimator, in the words of its docstring.

export const units = "Features are weighted by their units";
export const penalised = { units: "The penalty depends on the units of features" };
export const fromZero = {
  ...penalised,
  shift: "a shift changes the result",
  "constant feature": "a constant feature acts as another b",
};
export const kernels = { units: "Kernels weight features by their units" };
export const drawn = "Random draws depend on the order and number of the samples";
export const draws = { "permuted rows": drawn, "repeated rows": drawn };
const order = "Samples keep their order, duplicates included";
export const inOrder = { "permuted rows": order, "repeated rows": order };
const learnsInTurn = "The result depends on the order, number, units and offset of the samples";
export const inTurn = Object.fromEntries(
  [
    ...["shift", "scale", "units", "outlier"],
    ...["constant feature", "permuted rows", "repeated rows"],
  ].map((relation) => [relation, learnsInTurn]),
);
export const shares = "a shift, other units or a constant feature change the result";
export const products = "Products depend on the units and the origin of the features";

export const together = "a shift, other units or one more feature change the result";
export const tables = "Takes tables";
export const folds = "Folds depend on the order and number of the rows";
