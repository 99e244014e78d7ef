import { expect, test } from "vitest";
import { BatchNorm2d, Conv2d, inference, Module } from "../../../src/nn/index.ts";
import { relu } from "../../../src/ops/activation/activation.ts";
import { add } from "../../../src/ops/elementwise/elementwise.ts";
import { scope } from "../../../src/tensor/scope.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { initShared } from "../../support/shared_device.ts";
import { close, image, trained } from "../../support/trained.ts";

const engine = await initShared();

test("convolutions by columns end with norm, activation and shortcut, one row of zeros or none", async () => {
  class Block extends Module<[Tensor], Tensor> {
    readonly across = new Conv2d(16, 96, [1, 7], { padding: [0, 3], bias: false });
    readonly bn = new BatchNorm2d(96);
    readonly down = new Conv2d(96, 96, 3, { stride: 2, padding: [[0, 1], [1, 0]] }); // biome-ignore format: pairs
    readonly shortcut = new Conv2d(96, 96, 3, { stride: 2, padding: 1 });
    forward(x: Tensor): Tensor {
      const y = relu(this.bn.forward(this.across.forward(x)));
      return relu(add(this.down.forward(y), this.shortcut.forward(y)));
    }
  }
  const model = trained(new Block());
  using x = image(2, 16, 20);
  const predict = inference(model);
  using wanted = scope(() => model.forward(x));
  for (let k = 0; k < 2; k++) {
    using got = predict(x);
    await close(got, wanted);
  }
  const columns = predict.explain().match(/conv2d\/columns/g)?.length ?? 0;
  expect(columns).toBe(engine.chooser.software ? 3 : 0);
  predict.dispose();
  model.dispose();
});
