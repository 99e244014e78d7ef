/** A pixel (r, g, b); one of a single channel has it three times. */
export type Colour = readonly [number, number, number];

/** How bright red, green and blue are. */
export const greyWeights: Colour = [0.2989, 0.587, 0.114];

export const greyOf = (colour: Colour) =>
  colour.reduce((sum, value, k) => sum + value * (greyWeights[k] as number), 0);

const within = (value: number) => Math.min(Math.max(value, 0), 1);

const blend = (a: Colour, b: number, factor: number): Colour => {
  const [x, y, z] = a.map((value) => within(factor * value + (1 - factor) * b));
  return [x as number, y as number, z as number];
};

/** The hue moved by `turn` of a whole turn: to hue, saturation and value and back (A. R. Smith 1978). */
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

/** Steps of colour by number, on a pixel, with a factor and the mean grey of the picture: shaders/augment/colour_step.wgsl. */
export const colourSteps: readonly ((colour: Colour, factor: number, grey: number) => Colour)[] = [
  (colour, factor) => blend(colour, 0, factor),
  (colour, factor, grey) => blend(colour, grey, factor),
  (colour, factor) => blend(colour, greyOf(colour), factor),
  turnedHue,
];
