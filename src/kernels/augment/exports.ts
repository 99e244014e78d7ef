/** The kernels of this folder as wgrad/kernels exports them: with the kinds of their options. */
import {
  boolean,
  either,
  list,
  natural,
  number,
  numbers,
  oneOf,
  record,
  required,
} from "../../core/kinds.ts";
import { type Declared, declared } from "../declared.ts";
import { slot, two } from "../option_kinds.ts";
import { blur } from "./blur.ts";
import { boxes } from "./boxes.ts";
import { colour } from "./colour.ts";
import { colourGrad } from "./colour_grad.ts";
import { geometry } from "./geometry.ts";
import { mix } from "./mix.ts";
import { operation } from "./operation.ts";
import { tone } from "./tone.ts";
import { toneGrad } from "./tone_grad.ts";

const stream = () => ({ seed: required(number), offset: number });
const software = boolean;

export const augmentGeometry: Declared<typeof geometry> = /* @__PURE__ */ declared(
  geometry,
  () => ({
    ...stream(),
    steps: required(list(record)),
    first: natural,
    mode: slot(geometry, "filter"),
    padding: slot(geometry, "padding"),
    reflectAt: oneOf("centre", "rim"),
    fill: either(number, numbers),
    ...{ finish: record, software },
  }),
);

export const augmentBoxes: Declared<typeof boxes> = /* @__PURE__ */ declared(boxes, () => ({
  ...stream(),
  ...{ size: required(two), steps: required(list(record)), first: natural },
}));

const channels = () => either(number, numbers);

export const augmentColour: Declared<typeof colour> = /* @__PURE__ */ declared(colour, () => ({
  ...stream(),
  ...{ first: natural, jitter: record, posterize: record, solarize: record },
  ...{ noise: record, erase: record, mean: channels(), std: channels() },
  software,
}));

export const augmentColourGrad: Declared<typeof colourGrad> = /* @__PURE__ */ declared(
  colourGrad,
  () => ({
    step: required(oneOf("brightness", "contrast", "saturation", "hue")),
    factor: required(number),
    software,
  }),
);

export const augmentMix: Declared<typeof mix> = /* @__PURE__ */ declared(mix, () => ({
  ...stream(),
  ...{ alpha: required(number), cut: required(boolean), p: number, size: required(two) },
  labels: boolean,
}));

export const augmentTone: Declared<typeof tone> = /* @__PURE__ */ declared(tone, () => ({
  ...stream(),
  ...{ first: natural, sharpen: record, autocontrast: record, equalize: record },
  software,
}));

export const augmentToneGrad: Declared<typeof toneGrad> = /* @__PURE__ */ declared(
  toneGrad,
  () => ({
    step: required(oneOf("sharpen", "autocontrast")),
    ...{ factor: number, software },
  }),
);

export const augmentOperation: Declared<typeof operation> = /* @__PURE__ */ declared(
  operation,
  () => ({
    ...stream(),
    ...{ group: required(natural), behind: required(two) },
    ...{ geometry: required(record), colour: required(record), tone: required(record) },
    software,
  }),
);

export const augmentBlur: Declared<typeof blur> = /* @__PURE__ */ declared(blur, () => ({
  ...stream(),
  axis: required(oneOf("rows", "columns")),
  ...{ size: required(number), sigma: required(two), gate: record, first: natural },
  ...{ grad: boolean, software },
}));
