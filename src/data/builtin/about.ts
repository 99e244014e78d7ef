/** Origin and licence of a data set. */
export interface Licence {
  /** SPDX identifier. */
  readonly name: string;
  /** Copyright holder. */
  readonly holder: string;
  /** Origin of the data. */
  readonly source: string;
}

/** Description of a table. */
export interface About {
  readonly featureNames: readonly string[];
  /** Names of the classes; empty for a regression. */
  readonly targetNames: readonly string[];
  /** Columns of text between the features and the target. */
  readonly texts?: readonly string[];
  readonly licence: Licence;
}

const scikit = (source: string): Licence => ({
  name: "BSD-3-Clause",
  holder: "The scikit-learn developers",
  source,
});

const cells = ["radius", "texture", "perimeter", "area", "smoothness", "compactness"];
const shapes = ["concavity", "concave points", "symmetry", "fractal dimension"];
const measured = [...cells, ...shapes];
const ten = Array.from({ length: 10 }, (_, k) => k);

/** The tables included in the library. Names of features and classes are scikit-learn's. */
export const tables = {
  iris: {
    featureNames: [
      "sepal length (cm)",
      "sepal width (cm)",
      "petal length (cm)",
      "petal width (cm)",
    ],
    targetNames: ["setosa", "versicolor", "virginica"],
    licence: scikit("R. Fisher 1936, UCI Machine Learning Repository"),
  },
  wine: {
    featureNames: [
      ...["alcohol", "malic_acid", "ash", "alcalinity_of_ash", "magnesium", "total_phenols"],
      ...["flavanoids", "nonflavanoid_phenols", "proanthocyanins", "color_intensity", "hue"],
      ...["od280/od315_of_diluted_wines", "proline"],
    ],
    targetNames: ["class_0", "class_1", "class_2"],
    licence: scikit("M. Forina et al. 1991, UCI Machine Learning Repository"),
  },
  breastCancer: {
    featureNames: [
      ...measured.map((name) => `mean ${name}`),
      ...measured.map((name) => `${name} error`),
      ...measured.map((name) => `worst ${name}`),
    ],
    targetNames: ["malignant", "benign"],
    licence: scikit(
      "W. Wolberg et al. 1995, Wisconsin diagnostic, UCI Machine Learning Repository",
    ),
  },
  digits: {
    featureNames: Array.from({ length: 64 }, (_, k) => `pixel_${Math.floor(k / 8)}_${k % 8}`),
    targetNames: ten.map(String),
    licence: scikit(
      "E. Alpaydin, C. Kaynak 1998, optical recognition, UCI Machine Learning Repository",
    ),
  },
  diabetes: {
    featureNames: ["age", "sex", "bmi", "bp", "s1", "s2", "s3", "s4", "s5", "s6"],
    targetNames: [],
    licence: scikit(
      "B. Efron, T. Hastie, I. Johnstone, R. Tibshirani 2004, Least Angle Regression",
    ),
  },
  penguins: {
    featureNames: ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"],
    targetNames: ["Adelie", "Chinstrap", "Gentoo"],
    texts: ["island", "sex"],
    licence: {
      ...{ name: "CC0-1.0", holder: "K. Gorman, A. Horst, A. Hill" },
      source: "palmerpenguins 2020; K. Gorman et al. 2014",
    },
  },
} satisfies Readonly<Record<string, About>>;

export type TableName = keyof typeof tables;

/** Classes of Fashion-MNIST. */
export const clothes = {
  classes: [
    ...["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat"],
    ...["Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"],
  ],
  licence: {
    ...{ name: "MIT", holder: "Zalando SE 2017" },
    source: "H. Xiao, K. Rasul, R. Vollgraf 2017, Fashion-MNIST",
  },
};
