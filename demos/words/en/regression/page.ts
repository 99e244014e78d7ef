export const regression = "Regression";
export const drawPointsFitPolynomials =
  "Draw points, fit polynomials with and without a penalty, and see what held-out points say of them.";
export const pointsCurveOfDegreeTwelve =
  "Points, a curve of degree twelve through them, and its errors by degree";
export const drawnExpectedPointsXY = (drawn: string) =>
  `?drawn=${drawn}: expected points x,y with |x| ≤ 1 and |y| ≤ 2, "_" between them`;
export const drawnExpectedAtMostPoints = (mostDrawn: number, points: number) =>
  `?drawn: expected at most ${mostDrawn} points, got ${points}`;
