/** A pixel (r, g, b); a single channel is repeated three times. */
export type Colour = readonly [number, number, number];

/** Luminance weights of red, green and blue. */
export const greyWeights: Colour = [0.2989, 0.587, 0.114];

export const greyOf = (colour: Colour) =>
  colour.reduce((sum, value, k) => sum + value * (greyWeights[k] as number), 0);

const within = (value: number) => Math.min(Math.max(value, 0), 1);

const blend = (a: Colour, b: number, factor: number): Colour => {
  const [x, y, z] = a.map((value) => within(factor * value + (1 - factor) * b));
  return [x as number, y as number, z as number];
};

/** Rotates the hue by `turn` of a full turn, by way of hue, saturation and value (A. R. Smith 1978). */
function turnedHue(colour: Colour, turn: number): Colour {
  const [r, g, b] = colour;
  const value = Math.max(r, g, b);
  const range = value - Math.min(r, g, b);
  if (range === 0) return colour;
  const [ar, ag, ab] = [(value - r) / range, (value - g) / range, (value - b) / range];
  const hue = r === value ? ab - ag : g === value ? 2 + ar - ab : 4 + ag - ar;
  const whole = hue / 6 + 1 + turn;
  const sixth = (whole - Math.floor(whole)) * 6;
  const part = (n: number) => {
    const k = (n + sixth) % 6;
    return value - range * within(Math.min(k, 4 - k));
  };
  return [part(5), part(3), part(1)];
}

/**
 * Colour steps by number, applied to a pixel with a factor and the mean grey of the image:
 * shaders/augment/colour_step.wgsl.
 */
export const colourSteps: readonly ((colour: Colour, factor: number, grey: number) => Colour)[] = [
  (colour, factor) => blend(colour, 0, factor),
  (colour, factor, grey) => blend(colour, grey, factor),
  (colour, factor) => blend(colour, greyOf(colour), factor),
  turnedHue,
];
