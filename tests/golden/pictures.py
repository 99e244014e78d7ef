"""Writes pictures.jsonl: what torchvision makes of pictures drawn by a formula.

    python3 tests/golden/pictures.py > tests/golden/pictures.jsonl

Run with Debian 12's python3-torch 1.13 and python3-torchvision 0.14. A picture is divided by 255 as float32, resized with
antialias=True, cropped around its middle, made grey where one channel is wanted, and normalised.

Byte c of pixel i (from 0, row by row) is (37 i + 101 c + (i² mod 61)) mod 256.
"""
import json

import torch
from torchvision.transforms import InterpolationMode
from torchvision.transforms import functional as F

IMAGENET = {"mean": [0.485, 0.456, 0.406], "std": [0.229, 0.224, 0.225]}
CASES = [
    ("as it is", 3, 5, {}),
    ("one pixel, larger", 1, 1, {"resize": [3, 2]}),
    ("one row, larger", 1, 7, {"resize": [4, 9]}),
    ("one column, smaller", 11, 1, {"resize": [3, 1]}),
    ("the shorter side smaller, upright", 23, 13, {"resize": 5, **IMAGENET}),
    ("the shorter side smaller, lying, cropped", 17, 41, {"resize": 8, "crop": 7, **IMAGENET}),
    ("the shorter side larger, an odd crop", 5, 7, {"resize": 9, "crop": [6, 11]}),
    ("to one pixel", 12, 19, {"resize": [1, 1]}),
    ("one side larger, one smaller, grey", 6, 31, {"resize": [11, 8], "channels": 1, "mean": 0.5, "std": 0.25}),
    ("only cropped", 8, 9, {"crop": [3, 4]}),
    ("smaller by 20 and bicubic", 160, 40, {"resize": [8, 2], "interpolation": "bicubic"}),
    ("larger and bicubic, cropped", 5, 6, {"resize": 8, "crop": 6, "interpolation": "bicubic"}),
]

for name, height, width, options in CASES:
    i = torch.arange(height * width)
    bytes_ = torch.stack([(37 * i + 101 * c + (i * i) % 61) % 256 for c in range(3)])
    x = bytes_.reshape(3, height, width).float() / 255
    if "resize" in options:
        mode = InterpolationMode(options.get("interpolation", "bilinear"))
        x = F.resize(x, options["resize"], interpolation=mode, antialias=True)
    if "crop" in options:
        x = F.center_crop(x, options["crop"])
    if options.get("channels") == 1:
        x = F.rgb_to_grayscale(x)
    mean, std = options.get("mean", 0), options.get("std", 1)
    x = F.normalize(x, mean if isinstance(mean, list) else [mean], std if isinstance(std, list) else [std])
    values = [float(f"{v:.9g}") for v in x.flatten().tolist()]
    print(json.dumps({"name": name, "height": height, "width": width, "options": options, "shape": list(x.shape), "values": values}))
