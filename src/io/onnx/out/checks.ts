import { ValueError } from "../../../core/errors.ts";
import type { AnyModule } from "../../../nn/module/module.ts";
import type { Tensor } from "../../../tensor/tensor.ts";
import type { Message } from "./message.ts";
import type { Traced } from "./trace.ts";

/** Throws `ValueError` if a part of the model is in training mode. */
export function checkMode(model: AnyModule): void {
  const training = model.namedModules().find(([, module]) => module.training);
  if (!training) return;
  const [path, module] = training;
  throw new ValueError(
    `exportOnnx: expected a model in evaluation mode, got ${path || module.constructor.name} in training mode; ` +
      "call model.eval() first",
  );
}

/** Throws `ValueError` with a list of everything that cannot be written. */
export function checkWritable({ graph: { problems } }: Traced): void {
  if (problems.length === 0) return;
  throw new ValueError(
    `exportOnnx: expected operations that ONNX has, got ${problems.length} that it has not:\n` +
      `${problems.map((each) => `  ${each}`).join("\n")}\nreplace them in the model`,
  );
}

/** Names of inputs: "input", or numbered if there are several. Throws `ValueError` for too few or equal names. */
export function inputNamesOf(
  inputs: readonly Tensor[],
  given: readonly string[] | undefined,
): readonly string[] {
  const names = given ?? inputs.map((_, i) => (inputs.length === 1 ? "input" : `input_${i}`));
  checkNames("inputNames", names, inputs.length, []);
  return names;
}

/** Names of outputs: "output", or those in the model's result. Throws `ValueError` for names that are already used. */
export function outputNamesOf(
  { graph, outputs }: Traced,
  inputNames: readonly string[],
  given: readonly string[] | undefined,
): readonly string[] {
  const names = given ?? outputs.map(({ key }) => nameOf(key));
  checkNames("outputNames", names, outputs.length, [...inputNames, ...graph.weights.values()]);
  return names;
}

function nameOf(key: string | undefined): string {
  if (key === undefined) return "output";
  return /^\d+$/.test(key) ? `output_${key}` : key;
}

function checkNames(
  option: string,
  names: readonly string[],
  count: number,
  taken: readonly string[],
): void {
  const wrong = names.find((name, i) => !name || names.indexOf(name) !== i || taken.includes(name));
  if (names.length === count && wrong === undefined) return;
  throw new ValueError(
    `exportOnnx: expected ${count} different names as ${option}, which no parameter or input has, got ` +
      `${names.map((name) => `"${name}"`).join(", ") || "none"}; pass ${option}`,
  );
}

/** Maximum bytes of a message (Protocol Buffers). */
const LARGEST = 2 ** 31 - 1;

/** Throws `ValueError` for a file that is too large for readers. */
export function checkedSize(file: Message): Message {
  if (file.length <= LARGEST) return file;
  throw new ValueError(
    `exportOnnx: expected a model of at most 2 GiB, got one of ${file.length} bytes; export parts of it`,
  );
}
