"""Writes automatic.jsonl: what torchvision's RandAugment and TrivialAugmentWide may make of one picture, in units of 1e-5.

    python3 tests/golden/automatic.py > tests/golden/automatic.jsonl

Run with Debian 12's python3-torchvision 0.14. Element i of the picture [1, 16, 18] is (i · 37 mod 101 + 20.5) / 255. Its posterize
and equalize take bytes: ⌊255·x⌋, and convert_image_dtype.
"""
import json

import torch
from torchvision.transforms import InterpolationMode
from torchvision.transforms.autoaugment import RandAugment, TrivialAugmentWide, _apply_op
from torchvision.transforms import functional as F

i = torch.arange(16 * 18)
x = ((i * 37 % 101 + 20.5).double() / 255).float().reshape(1, 1, 16, 18)


def applied(name, magnitude):
    if name == "Posterize":
        return F.posterize((x * 255).floor().to(torch.uint8), int(magnitude)).float() / 255
    if name == "Solarize":
        return F.solarize(x, magnitude / 255)
    if name == "Equalize":
        return F.equalize(F.convert_image_dtype(x, torch.uint8)).float() / 255
    return _apply_op(x, name, magnitude, InterpolationMode.NEAREST, None)


def made(of, space, magnitudes):
    for name, (values, signed) in space.items():
        for m in magnitudes if values.ndim else [0]:
            magnitude = float(values[m]) if values.ndim else 0.0
            for sign in [1, -1] if signed else [1]:
                y = applied(name, sign * magnitude).flatten().tolist()
                print(json.dumps({"of": of, "name": name, "y": [round(v * 1e5) for v in y]}, separators=(",", ":")))


made("RandAugment", RandAugment()._augmentation_space(31, (16, 18)), [9])
made("TrivialAugmentWide", TrivialAugmentWide()._augmentation_space(2), [0, 1])
