import { describe, expect, test } from "vitest";
import {
  type ImageTensorOptions,
  imagePresets,
  imageTensor,
  type RawPixels,
  toCanvas,
  toImage,
} from "../../../src/data/index.ts";
import { tensor } from "../../../src/tensor/create.ts";
import golden from "../../golden/pictures.jsonl?raw";
import { initShared } from "../../support/shared_device.ts";

const engine = await initShared();

/** Expected values from torchvision, made by tests/golden/pictures.py, which has the formula of the picture. */
interface Known {
  readonly name: string;
  readonly height: number;
  readonly width: number;
  readonly options: ImageTensorOptions;
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

const known: readonly Known[] = golden
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line));

/** The picture of tests/golden/pictures.py; alpha, which torchvision does not have, comes from the caller. */
function picture(width: number, height: number, alpha: (i: number) => number = () => 255) {
  const data = new Uint8ClampedArray(4 * width * height);
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < 3; c++) data[4 * i + c] = (37 * i + 101 * c + ((i * i) % 61)) % 256;
    data[4 * i + 3] = alpha(i);
  }
  return { width, height, data };
}

const imageOf = ({ data, width, height }: RawPixels) =>
  new ImageData(Uint8ClampedArray.from(data), width, height);

async function read(source: Parameters<typeof imageTensor>[0], options?: ImageTensorOptions) {
  using x = await imageTensor(source, options);
  return { shape: x.shape, values: await x.read() };
}

function canvasOf(pixels: RawPixels): OffscreenCanvas {
  const canvas = new OffscreenCanvas(pixels.width, pixels.height);
  canvas.getContext("2d")?.putImageData(imageOf(pixels), 0, 0);
  return canvas;
}

describe("a picture is what torchvision makes of it:", () => {
  test.each(known)("$name", async ({ width, height, options, shape, values }) => {
    const found = await read(picture(width, height), options);
    expect(found.shape).toEqual([1, ...shape]);
    // the values are sums of up to 80 products in f32, in 0..1, divided by std
    const scale = 1 / Math.min(...[options.std ?? 1].flat());
    values.forEach((value, i) => {
      expect(Math.abs((found.values[i] as number) - value)).toBeLessThan(2e-6 * scale);
    });
  });
});

describe("every source has the same bits:", () => {
  const pixels = picture(9, 6);
  const options = { ...imagePresets.imagenet, resize: 5, crop: [4, 5] } as const;
  const sources: Record<
    string,
    () => Promise<Parameters<typeof imageTensor>[0]> | OffscreenCanvas
  > = {
    ImageData: async () => imageOf(pixels),
    "an ImageBitmap": () => createImageBitmap(imageOf(pixels)),
    "an OffscreenCanvas": () => canvasOf(pixels),
    "a canvas of the page": async () => pageCanvas(pixels),
    "a PNG file": async () => new File([await canvasOf(pixels).convertToBlob()], "x.png"),
    "a Blob": () => canvasOf(pixels).convertToBlob(),
    "an img element": () => element(pixels),
    "a VideoFrame": async () => new VideoFrame(canvasOf(pixels), { timestamp: 0 }),
  };

  test.each(Object.entries(sources))("%s", async (_, make) => {
    const expected = await read(pixels, options);
    const source = await make();
    const found = await read(source, options);
    if (typeof source === "object" && "close" in source) source.close();
    expect(found).toEqual(expected);
  });

  test("a video's frame is as large as the video, and near its colours", async () => {
    const { video, stop } = await playing("rgb(250, 128, 4)");
    const { shape, values } = await read(video);
    stop();
    expect(shape).toEqual([1, 3, 48, 64]);
    [250, 128, 4].forEach((byte, c) => {
      expect(Math.abs((values[c * 3072 + 1500] as number) - byte / 255)).toBeLessThan(0.03);
    });
  });
});

function pageCanvas(pixels: RawPixels): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = pixels.width;
  canvas.height = pixels.height;
  canvas.getContext("2d")?.putImageData(imageOf(pixels), 0, 0);
  return canvas;
}

async function element(pixels: RawPixels): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = pageCanvas(pixels).toDataURL();
  await image.decode();
  return image;
}

