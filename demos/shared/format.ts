import * as words from "../words/en/shared/page.ts";

/** 83.5 %, with a space at which no line breaks */
export function percent(share: number, digits = 1): string {
  return `${(100 * share).toFixed(digits)}\u00a0%`;
}

/** Three significant digits, thousands grouped; below 0.001 and from a billion on 9.3 · 10⁻⁴, in which no line breaks. */
export function number(value: number): string {
  if (value === 0) return "0";
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size < 1e-3 || size >= 1e9) {
    const [digits, exponent] = value.toExponential(1).split("e");
    return `${digits}\u00a0·\u00a0${powerOfTen(Number(exponent))}`;
  }
  return value.toLocaleString("en-GB", { maximumSignificantDigits: size >= 1000 ? 21 : 3 });
}

const raised = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** 10⁻³, for a whole exponent; other powers of ten as `number` writes them. */
export function powerOfTen(exponent: number): string {
  if (!Number.isInteger(exponent)) return number(10 ** exponent);
  const digits = [...String(Math.abs(exponent))].map((digit) => raised[Number(digit)]).join("");
  return `10${exponent < 0 ? "⁻" : ""}${digits}`;
}

/** 1.2 KB */
export function bytes(count: number): string {
  if (count < 1000) return words.bytes(count);
  if (count < 1e6) return words.kilobytes((count / 1e3).toFixed(1));
  return words.megabytes((count / 1e6).toFixed(1));
}

/** 48 s, 2 min 5 s */
export function duration(seconds: number): string {
  const s = Math.round(seconds);
  return s < 60 ? words.seconds(s) : words.minutesAndSeconds(Math.floor(s / 60), s % 60);
}
