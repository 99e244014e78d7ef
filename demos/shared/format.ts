/** 83.5 % */
export function percent(share: number, digits = 1): string {
  return `${(100 * share).toFixed(digits)} %`;
}

/** Three significant digits, thousands grouped, no exponent between 0.001 and a billion. */
export function number(value: number): string {
  if (value === 0) return "0";
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size < 1e-3 || size >= 1e9) return value.toExponential(1).replace("e", " e");
  return value.toLocaleString("en-GB", { maximumSignificantDigits: size >= 1000 ? 21 : 3 });
}

/** 1.2 KB */
export function bytes(count: number): string {
  if (count < 1000) return `${count} B`;
  if (count < 1e6) return `${(count / 1e3).toFixed(1)} KB`;
  return `${(count / 1e6).toFixed(1)} MB`;
}

/** 48 s, 2 min 5 s */
export function duration(seconds: number): string {
  const s = Math.round(seconds);
  return s < 60 ? `${s} s` : `${Math.floor(s / 60)} min ${s % 60} s`;
}
