"""Writes onnx_nodes.jsonl: the ONNX project's own tests of operators, for tests/gpu/io/onnx_nodes.test.ts.

    python3 tests/golden/onnx_nodes.py > tests/golden/onnx_nodes.jsonl

Run with Debian 12's libonnx-testdata 1.12 (MIT; its notice is the first line of the file).

For every test, on a line of its own:
  name     as there, after its folder unless that is "node"
  model    the file, base64
  inputs   TensorProtos, base64
  outputs  TensorProtos, base64
"""
import base64
import json
import pathlib
import re

ROOT = pathlib.Path("/usr/share/libonnx-testdata/data")
NOTICE = "Copyright (c) ONNX Project Contributors, Facebook, Inc., Microsoft Corporation. MIT licence, github.com/onnx/onnx"
MOST = 6000  # bytes of a test
# losses with labels, optimisers, text, sequences, quantised and signal processing: not what networks for images are made of
OTHERS = re.compile(
    r"^test_(sce_|nllloss_|adagrad|adam|momentum|nesterov|strnorm|tfidf|sequence|loop|scan|if_|optional|bernoulli|"
    r"dynamicquantize|blackman|hamming|hann|identity_(seq|opt)|stft|melweight|training_dropout|castlike|cast_.*(STRING|BFLOAT16)|dft|det_|gridsample|roialign|reversesequence|q?linear|quantizelinear|dequantize|q?convinteger|matmulinteger|qlinear|compress|"
    r"gradient_of|layer_normalization.*_expanded|bitshift|mod_|(max|min)_u?int|unique|nonmax|rnn|lstm|gru|simple_rnn|(and|or|xor)_bcast)"
)


def text(path):
    return base64.b64encode(path.read_bytes()).decode()


def main():
    print(json.dumps({"notice": NOTICE}))
    for folder in ("node", "simple", "pytorch-operator", "pytorch-converted"):
        for test in sorted((ROOT / folder).iterdir()):
            data = test / "test_data_set_0"
            files = [test / "model.onnx", *data.glob("*.pb")]
            if OTHERS.match(test.name) or sum(file.stat().st_size for file in files) > MOST:
                continue
            numbered = lambda kind: sorted(data.glob(f"{kind}_*.pb"), key=lambda p: int(p.stem.split("_")[1]))
            name = test.name.removeprefix("test_")
            line = {
                "name": name if folder == "node" else f"{folder}/{name}",
                "model": text(test / "model.onnx"),
                "inputs": [text(path) for path in numbered("input")],
                "outputs": [text(path) for path in numbered("output")],
            }
            print(json.dumps(line, separators=(",", ":")))


main()
