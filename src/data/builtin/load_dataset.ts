import { ShapeError, ValueError } from "../../core/errors.ts";
import { boolean, either, type Kind, optional, string } from "../../core/kinds.ts";
import { checkedAsync, nearest, options } from "../../core/signature.ts";
import { type Bytes, fetchBytes, parseIdx } from "../idx.ts";
import { clothes, type Licence, type TableName, tables } from "./about.ts";
import { readTable, scaled as scaledColumns, type TableSet } from "./tables.ts";

/** Pictures with their labels, as `ImageDataset` takes them. */
export interface PictureSet {
  /** [samples, height, width], a byte a pixel. */
  readonly images: Bytes;
  /** `[samples]`: numbers of classes from 0 on. */
  readonly labels: Uint8Array<ArrayBuffer>;
  /** Names of the classes. */
  readonly targetNames: readonly string[];
  /** On what terms it may be used. */
  readonly licence: Licence;
}

/** How a set is loaded. */
export interface LoadDatasetOptions {
  /**
   * Of "fashionMnist": the folder, as an absolute URL or a path from the page, in which its four files are, as
   * github.com/zalandoresearch/fashion-mnist has them in data/fashion; packed by gzip or not.
   */
  readonly root?: string | URL;
  /** Of "fashionMnist": the 60,000 pictures for training, or the 10,000 held out. Default true. */
  readonly train?: boolean;
  /** Of "diabetes": columns less their mean, of which the squares add up to 1, as scikit-learn gives them. Default true. */
  readonly scaled?: boolean;
}

/** Names of built-in sets. */
export type DatasetName = TableName | "fashionMnist";

const names = [...Object.keys(tables), "fashionMnist"];
/** Which options a set has. */
const own: Readonly<Record<string, readonly string[]>> = {
  fashionMnist: ["root", "train"],
  diabetes: ["scaled"],
};

const urlKind: Kind = { expected: "a URL", accepts: (value) => value instanceof URL };

/** "fashion-mnist", "Fashion_MNIST" and "breast_cancer" are meant as they are written elsewhere. */
const plain = (name: string) => name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");

/**
 * A set of samples by its name, with its licence: "iris", "wine", "breastCancer", "digits" (values 0 to 16), "diabetes" (a
 * regression) and "penguins" (with gaps) come with the library, each loaded when it is asked for; "fashionMnist" from files at
 * `root`. Values, order and names are scikit-learn's, those of the penguins palmerpenguins'. Other sets are made by
 * `makeMoons`, `makeCircles`, `makeBlobs`, `makeSwissRoll` and more of wgrad/ml.
 *
 *     const { X, y } = await loadDataset("iris");
 *     const { images, labels } = await loadDataset("fashionMnist", { root: "/fashion/", train: false });
 *     const held = new ImageDataset(images, labels, { mean: 0.286, std: 0.353 });
 *
 * Rejects with `ValueError` for another name, for options that the set has not, and for files that are not there or damaged.
 */
export const loadDataset = /* @__PURE__ */ checkedAsync(
  "loadDataset",
  {
    name: string,
    options: /* @__PURE__ */ optional(
      /* @__PURE__ */ options<LoadDatasetOptions>({
        ...{ root: /* @__PURE__ */ either(string, urlKind), train: boolean, scaled: boolean },
      }),
    ),
  },
  load as {
    (name: "fashionMnist", options: LoadDatasetOptions): Promise<PictureSet>;
    (name: TableName, options?: LoadDatasetOptions): Promise<TableSet>;
  },
);

async function load(
  name: DatasetName,
  given: LoadDatasetOptions = {},
): Promise<TableSet | PictureSet> {
  const known = names.find((each) => plain(each) === plain(name));
  if (!known) {
    throw new ValueError(
      `loadDataset: expected one of ${names.join(", ")}, got "${name}"; did you mean "${nearest(name, names)}"? Sets that ` +
        "are drawn have functions of wgrad/ml, such as makeMoons",
    );
  }
  const odd = Object.keys(given).find((option) => !own[known]?.includes(option));
  if (odd) {
    throw new ValueError(
      `loadDataset: expected options of ${known} (${own[known]?.join(", ") ?? "none"}), got ${odd}; leave it out`,
    );
  }
  if (known === "fashionMnist") return pictures(given);
  const set = await readTable(known as TableName);
  const { scaled = known === "diabetes" } = given;
  return scaled ? { ...set, X: scaledColumns(set.X) } : set;
}

async function pictures({ root, train = true }: LoadDatasetOptions): Promise<PictureSet> {
  if (root === undefined) {
    throw new ValueError(
      "loadDataset: expected root, the folder of the four files of fashionMnist, got none; they are at " +
        "github.com/zalandoresearch/fashion-mnist in data/fashion: put them beside your page",
    );
  }
  const part = train ? "train" : "t10k";
  const [images, labels] = await Promise.all(
    ["images-idx3", "labels-idx1"].map(async (kind) =>
      parseIdx(await fetchBytes(`${String(root).replace(/\/?$/, "/")}${part}-${kind}-ubyte.gz`)),
    ),
  );
  if (!images || !labels || images.shape.length !== 3 || images.shape[0] !== labels.shape[0]) {
    throw new ShapeError(
      `loadDataset: expected pictures [n, 28, 28] and n labels, got [${images?.shape.join(", ")}] and ` +
        `[${labels?.shape.join(", ")}]; is ${root} the folder of one set?`,
    );
  }
  const { classes: targetNames, licence } = clothes;
  return { images, labels: labels.data, targetNames, licence };
}
