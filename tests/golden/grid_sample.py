"""Writes grid_sample.jsonl: what torch.nn.functional.grid_sample, affine_grid and their gradients give.

    python3 tests/golden/grid_sample.py > tests/golden/grid_sample.jsonl

Run with Debian 12's python3-torch 1.13, in float64. Element i of x, of the grid's theta and of dy is sin(0.7 i + 0.1 i²),
[1.1, 0.3, -0.15, -0.4, 0.9, 0.2][i] and cos(0.9 i + 0.05 i²).
"""
import json

import torch
from torch.nn.functional import affine_grid, grid_sample

digits = lambda t: [float(f"{v:.9g}") for v in t.flatten().tolist()]
H, W, OUT = 5, 6, [1, 2, 4, 7]

for mode in ["bilinear", "nearest", "bicubic"]:
    for padding in ["zeros", "border", "reflection"]:
        for corners in [False, True]:
            i = torch.arange(2 * H * W, dtype=torch.float64)
            x = torch.sin(0.7 * i + 0.1 * i * i).reshape(1, 2, H, W).requires_grad_()
            theta = torch.tensor([[[1.1, 0.3, -0.15], [-0.4, 0.9, 0.2]]], dtype=torch.float64).requires_grad_()
            grid = affine_grid(theta, OUT, align_corners=corners)
            grid.retain_grad()
            y = grid_sample(x, grid, mode=mode, padding_mode=padding, align_corners=corners)
            j = torch.arange(y.numel(), dtype=torch.float64)
            y.backward(torch.cos(0.9 * j + 0.05 * j * j).reshape(y.shape))
            options = {"mode": mode, "paddingMode": padding, "alignCorners": corners}
            print(json.dumps({"options": options, "grid": digits(grid.detach()), "y": digits(y.detach()), "dx": digits(x.grad), "dgrid": digits(grid.grad), "dtheta": digits(theta.grad)}))
