import { init, noGrad, scope } from "wgrad";
import { imagePresets, imageTensor, predictions, toCanvas } from "wgrad/data";
import { lenet5 } from "wgrad/models";

await init();
const labels = ["cat", "dog", "owl"];
const model = lenet5({ inChannels: 3, numClasses: labels.length }).eval();
const picture = new OffscreenCanvas(64, 48); // or a file, an img, a video, a bitmap, ImageData
picture.getContext("2d")?.fillRect(16, 8, 32, 32);

const { mean, std } = imagePresets.cifar; // imagePresets.imagenet is all that resnet50() asks of a picture
using x = await imageTensor(picture, { resize: 32, crop: 32, mean, std }); // [1, 3, 32, 32]
using logits = scope(() => noGrad(() => model.forward(x)));
const [likeliest] = await predictions(logits, { labels });
console.log(likeliest); // [{ index, label, probability }, …], the likeliest first

await toCanvas(x, picture, { mean, std }); // what the network saw
