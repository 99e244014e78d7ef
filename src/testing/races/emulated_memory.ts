/** The memory that the invocations of a workgroup share, as wgsl_reflect's race detector should see it. */
import {
  type MemoryTracker,
  TrackedTypedData,
  TypedData,
  Var,
  type WgslExec,
} from "wgsl_reflect/wgsl_reflect.module.js";

/** Memory of a variable that the invocations of a workgroup share, and its declaration. */
interface SharedVariable {
  readonly node: unknown;
  value: {
    readonly typeInfo: ConstructorParameters<typeof TypedData>[1];
    readonly data?: number[];
  };
}

const isShared = (variable: SharedVariable | null): variable is SharedVariable =>
  variable?.node instanceof Var && variable.node.storage === "workgroup";

/** Receives the accesses of the workgroup that runs. */
let running: MemoryTracker | undefined;

/**
 * Gives each workgroup memory of its own, filled with zeros: the package leaves that of the first, with its tracker, to the
 * others.
 */
export function clearWorkgroupMemory(exec: WgslExec, tracker: MemoryTracker): void {
  running = tracker;
  for (const variable of exec.context.variables.values()) {
    if (!isShared(variable)) continue;
    const { typeInfo, data }: SharedVariable["value"] = variable.value;
    if (!(variable.value instanceof TypedData)) data?.fill(0);
    else {
      const memory = new ArrayBuffer(typeInfo.size);
      variable.value = new TrackedTypedData(memory, typeInfo, tracker, variable.name);
    }
  }
}

type Work<Node> = (this: WgslExec, node: Node, context: WgslExec["context"]) => unknown;

/**
 * `work`, which reads or writes the variable named by a node. The package tracks arrays and structs; this tracks numbers,
 * vectors and matrices, as wholes. Atomic ones do not race.
 */
export const tracked = <Node>(
  kind: "read" | "write",
  nameOf: (exec: WgslExec, node: Node, context: WgslExec["context"]) => string | null,
  work: Work<Node>,
): Work<Node> =>
  function (node, context) {
    const name = nameOf(this, node, context);
    const variable = name === null ? null : context.getVariable(name);
    if (name !== null && isShared(variable) && !(variable.value instanceof TypedData)) {
      const atomic = (variable.node as Var).type?.name === "atomic";
      if (!atomic) running?.record(name, 0, 4, kind, false);
    }
    return work.call(this, node, context);
  };
