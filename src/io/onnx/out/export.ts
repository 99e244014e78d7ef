import { boolean, integer, type Kind, list, string } from "../../../core/kinds.ts";
import { isPlain } from "../../../core/realm.ts";
import { checkedAsync, options as optionsKind } from "../../../core/signature.ts";
import { moduleKind } from "../../../nn/kinds.ts";
import type { AnyModule } from "../../../nn/module/module.ts";
import { empty } from "../../../tensor/create.ts";
import { isTensor } from "../../../tensor/kinds.ts";
import { scope } from "../../../tensor/scope.ts";
import type { Tensor } from "../../../tensor/tensor.ts";
import { forAnyBatch } from "./batch.ts";
import { checkedSize, checkMode, checkWritable, inputNamesOf, outputNamesOf } from "./checks.ts";
import { encodeModel, type WeightOut } from "./file.ts";
import { elementTypeOf, type NodeOut } from "./graph.ts";
import { type OutputOut, type Subject, type Traced, traced } from "./trace.ts";

/** Arguments of a model's forward: a tensor, several tensors, or one object of tensors. */
export type OnnxExample = Tensor | readonly Tensor[] | Readonly<Record<string, Tensor>>;

/** Options of `exportOnnx`. */
export interface ExportOnnxOptions {
  /** Version of ONNX's operators, 13 to 21. Default 17. */
  readonly opset?: number;
  /** Names of the inputs. Default "input", or "input_0", "input_1" … for several; the keys of an object. */
  readonly inputNames?: readonly string[];
  /** Names of the outputs. Default "output", or those in the model's result; "output_0" … for an array. */
  readonly outputNames?: readonly string[];
  /** Whether the first axis of all inputs may have any size, called "batch" in the file. Default true. */
  readonly dynamicBatch?: boolean;
}

const [OLDEST, NEWEST] = [13, 21];

const examples: Kind = {
  expected: "a tensor, or an array or object of tensors",
  advice: "pass what the model's forward takes, such as zeros([1, 3, 224, 224])",
  accepts: (value) =>
    isTensor(value) ||
    (isContainer(value) && Object.values(value).length > 0 && Object.values(value).every(isTensor)),
};

const isContainer = (value: unknown): value is object => Array.isArray(value) || isPlain(value);

const opsetKind: Kind = {
  expected: `an opset from ${OLDEST} to ${NEWEST}`,
  accepts: (value) =>
    integer.accepts(value) && (value as number) >= OLDEST && (value as number) <= NEWEST,
};

/**
 * Exports a model as an ONNX file: its forward in evaluation mode for example arguments, in ONNX's operators. Parameters
 * and buffers have the names of the state dict; shared ones are written once. `example` is a tensor, an array of several,
 * or one object of tensors by name; its values are not used, and its sizes are fixed in the file, except the first.
 *
 *     const bytes = await exportOnnx(model.eval(), zeros([1, 3, 224, 224]));
 *
 * Throws `ValueError` while the model, or a part of it, is in training mode; for names that do not fit; for a model whose
 * operations depend on the size of the batch, unless `dynamicBatch` is false; and with a list of all operations that cannot
 * be written and the layers that they are in.
 */
export const exportOnnx = /* @__PURE__ */ checkedAsync(
  "exportOnnx",
  {
    model: moduleKind,
    example: examples,
    options: /* @__PURE__ */ optionsKind<ExportOnnxOptions>({
      opset: opsetKind,
      inputNames: /* @__PURE__ */ list(string),
      outputNames: /* @__PURE__ */ list(string),
      dynamicBatch: boolean,
    }),
  },
  exporting,
);

async function exporting(
  model: AnyModule,
  example: OnnxExample,
  options: ExportOnnxOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const { opset = 17, dynamicBatch = true } = options;
  const inputs = isTensor(example) ? [example] : Object.values(example);
  const named = !isTensor(example) && !Array.isArray(example) ? Object.keys(example) : undefined;
  const inputNames = inputNamesOf(inputs, options.inputNames ?? named);
  const subject: Subject = { model, opset, inputNames, keys: named };
  checkMode(model);
  const one = tracedWith(subject, inputs, 0);
  checkWritable(one);
  const other = dynamicBatch ? tracedWith(subject, inputs, 1) : one;
  const names = outputNamesOf(one, inputNames, options.outputNames);
  const read = await Promise.all([...one.graph.weights].map(weightOf));
  const own = new Set(model.namedTensors().map(([name]) => name));
  const batch = inputs[0]?.shape[0];
  const any = (follows: boolean) => (follows && dynamicBatch ? ["batch"] : undefined);
  const file = encodeModel({
    ...{ opset, name: model.constructor.name || "model" },
    weights: read.filter(({ name }) => own.has(name)),
    nodes: [
      ...read.filter(({ name }) => !own.has(name)).map(constantOf),
      ...withOutputs(forAnyBatch(one, other), one, names),
    ],
    inputs: inputs.map((x, i) => ({
      ...{ name: inputNames[i] as string, type: elementTypeOf(x) },
      shape: [...(any(x.shape[0] === batch) ?? x.shape.slice(0, 1)), ...x.shape.slice(1)],
    })),
    outputs: one.outputs.map((output, i) => outputPort(output, other.outputs[i], names[i] ?? "")),
  });
  return checkedSize(file).whole();
}

/** An output; lengths that differ between the two traces get a name. */
function outputPort({ type, shape }: OutputOut, other: OutputOut | undefined, name: string) {
  const sizes = shape.map((n, axis) => {
    if (n === other?.shape[axis]) return n;
    return axis === 0 ? "batch" : `${name}_${axis}`;
  });
  return { name, type, shape: sizes };
}

/**
 * The graph for a batch size increased by this number. The example is needed only for its shapes: it may be one tensor
 * several times.
 */
function tracedWith(subject: Subject, inputs: readonly Tensor[], more: 0 | 1): Traced {
  const batch = inputs[0]?.shape[0];
  return scope(() =>
    traced(
      subject,
      inputs.map(({ shape, dtype, engine }) => {
        const follows = batch !== undefined && shape[0] === batch;
        const sizes = follows ? [batch + more, ...shape.slice(1)] : shape;
        return empty(sizes, { dtype, engine });
      }),
    ),
  );
}

async function weightOf([tensor, name]: readonly [Tensor, string]): Promise<WeightOut> {
  const data = await tensor.read();
  return { name, type: elementTypeOf(tensor), shape: tensor.shape, data };
}

/** A value that the model reads but that is not in its state dict. */
function constantOf({ name, type, shape, data }: WeightOut): NodeOut {
  const value = { type, shape, data: Float64Array.from(data) };
  return { op: "Constant", inputs: [], outputs: [name], attributes: {}, path: "", value };
}

/** The nodes with the outputs renamed to their names in the file. */
function withOutputs(nodes: readonly NodeOut[], { outputs }: Traced, names: readonly string[]) {
  const made = new Set(nodes.flatMap((node) => node.outputs));
  const renamed = new Map<string, string>();
  const copies: NodeOut[] = [];
  for (const [i, { value }] of outputs.entries()) {
    const name = names[i] as string;
    if (made.has(value) && !renamed.has(value)) renamed.set(value, name);
    else {
      const inputs = [renamed.get(value) ?? value];
      copies.push({ op: "Identity", inputs, outputs: [name], attributes: {}, path: "" });
    }
  }
  const rename = (name: string) => renamed.get(name) ?? name;
  const all = nodes.map((node) => ({
    ...node,
    inputs: node.inputs.map(rename),
    outputs: node.outputs.map(rename),
  }));
  return [...all, ...copies];
}
