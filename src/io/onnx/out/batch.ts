import { ValueError } from "../../../core/errors.ts";
import type { NodeOut } from "./graph.ts";
import type { Traced } from "./trace.ts";

/**
 * Makes the nodes of a graph independent of the batch size, from two traces with different batch sizes: in shapes that
 * differ, one length becomes −1 (computed), and the first may become 0 (that of the input). Throws `ValueError` if anything
 * else differs.
 */
export function forAnyBatch(one: Traced, other: Traced): readonly NodeOut[] {
  if (one === other) return one.graph.nodes;
  if (one.graph.nodes.length !== other.graph.nodes.length) depends("its operations");
  return one.graph.nodes.map((node, i) => following(node, other.graph.nodes[i] as NodeOut));
}

function following(node: NodeOut, twin: NodeOut): NodeOut {
  if (same(node, twin)) return node;
  const [value, other] = [node.value, twin.value];
  if (!value || !other || !node.reshapes || value.data.length !== other.data.length) {
    return depends(`${node.op} in ${node.path || "the model itself"}`);
  }
  const axes = [...value.data.keys()].filter((axis) => value.data[axis] !== other.data[axis]);
  const first = [node, twin].every(({ reshapes, value: to }) => reshapes?.[0] === to?.data[0]);
  const [open, ...more] = first && axes.length > 1 ? axes.slice(1) : axes;
  if (more.length) return depends(`a shape in ${node.path || "the model itself"}`);
  const data = value.data.map((n, axis) => (axis === open ? -1 : axes.includes(axis) ? 0 : n));
  return { ...node, value: { ...value, data } };
}

const same = (a: NodeOut, b: NodeOut): boolean => written(a) === written(b);

const written = ({ value, reshapes: _, ...node }: NodeOut): string =>
  JSON.stringify([node, value && [value.type, value.shape, [...value.data]]]);

function depends(what: string): never {
  throw new ValueError(
    `exportOnnx: expected a model that does the same for every size of the batch, got one where ${what} depends on it; ` +
      "pass dynamicBatch: false",
  );
}
