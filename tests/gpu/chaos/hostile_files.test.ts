import {
  DataLoader,
  fetchBytes,
  imageTensor,
  loadDataset,
  MapDataset,
  readCsv,
  toImage,
  WorkerPool,
} from "../../../src/data/index.ts";
import { openNpz, openSafetensors, openTorch, readNpy } from "../../../src/io/index.ts";
import { exportOnnx, loadOnnx } from "../../../src/io/onnx/index.ts";
import * as nn from "../../../src/nn/index.ts";
import * as ops from "../../../src/ops/index.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { loadCheckpoint, saveCheckpoint } from "../../../src/train/index.ts";
import { refused } from "../../support/hostile.ts";

const nowhere = "http://127.0.0.1:9/nothing";
const gone = () => {
  const url = URL.createObjectURL(new Blob(["x"]));
  URL.revokeObjectURL(url);
  return url;
};
const broken = () =>
  new Blob([new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10, 1, 2, 3])], { type: "image/png" });
const page = () => `data:text/html,${"<html>".repeat(9)}`;
const lines = { parser: (text: string) => text.split("\n").map((line) => line.split(",")) };

refused({
  "a worker that is not there": async () => {
    const pool = new WorkerPool(() => new Worker(gone(), { type: "module" }), { size: 1 });
    const map = new MapDataset([1, 2], pool.map);
    for await (const each of new DataLoader(map as never, { batchSize: 2 })) void each;
  },
  "a maker of workers that makes none": () => new WorkerPool(() => undefined as never),
  "safetensors of a server that is not there": () => openSafetensors(nowhere),
  "safetensors of a web page": () => openSafetensors(page()),
  "safetensors of a revoked address": () => openSafetensors(gone()),
  "a .pt of a web page": () => openTorch(page()),
  "a .npz of a web page": () => openNpz(page()),
  "a .npy of a web page": () => readNpy(new TextEncoder().encode("<html>") as never),
  "an address that is none": () => openSafetensors("http://"),
  "onnx of a web page": () => loadOnnx(new TextEncoder().encode("<html></html>")),
  "onnx of a model that is disposed of": () => {
    const model = new nn.Linear(2, 2).eval();
    model.dispose();
    return exportOnnx(model, ops.ones([1, 2]) as never);
  },
  "bytes of a server that is not there": () => fetchBytes(nowhere),
  "a data set that is none": () => loadDataset("imagenet" as never),
  "a picture that is damaged": () => imageTensor(broken()),
  "a picture of a server that is not there": () => imageTensor(nowhere),
  "a picture of a web page": () => imageTensor(page()),
  "a picture of no pixels": () => imageTensor(new OffscreenCanvas(0, 0)),
  "a picture that was closed": async () => {
    const picture = await createImageBitmap(new ImageData(2, 2));
    picture.close();
    return imageTensor(picture);
  },
  "toImage of numbers that are none": () => toImage(tensor([Number.NaN])),
  "a CSV whose parser gives no row": () =>
    readCsv("a,b\n1,2", { parser: () => [["a", "b"], undefined, ["1"]] as never }),
  "a checkpoint of another shape": async () => {
    const file = await saveCheckpoint({ model: new nn.Linear(2, 3) });
    return loadCheckpoint(file, { model: new nn.Linear(3, 2) });
  },
  "a checkpoint of a state that throws": () =>
    saveCheckpoint({
      model: {
        stateDict: () => {
          throw null;
        },
      } as never,
    }),
  "a worker whose module throws": async () => {
    const url = URL.createObjectURL(new Blob(["throw new Error()"], { type: "text/javascript" }));
    const pool = new WorkerPool(() => new Worker(url, { type: "module" }), { size: 1 });
    return new MapDataset([1, 2], pool.map).get(0);
  },
  "bytes of a revoked address": () => fetchBytes(gone()),
  "bytes of a gzip file that breaks off": () =>
    fetchBytes("data:application/gzip;base64,H4sIAAAAAAAAA0vOzy0oSi0uBgC="),
  "a CSV of a server that is not there": () => readCsv(new URL(nowhere), lines),
  "a CSV of an answer that was read before": async () => {
    const answer = new Response("a,b\n1,2");
    await answer.text();
    return readCsv(answer, lines);
  },
  "a CSV of an answer that breaks off": () => {
    const cut = new ReadableStream({ start: (to) => to.error(new TypeError("network error")) });
    return readCsv(new Response(cut), lines);
  },
});
