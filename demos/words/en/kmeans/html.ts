export const pageTitle = "K-Means · wgrad";
export const description =
  "K-Means on your GPU: points step by step, how many clusters there are, and photographs in few colours.";
export const kMeans = "K-Means";
export const everyPointToNearest =
  "Every point to the nearest centroid, every centroid to the middle of its points.";
export const twoStartsSamePoints = "Two starts, the same points";
export const ringsAreWhereCentroids =
  'Rings are where <span data-term="centroid">centroids</span> started, large markers where they are. A random start may put two into one group and stay there, with a larger <span data-term="inertia">inertia</span>; <span data-term="k-means++">k-means++</span> starts them far apart. One start says little: run twenty.';
export const run = "Run";
export const step = "Step";
export const otherStart = "Other start";
export const from20RunsOfEach = "20 runs of each";
export const howManyGroups = "How many groups?";
export const moreClustersAlwaysBring =
  'More clusters always bring points closer to their centroids: look for the <span data-term="elbow">elbow</span>, if there is one. The <span data-term="silhouette">silhouette</span> asks whether a point fits its own cluster better than the next one.';
export const inertiaByK = "Inertia, by K";
export const silhouetteByK = "Silhouette, by K";
export const computing = "Computing …";
export const use = "Use it";
export const photographInFewColours = "A photograph in few colours";
export const pixelsArePointsTooRed =
  "Pixels are points, too: red, green and blue. Their centroids are the palette. Choose a picture of your own, drop or paste one; it stays on this page.";
export const picture = "Picture";
export const yourOwn = "Your own …";
export const yourOwnPicture = "Your own picture";
export const findColours = "Find colours";
export const stop = "Stop";
export const progress = "Progress";
export const fetchingPicture = "Fetching the picture …";
export const asIs = "As it is";
export const pictureAsIs = "The picture as it is";
export const inFewColours = "In few colours";
export const pictureInFewColours = "The picture in few colours";
export const photographsDanielbuechele =
  'Photographs: <a href="https://www.flickr.com/photos/danielbuechele/">danielbuechele</a> (palace) and <a href="https://www.flickr.com/photos/vultilion/">vultilion</a> (flower), <a href="https://creativecommons.org/licenses/by/2.0/">CC BY 2.0</a>; shown with fewer colours. Nothing leaves this page.';
