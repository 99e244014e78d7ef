"""Writes logits.jsonl: what torchvision's networks give for weights and an image drawn by formulas.

    python3 tests/golden/logits.py > tests/golden/logits.jsonl

Run with Debian 12's python3-torch 1.13 and python3-torchvision 0.14. No weights are loaded or downloaded. Weights and image
are drawn in float64, rounded to float32, and the network computes in float64 by those, in evaluation, with ten classes.

Element i (from 0) of entry e (from 0, by the order of the state dict) is, with v = 43758.5453 sin(12.9898 (i + 1) + 78.233 (e + 1))
and u = 2 (v - floor(v)) - 1:
  a weight of two or more axes   u · sqrt(6 / fan_in), fan_in the elements of one output
  running_var                    1 + u / 2
  a weight of one axis           1 + u / 4        (gamma of a norm)
  layer_scale                    1 + u / 4
  a bias, running_mean           u / 10
Element i of the image is sin(0.37 i + 0.0011 i²/(i + 1)).
"""
import json

import numpy as np
import torch
from torchvision import models

CASES = {
    "mobilenetV2": ("mobilenet_v2", 32),
    "mobilenetV3Small": ("mobilenet_v3_small", 32),
    "shufflenetV2X0_5": ("shufflenet_v2_x0_5", 32),
    "efficientnetB0": ("efficientnet_b0", 32),
    "mnasnet0_5": ("mnasnet0_5", 32),
    "convnextTiny": ("convnext_tiny", 32),
    "resnet18": ("resnet18", 32),
    "squeezenet1_1": ("squeezenet1_1", 32),
    "densenet121": ("densenet121", 32),
    "googlenet": ("googlenet", 32),
}


def drawn(e, key, shape):
    n = int(np.prod(shape))
    v = 43758.5453 * np.sin(12.9898 * np.arange(1, n + 1, dtype=np.float64) + 78.233 * (e + 1))
    u = 2 * (v - np.floor(v)) - 1
    name = key.split(".")[-1]
    if name == "layer_scale" or (name == "weight" and len(shape) == 1):
        u = 1 + u / 4
    elif name == "weight":
        u = u * np.sqrt(6 / (n / shape[0]))
    elif name == "running_var":
        u = 1 + u / 2
    else:
        u = u / 10
    return torch.from_numpy(u.astype(np.float32).reshape(shape)).double()


def logits(builder, size):
    model = getattr(models, builder)(num_classes=10).double().eval()
    for e, (key, value) in enumerate(model.state_dict().items()):
        if value.dim():
            value.copy_(drawn(e, key, value.shape))
    i = np.arange(3 * size * size, dtype=np.float64)
    x = np.sin(0.37 * i + 0.0011 * i * i / (i + 1)).astype(np.float32)
    with torch.no_grad():
        y = model(torch.from_numpy(x.reshape(1, 3, size, size)).double())
    return [float(f"{value:.9g}") for value in y[0]]


if __name__ == "__main__":
    for name, (builder, size) in CASES.items():
        print(json.dumps({"name": name, "size": size, "logits": logits(builder, size)}))
