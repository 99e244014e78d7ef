import type { Gated } from "../../kernels/augment/draw.ts";
import type { GeometryStep } from "../../kernels/augment/geometry_step.ts";
import type { ImagePass } from "./plan.ts";

type PassOf<Kind extends ImagePass["kind"]> = Extract<ImagePass, { readonly kind: Kind }>;

/** The combined range of the steps of one choice; undefined if a step belongs to no choice or another one. */
function rangeOf(steps: readonly (Gated | undefined)[], number: number) {
  const taken = steps.filter((step) => step !== undefined);
  const groups = taken.map(({ gate }) => gate?.group);
  if (groups.some((group) => group?.number !== number)) return undefined;
  const ranges = groups.flatMap((group) => (group ? [group.range] : []));
  return [Math.min(...ranges.map(([from]) => from)), Math.max(...ranges.map(([, to]) => to))];
}

const staysAsLarge = ({ from, to }: GeometryStep) => from[0] === to[0] && from[1] === to[1];

/** One pass that replaces three passes if each image takes a step of only one of them; otherwise undefined. */
function joined(
  geometry: PassOf<"geometry">["options"],
  colour: PassOf<"colour">["options"],
  tone: PassOf<"tone">["options"],
): PassOf<"operation"> | undefined {
  const group = geometry.steps[0]?.gate?.group?.number;
  const { noise, erase, mean, std, jitter, posterize, solarize } = colour;
  const finishes = [geometry.finish, noise, erase, mean, std].some((each) => each !== undefined);
  if (group === undefined || finishes || !geometry.steps.every(staysAsLarge)) return undefined;
  const ranges = [
    rangeOf(geometry.steps, group),
    rangeOf([...(jitter?.steps ?? []), posterize, solarize], group),
    rangeOf([tone.sharpen, tone.autocontrast, tone.equalize], group),
  ];
  const [first, second, third] = ranges;
  if (!first || !second || !third) return undefined;
  const [[, end = 0], [from = 0, until = 0], [last = 0]] = [first, second, third];
  if (end > from || until > last) return undefined;
  return { kind: "operation", options: { group, behind: [end, until], geometry, colour, tone } };
}

/** Replaces three consecutive passes by one, if each image takes only one of their steps. */
export function withOperations(passes: readonly ImagePass[]): ImagePass[] {
  const result: ImagePass[] = [];
  for (let k = 0; k < passes.length; k++) {
    const [first, second, third] = passes.slice(k, k + 3);
    const alike =
      first?.kind === "geometry" && second?.kind === "colour" && third?.kind === "tone"
        ? joined(first.options, second.options, third.options)
        : undefined;
    result.push(alike ?? (passes[k] as ImagePass));
    if (alike) k += 2;
  }
  return result;
}
