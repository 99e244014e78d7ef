import { Cursor, refuse } from "./pickle_cursor.ts";

/** Values of a pickle of plain data and tensors. Dictionaries are Maps, so that no key is special. */
export type Pickled =
  | null
  | boolean
  | number
  | bigint
  | string
  | Pickled[]
  | Tuple
  | Map<Pickled, Pickled>
  | object;

/** A tuple; lists are arrays. */
export class Tuple {
  readonly items: readonly Pickled[];
  constructor(items: readonly Pickled[]) {
    this.items = items;
  }
}

/** A global that a pickle may name: a function that is called with its arguments, or a value. */
export type Known = ((args: readonly Pickled[]) => Pickled) | { readonly value: object };

/** Everything that a pickle may refer to. */
export interface World {
  /** By module and name, such as "collections.OrderedDict". */
  readonly globals: ReadonlyMap<string, Known>;
  /** Resolves references to objects outside the pickle. */
  readonly persistent: (id: Pickled) => Pickled;
}

class Global {
  readonly name: string;
  readonly known: Known;
  constructor(name: string, known: Known) {
    this.name = name;
    this.known = known;
  }
}

const MARK = Symbol("mark");
type Item = Pickled | typeof MARK;

/** The state of the stack machine. */
class PickleMachine {
  readonly stack: Item[] = [];
  readonly memo = new Map<number, Pickled>();

  constructor(
    readonly cursor: Cursor,
    readonly world: World,
  ) {}

  push = (value: Item): void => {
    this.stack.push(value);
  };

  pop(): Pickled {
    const value = this.stack.pop();
    return value === undefined || value === MARK ? refuse("its stack is empty") : value;
  }

  top(): Pickled {
    const value = this.stack.at(-1);
    return value === undefined || value === MARK ? refuse("its stack is empty") : value;
  }

  toMark(): Pickled[] {
    const at = this.stack.lastIndexOf(MARK);
    if (at < 0) refuse("a mark is missing on its stack");
    const items = this.stack.splice(at).slice(1);
    return items as Pickled[];
  }

  tuple(count: number): void {
    const items: Pickled[] = [];
    for (let i = 0; i < count; i++) items.unshift(this.pop());
    this.push(new Tuple(items));
  }

  recall(index: number): void {
    const value = this.memo.get(index);
    this.push(
      value === undefined ? refuse(`it reads memo ${index}, which it never stored`) : value,
    );
  }

  global(module: string, name: string): void {
    const known = this.world.globals.get(`${module}.${name}`);
    if (!known) {
      refuse(`it asks for ${module}.${name}, and only tensors and plain data are read`);
    }
    this.push(typeof known === "function" ? new Global(`${module}.${name}`, known) : known.value);
  }

  reduce(): void {
    const args = this.pop();
    const callee = this.pop();
    if (!(callee instanceof Global) || !(args instanceof Tuple)) {
      refuse("it calls something other than a known function");
    }
    const { known } = callee;
    this.push(typeof known === "function" ? known(args.items) : refuse(`it calls ${callee.name}`));
  }

  /** Attributes of an OrderedDict, such as PyTorch's _metadata, are ignored. */
  build(): void {
    this.pop();
    if (!(this.top() instanceof Map))
      refuse("it sets attributes of something other than a dictionary");
  }

  append(items: readonly Pickled[]): void {
    const list = this.top();
    if (!Array.isArray(list)) refuse("it appends to something other than a list");
    for (const item of items) list.push(item);
  }

  set(items: readonly Pickled[]): void {
    const map = this.top();
    if (!(map instanceof Map) || items.length % 2)
      refuse("it sets items of something other than a dictionary");
    for (let i = 0; i < items.length; i += 2) map.set(items[i] as Pickled, items[i + 1] as Pickled);
  }
}

