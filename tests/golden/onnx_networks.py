"""Writes onnx_networks.jsonl: small networks of PyTorch, three of torchvision's families, exported, for tests/gpu/io/onnx_networks.test.ts.

    python3 tests/golden/onnx_networks.py files DIRECTORY     # Debian 12's python3-torch 1.13, python3-torchvision 0.14
    python  tests/golden/onnx_networks.py values DIRECTORY > tests/golden/onnx_networks.jsonl     # onnxruntime 1.30

Weights come from a formula, statistics of batch norm too, so that they are the same everywhere.

For every network and opset, on a line of its own:
  name    what it is
  model   the file, base64
  batches for batches of 1 and 3: x as a formula of its size (see x_of), y of onnxruntime
"""
import base64
import io
import json
import pathlib
import sys

import numpy as np

SHAPES = {"densenet": [3, 32, 32], "mobilenet": [3, 32, 32], "shufflenet": [3, 48, 40], "segmenter": [1, 16, 12]}


def formula(count, scale, shift=0.0, phase=0.3):
    """shift + scale · sin(1.7 · i + phase), rounded to f32."""
    return (shift + scale * np.sin(1.7 * np.arange(count) + phase)).astype(np.float32)


def x_of(shape):
    return formula(int(np.prod(shape)), 1.0).reshape(shape)


def filled(model):
    import torch

    for place, (name, value) in enumerate(model.state_dict().items()):
        if not value.is_floating_point():
            continue
        scale, shift = 0.9 / max(1, value[0].numel() if value.dim() > 1 else 1) ** 0.5, 0.0
        if name.endswith("running_var") or (value.dim() == 1 and name.endswith("weight")):
            scale, shift = 0.3, 1.0
        elif value.dim() == 1:
            scale = 0.1
        value.copy_(torch.from_numpy(formula(value.numel(), scale * (2 if value.dim() > 1 else 1), shift, 0.3 + place)).view(value.shape))
    return model.eval()


def networks():
    import torch
    from torch import nn
    from torchvision.models import DenseNet, ShuffleNetV2
    from torchvision.models.mobilenetv3 import InvertedResidualConfig, MobileNetV3

    class Segmenter(nn.Module):
        """Down and up again, with shape arithmetic: view by sizes, interpolation to another tensor's size, group norm."""

        def __init__(self):
            super().__init__()
            self.down = nn.Conv2d(1, 6, 3, stride=2, padding=1, padding_mode="reflect")
            self.norm = nn.GroupNorm(2, 6)
            self.up = nn.ConvTranspose2d(6, 4, 3, stride=2, padding=1, output_padding=1)
            self.mix = nn.MultiheadAttention(6, 2, batch_first=True)
            self.last = nn.Conv1d(4, 3, 3, padding=1)

        def forward(self, x):
            h = nn.functional.silu(self.norm(self.down(x)))
            n, c, rows, columns = h.shape
            tokens = h.flatten(2).transpose(1, 2)
            tokens = tokens + self.mix(tokens, tokens, tokens, need_weights=False)[0]
            h = tokens.transpose(1, 2).reshape(n, c, rows, columns)
            small = nn.functional.avg_pool2d(h, 3, 2, ceil_mode=True)
            h = h + nn.functional.interpolate(small, size=h.shape[2:], mode="bilinear", align_corners=False)
            y = self.up(nn.functional.leaky_relu(h, 0.2))
            y = torch.cat([y[:, :, ::2].mean(2), y.amax(2)], dim=-1)
            return self.last(y).softmax(1)

    setting = lambda *each: InvertedResidualConfig(*each, 1, 0.25)
    settings = [setting(16, 3, 16, 16, True, "RE", 2), setting(16, 5, 32, 24, True, "HS", 2), setting(24, 3, 48, 24, False, "HS", 1)]
    yield "densenet", DenseNet(growth_rate=4, block_config=(2, 2, 2), num_init_features=8, num_classes=10), 13
    yield "mobilenet", MobileNetV3(settings, last_channel=64, num_classes=10), 9
    yield "shufflenet", ShuffleNetV2([1, 2, 1], [8, 8, 16, 32, 32], num_classes=10), 14
    yield "segmenter", Segmenter(), 16


def files(folder):
    import torch

    for name, model, opset in networks():
        x = torch.from_numpy(x_of([2, *SHAPES[name]]))
        # folded: batch norm goes into convolutions; kept: batch norm can train
        torch.onnx.export(
            *(filled(model), x, str(folder / f"{name}.onnx")),
            opset_version=opset,
            input_names=["x"],
            output_names=["y"],
            dynamic_axes={"x": {0: "n"}, "y": {0: "n"}},
            training=torch.onnx.TrainingMode.EVAL if name != "densenet" else torch.onnx.TrainingMode.PRESERVE,
            do_constant_folding=name != "densenet",
        )


def values(folder):
    import onnxruntime

    for name, shape in SHAPES.items():
        file = (folder / f"{name}.onnx").read_bytes()
        session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
        batches = []
        for n in (1, 3):
            (y,) = session.run(["y"], {"x": x_of([n, *shape])})
            batches.append({"x": [n, *shape], "shape": list(y.shape), "y": [float(f"{v:.8g}") for v in y.ravel()]})
        print(json.dumps({"name": name, "model": base64.b64encode(file).decode(), "batches": batches}, separators=(",", ":")))


{"files": files, "values": values}[sys.argv[1]](pathlib.Path(sys.argv[2]))
