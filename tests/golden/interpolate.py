"""Writes interpolate.jsonl: what torch.nn.functional.interpolate and its gradient give.

    python3 tests/golden/interpolate.py > tests/golden/interpolate.jsonl

Run with Debian 12's python3-torch 1.13, in float64. Element i of x and of dy is sin(0.7 i + 0.1 i²) and cos(0.9 i + 0.05 i²).
"""
import json

import torch
from torch.nn.functional import interpolate

CASES = [
    ("nearest-exact", {"size": [7, 3]}, [4, 5]),
    ("nearest-exact", {"scaleFactor": [1.5, 0.7]}, [5, 13]),
    ("bicubic", {"size": [7, 3]}, [4, 5]),
    ("bicubic", {"scaleFactor": [1.5, 0.7]}, [5, 13]),
    ("bicubic", {"size": [7, 3], "alignCorners": True}, [4, 5]),
    ("bicubic", {"size": [4, 2]}, [1, 1]),
    ("bilinear", {"size": [7, 3], "antialias": True}, [4, 11]),
    ("bilinear", {"scaleFactor": [1.5, 0.7], "antialias": True}, [5, 13]),
    ("bicubic", {"size": [7, 3], "antialias": True}, [4, 11]),
    ("bicubic", {"size": [2, 1], "antialias": True}, [9, 12]),
]

for mode, options, [h, w] in CASES:
    i = torch.arange(2 * h * w, dtype=torch.float64)
    x = torch.sin(0.7 * i + 0.1 * i * i).reshape(1, 2, h, w).requires_grad_()
    given = {"size": options.get("size"), "scale_factor": options.get("scaleFactor")}
    y = interpolate(x, mode=mode, align_corners=options.get("alignCorners"), antialias=options.get("antialias", False), **given)
    j = torch.arange(y.numel(), dtype=torch.float64)
    y.backward(torch.cos(0.9 * j + 0.05 * j * j).reshape(y.shape))
    digits = lambda t: [float(f"{v:.9g}") for v in t.flatten().tolist()]
    print(json.dumps({"mode": mode, "options": options, "image": [h, w], "shape": list(y.shape), "y": digits(y.detach()), "dx": digits(x.grad)}))