/** Opcodes of protocols 2 to 5 that plain data and tensors need, by byte (Python's pickletools). */
const opcodes: Readonly<Record<number, (m: PickleMachine) => void>> = {
  128: ({ cursor }) => {
    const protocol = cursor.u8();
    if (protocol < 2 || protocol > 5) refuse(`protocol ${protocol}, expected 2 to 5`);
  },
  149: ({ cursor }) => cursor.u64(), // FRAME
  40: (m) => m.push(MARK),
  41: (m) => m.tuple(0),
  93: (m) => m.push([]),
  125: (m) => m.push(new Map()),
  78: (m) => m.push(null),
  136: (m) => m.push(true),
  137: (m) => m.push(false),
  74: (m) => m.push(m.cursor.i32()),
  75: (m) => m.push(m.cursor.u8()),
  77: (m) => m.push(m.cursor.u16()),
  71: (m) => m.push(m.cursor.f64()),
  138: (m) => m.push(m.cursor.long(m.cursor.u8())),
  88: (m) => m.push(m.cursor.text(m.cursor.u32())),
  140: (m) => m.push(m.cursor.text(m.cursor.u8())),
  141: (m) => m.push(m.cursor.text(m.cursor.u64())),
  84: (m) => m.push(m.cursor.text(m.cursor.u32())), // Python 2 strings
  85: (m) => m.push(m.cursor.text(m.cursor.u8())),
  116: (m) => m.push(new Tuple(m.toMark())),
  133: (m) => m.tuple(1),
  134: (m) => m.tuple(2),
  135: (m) => m.tuple(3),
  113: (m) => m.memo.set(m.cursor.u8(), m.top()),
  114: (m) => m.memo.set(m.cursor.u32(), m.top()),
  148: (m) => m.memo.set(m.memo.size, m.top()),
  104: (m) => m.recall(m.cursor.u8()),
  106: (m) => m.recall(m.cursor.u32()),
  97: (m) => m.append([m.pop()]),
  101: (m) => m.append(m.toMark()),
  115: (m) => m.set([m.pop(), m.pop()].reverse()),
  117: (m) => m.set(m.toMark()),
  99: (m) => m.global(m.cursor.line(), m.cursor.line()),
  147: (m) => {
    const [name, module] = [m.pop(), m.pop()];
    m.global(String(module), String(name));
  },
  82: (m) => m.reduce(),
  98: (m) => m.build(),
  81: (m) => m.push(m.world.persistent(m.pop())),
};

/** Opcodes that are refused, with their names in Python's pickletools. */
const refused: Readonly<Record<number, string>> = {
  ...{ 105: "INST", 111: "OBJ", 129: "NEWOBJ", 146: "NEWOBJ_EX", 130: "EXT1", 131: "EXT2" },
  ...{ 132: "EXT4", 80: "PERSID", 66: "BINBYTES", 67: "SHORT_BINBYTES", 142: "BINBYTES8" },
  ...{ 143: "EMPTY_SET", 144: "ADDITEMS", 145: "FROZENSET", 150: "BYTEARRAY8", 73: "INT" },
  ...{ 151: "NEXT_BUFFER", 152: "READONLY_BUFFER", 139: "LONG4", 76: "LONG", 70: "FLOAT" },
  ...{ 83: "STRING", 86: "UNICODE", 100: "DICT", 108: "LIST", 103: "GET", 112: "PUT" },
  ...{ 48: "POP", 49: "POP_MARK", 50: "DUP" },
};

/** The value of a pickle. Nothing in it is executed: only functions of `world` are called. Throws `ValueError`. */
export function unpickle(bytes: Uint8Array, world: World): Pickled {
  const cursor = new Cursor(bytes);
  const machine = new PickleMachine(cursor, world);
  for (;;) {
    const code = cursor.u8();
    if (code === 46) break; // STOP
    const run = opcodes[code];
    if (!run)
      refuse(
        `it has the opcode ${refused[code] ?? code}, which plain data and tensors do not need`,
      );
    run(machine);
  }
  const value = machine.pop();
  return machine.stack.length === 0 ? value : refuse("values are left on its stack at the end");
}
