import { expect, test } from "vitest";
import { fit } from "../../../src/train/fit.ts";
import { saveCheckpoint } from "../../../src/train/index.ts";

test("fit says how a loss and an optimiser are written, where Keras takes their names", async () => {
  await expect(Reflect.apply(fit, undefined, [{ loss: "mse" }])).rejects.toThrow(
    'fit: expected a function as loss, got "mse"; write (batch) => mseLoss(model.forward(batch.x), batch.y)',
  );
  await expect(Reflect.apply(fit, undefined, [{ optimizer: "adam" }])).rejects.toThrow(
    'fit: expected an optimiser with zeroGrad() and step() as optimizer, got "adam"; ' +
      "make one: new Adam(model.parameters(), { lr: 0.001 })",
  );
});

test("saveCheckpoint wants parts with names, where PyTorch takes a state dict", async () => {
  class Model {
    stateDict = async () => ({});
  }
  await expect(Reflect.apply(saveCheckpoint, undefined, [new Model()])).rejects.toThrow(
    "saveCheckpoint: expected an object of parts as contents, got an object of class Model; " +
      "name them: saveCheckpoint({ model, optimizer })",
  );
});
