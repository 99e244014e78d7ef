"""Writes state_dicts.jsonl: what torchvision's builders are like, for tests/unit/models/models_table.test.ts.

    python3 tests/golden/state_dicts.py > tests/golden/state_dicts.jsonl

Run with Debian 12's python3-torch 1.13 and python3-torchvision 0.14. No weights are loaded or downloaded.

For every builder, on a line of its own:
  name        what it is called here
  parameters  number of scalars that are trained, with 1,000 classes
  entries     number of entries of the state dict
  hash        sha256 (16 digits) of the lines "key sizes", such as "conv1.weight 64,3,7,7", in the state dict's order
  groups      [entries, hash (8 digits)] by the first two parts of the key, so that a difference can be found
  input       image size
  output      output shape in evaluation, batch of 2
  trained     output shapes in training, where they are several
  macs        multiply-adds of convolutions and linear layers for one image, in evaluation
"""
import hashlib
import json
import re

import torch
import torchvision
from torchvision import models

NAMES = """
alexnet vgg11 vgg11_bn vgg13 vgg13_bn vgg16 vgg16_bn vgg19 vgg19_bn squeezenet1_0 squeezenet1_1
resnet18 resnet34 resnet50 resnet101 resnet152 resnext50_32x4d resnext101_32x8d resnext101_64x4d
wide_resnet50_2 wide_resnet101_2 googlenet inception_v3 densenet121 densenet161 densenet169 densenet201
mobilenet_v2 mobilenet_v3_small mobilenet_v3_large
shufflenet_v2_x0_5 shufflenet_v2_x1_0 shufflenet_v2_x1_5 shufflenet_v2_x2_0
efficientnet_b0 mnasnet0_5 mnasnet0_75 mnasnet1_0 mnasnet1_3 convnext_tiny
efficientnet_b1 efficientnet_b2 efficientnet_b3 efficientnet_b4 efficientnet_b5 efficientnet_b6 efficientnet_b7
convnext_small convnext_base convnext_large
""".split()


def camel(name):
    """inception_v3 is inceptionV3; an underscore between two digits stays."""
    parts = re.split(r"(?<!\d)_|_(?!\d)", name)
    return parts[0] + "".join(part[0].upper() + part[1:] for part in parts[1:])


def digest(lines, digits):
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:digits]


def macs_of(model, x):
    total = 0

    def count(module, _inputs, y):
        nonlocal total
        each = module.weight[0].numel()
        total += each * y[0].numel()

    for module in model.modules():
        if isinstance(module, (torch.nn.Conv2d, torch.nn.Linear)):
            module.register_forward_hook(count)
    with torch.no_grad():
        y = model(x)
    return total, list(y.shape)


def facts(name):
    kwargs = {"init_weights": False} if name in ("googlenet", "inception_v3") else {}
    model = getattr(models, name)(**kwargs)
    size = 299 if name == "inception_v3" else 224
    state = [(key, ",".join(map(str, value.shape))) for key, value in model.state_dict().items()]
    lines = [f"{key} {sizes}".rstrip() for key, sizes in state]
    groups = {}
    for key, line in zip((key for key, _ in state), lines):
        groups.setdefault(".".join(key.split(".")[:2]), []).append(line)
    found = {
        "name": camel(name),
        "parameters": sum(p.numel() for p in model.parameters()),
        "entries": len(state),
        "hash": digest(lines, 16),
        "groups": {key: [len(each), digest(each, 8)] for key, each in groups.items()},
        "input": size,
    }
    x = torch.zeros(2, 3, size, size)
    with torch.no_grad():
        y = model.train()(x)
    if not isinstance(y, torch.Tensor):
        found["trained"] = {key: list(value.shape) for key, value in y._asdict().items()}
    found["macs"], found["output"] = macs_of(model.eval(), x)
    return found


if __name__ == "__main__":
    for name in NAMES:
        print(json.dumps(facts(name)))
