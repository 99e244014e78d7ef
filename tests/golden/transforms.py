"""Writes transforms.jsonl: what torchvision.transforms.functional gives for one picture and settled parameters.

    python3 tests/golden/transforms.py > tests/golden/transforms.jsonl

Run with Debian 12's python3-torchvision 0.14. Element i of the picture [3, 6, 7] is (i · 37 mod 101) / 101.
"""
import json

import torch
from torchvision.transforms import InterpolationMode as Mode
from torchvision.transforms import functional as F

i = torch.arange(3 * 6 * 7)
x = ((i * 37 % 101).double() / 101).float().reshape(1, 3, 6, 7)
start, end = [[0, 0], [6, 0], [6, 5], [0, 5]], [[1, 1], [5, 0], [6, 4], [0, 5]]
CASES = {
    "hflip": F.hflip(x),
    "vflip": F.vflip(x),
    "rotate 30, nearest": F.rotate(x, 30.0, fill=[0.5]),
    "rotate 30, bilinear": F.rotate(x, 30.0, interpolation=Mode.BILINEAR, fill=[0.5]),
    "affine": F.affine(x, 20.0, [1, -2], 1.3, [10.0, -5.0], interpolation=Mode.BILINEAR),
    "center_crop 3 × 4": F.center_crop(x, [3, 4]),
    "center_crop 8 × 9": F.center_crop(x, [8, 9]),
    "resize 9 × 5": F.resize(x, [9, 5]),
    "resize 4, antialias": F.resize(x, [4], antialias=True),
    "brightness 1.4": F.adjust_brightness(x, 1.4),
    "contrast 0.6": F.adjust_contrast(x, 0.6),
    "saturation 1.7": F.adjust_saturation(x, 1.7),
    "hue 0.2": F.adjust_hue(x, 0.2),
    "normalize": F.normalize(x, [0.4, 0.5, 0.6], [0.2, 0.3, 0.4]),
    "solarize 0.4": F.solarize(x, 0.4),
    "invert": F.invert(x),
    "grayscale": F.rgb_to_grayscale(x, 3),
    "posterize 3": F.posterize((x * 255).floor().to(torch.uint8), 3).float() / 255,
    "sharpness 1.7": F.adjust_sharpness(x, 1.7),
    "sharpness 0.2": F.adjust_sharpness(x, 0.2),
    "autocontrast": F.autocontrast(x),
    "gaussian_blur 5, 1.3": F.gaussian_blur(x, 5, 1.3),
    "gaussian_blur 3 × 5": F.gaussian_blur(x, [3, 5]),
    "gamma 0.4": F.adjust_gamma(x, 0.4),
    "gamma 2.2, gain 1.5": F.adjust_gamma(x, 2.2, 1.5),
    "grayscale, one channel": F.rgb_to_grayscale(x, 1),
    "rotate 30 about (1, 2)": F.rotate(x, 30.0, interpolation=Mode.BILINEAR, center=[1, 2], fill=[0.5]),
    "rotate 30, expand": F.rotate(x, 30.0, interpolation=Mode.BILINEAR, expand=True, fill=[0.5]),
    "rotate -100, expand": F.rotate(x, -100.0, expand=True),
    "affine about (1, 2)": F.affine(x, 20.0, [0, 0], 1.3, [10.0, -5.0], interpolation=Mode.BILINEAR, center=[1, 2], fill=[0.5]),
}
GRADIENTS = {
    "brightness 1.4": lambda x: F.adjust_brightness(x, 1.4),
    "contrast 0.6": lambda x: F.adjust_contrast(x, 0.6),
    "contrast 1.8": lambda x: F.adjust_contrast(x, 1.8),
    "saturation 1.7": lambda x: F.adjust_saturation(x, 1.7),
    "hue 0.2": lambda x: F.adjust_hue(x, 0.2),
    "gamma 2.2, gain 1.5": lambda x: F.adjust_gamma(x, 2.2, 1.5),
    "grayscale, one channel": lambda x: F.rgb_to_grayscale(x, 1),
    "gaussian_blur 3 × 5": lambda x: F.gaussian_blur(x, [3, 5]),
    "sharpness 1.7": lambda x: F.adjust_sharpness(x, 1.7),
    "sharpness 0.2": lambda x: F.adjust_sharpness(x, 0.2),
}
# the gradient of Σ y_i · (i mod 7 + 1) / 7
for name, f in GRADIENTS.items():
    leaf = x.clone().requires_grad_()
    y = f(leaf)
    (y.flatten() * ((torch.arange(y.numel()) % 7 + 1) / 7)).sum().backward()
    CASES["gradient of " + name] = leaf.grad
for name, y in CASES.items():
    print(json.dumps({"name": name, "shape": list(y.shape), "y": [float(f"{v:.7g}") for v in y.flatten().tolist()]}))