/** A video of 64 × 48 pixels that shows one colour. */
async function playing(colour: string) {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [64, 48];
  const context = canvas.getContext("2d") as CanvasRenderingContext2D;
  context.fillStyle = colour;
  context.fillRect(0, 0, 64, 48);
  const video = document.createElement("video");
  const stream = canvas.captureStream(10);
  video.muted = true;
  video.srcObject = stream;
  const shown = new Promise((done) => video.requestVideoFrameCallback(done));
  void video.play();
  const repaint = setInterval(() => context.fillRect(0, 0, 64, 48), 50);
  await shown;
  clearInterval(repaint);
  const stop = () => {
    for (const track of stream.getTracks()) track.stop();
  };
  return { video, stop };
}

describe("transparent pixels", () => {
  const half = { width: 2, height: 1, data: Uint8Array.of(200, 100, 0, 51, 9, 9, 9, 0) };

  test("are laid over white, or another background", async () => {
    const white = await read(half);
    const over = (byte: number) => (0.2 * byte + 0.8 * 255) / 255;
    [over(200), 1, over(100), 1, over(0), 1].forEach((value, i) => {
      expect(white.values[i]).toBeCloseTo(value, 6);
    });
    const { values } = await read(half, { background: [0, 0.5, 1] });
    const expected = [40 / 255, 0, 20 / 255 + 0.4, 0.5, 0.8, 1];
    expected.forEach((value, i) => {
      expect(values[i]).toBeCloseTo(value, 6);
    });
  });

  test("keep their colours and alpha with four channels", async () => {
    const { values } = await read(half, { channels: 4 });
    const expected = [200, 9, 100, 9, 0, 9, 51, 0].map((byte) => Math.fround(byte / 255));
    expected.forEach((value, i) => {
      expect(values[i]).toBeCloseTo(value, 6);
    });
  });
});

test("several pictures of one resulting size are a batch, each as it is alone", async () => {
  const pictures = [picture(9, 6), imageOf(picture(12, 31)), canvasOf(picture(7, 7))];
  const options = { resize: 5, crop: 5, channels: 1, mean: 0.5, std: 0.5 } as const;
  const { shape, values } = await read(pictures, options);
  expect(shape).toEqual([3, 1, 5, 5]);
  for (const [i, each] of pictures.entries()) {
    expect((await read(each, options)).values).toEqual(values.slice(25 * i, 25 * i + 25));
  }
});

describe("the way back", () => {
  const everyByte = {
    width: 16,
    height: 16,
    data: Uint8ClampedArray.from({ length: 1024 }, (_, i) =>
      i % 4 === 3 ? 255 : (i >> 2) ^ (85 * (i % 4)),
    ),
  };

  test.each([
    ["as it is", {}],
    ["ImageNet's", { mean: imagePresets.imagenet.mean, std: imagePresets.imagenet.std }],
    ["in −1..1", { mean: 0.5, std: 0.5 }],
  ])("gives every byte of the picture, normalised %s", async (_, how) => {
    using x = await imageTensor(everyByte, how);
    expect([...(await toImage(x, how)).data]).toEqual([...everyByte.data]);
    const canvas = new OffscreenCanvas(1, 1);
    await toCanvas(x, canvas, how);
    const drawn = canvas.getContext("2d")?.getImageData(0, 0, 16, 16).data ?? [];
    expect([...drawn]).toEqual([...everyByte.data]);
  });

  test("keeps alpha with four channels, and makes grey of one", async () => {
    const pixels = picture(5, 4, (i) => 255 - 12 * i);
    using x = await imageTensor(pixels, { channels: 4 });
    expect([...(await toImage(x)).data]).toEqual([...pixels.data]);
    using grey = tensor([[[0, 0.5, 2, -1]]]);
    const { data, width, height } = await toImage(grey);
    expect([width, height]).toEqual([4, 1]);
    expect([...data].filter((_, i) => i % 4 === 1)).toEqual([0, 128, 255, 0]); // 127.5 is rounded to even
    expect([...data].filter((_, i) => i % 4 === 3)).toEqual([255, 255, 255, 255]);
  });
});

test("no bytes stay on the GPU once the result is freed", async () => {
  const pictures = [picture(30, 40), picture(50, 60)];
  await read(pictures, { resize: [8, 8] });
  const before = engine.counters().liveBytes;
  await read(pictures, { resize: [8, 8] });
  expect(engine.counters().liveBytes).toBe(before);
});
