/** Two significant digits of an error or a speed: 0, 3.1e-7, 12, ∞. */
export function figure(value: number): string {
  if (value === 0) return "0";
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  if (size < 1e-3 || size >= 1e6) return value.toExponential(1).replace("e+", "e");
  return value.toLocaleString("en-GB", { maximumSignificantDigits: size < 100 ? 2 : 3 });
}
