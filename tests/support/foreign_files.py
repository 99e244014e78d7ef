# Writes foreign_files.json: files written by NumPy and PyTorch, as base64, with their values as text. Run: python3
# foreign_files.py > foreign_files.json
import base64, collections, io, json
import numpy as np, torch

def npy(a, version=None):
    f = io.BytesIO(); np.lib.format.write_array(f, a, version); return f.getvalue()
def npz(save, **arrays):
    f = io.BytesIO(); save(f, **arrays); return f.getvalue()
def pt(value, **options):
    f = io.BytesIO(); torch.save(value, f, **options); return f.getvalue()

a = np.arange(6, dtype=np.float32).reshape(2, 3) / 4
files = {}
for code in ["<f2", "<f4", "<f8", ">f2", ">f4", ">f8", "|i1", "<i2", ">i2", "<i4", ">i4", "<i8", ">i8", "|u1", "<u2", "<u4", ">u4", "<u8"]:
    files[f"{code}.npy"] = npy((4 * a).astype(code))
files["bool.npy"] = npy(a > 0.5)
files["fortran.npy"] = npy(np.asfortranarray(np.arange(24, dtype=np.int32).reshape(2, 3, 4)))
files["scalar.npy"] = npy(np.array(2.5))
files["v2.npy"] = npy(a, (2, 0))
files["v3.npy"] = npy(a, (3, 0))
for name, each in {"object": np.array([None]), "string": np.array(["a"]), "complex": np.array([1j]), "record": np.array([(1, 2.0)], dtype=[("x", "i4"), ("y", "f4")])}.items():
    files[f"{name}.npy"] = npy(each)
files["stored.npz"] = npz(np.savez, a=a, n=np.array([2**60, -1]), **{"layer.weight": a.T})
files["deflated.npz"] = npz(np.savez_compressed, a=a, n=np.array([2**60, -1]), **{"layer.weight": a.T})
torch.manual_seed(0)
model = torch.nn.Sequential(torch.nn.Linear(3, 2), torch.nn.BatchNorm1d(2))
with torch.no_grad():
    for i, p in enumerate(model.parameters()):
        p.copy_(torch.arange(p.numel()).reshape(p.shape) / 4 + i)
model[1].num_batches_tracked.fill_(7)
files["state.pt"] = pt(model.state_dict())
base = torch.arange(12, dtype=torch.float32)
views = {"t": base.reshape(3, 4).t(), "slice": base[2:7:2], "tied": base, "expanded": torch.ones(1).expand(2, 2),
         "half": torch.tensor([1.5]).half(), "bf16": torch.tensor([1.5, -3]).bfloat16(), "long": torch.tensor(2**60),
         "bool": torch.tensor([True, False]), "none": torch.zeros(0, 3), "parameter": torch.nn.Parameter(torch.tensor([2.0]))}
for protocol in (2, 3, 4, 5):
    files[f"views{protocol}.pt"] = pt(views, pickle_protocol=protocol)
files["nested.pt"] = pt({"model": {"w": torch.tensor([1.0, 2.0])}, "epoch": 3, "lr": 0.1, "name": "x", "done": False})
files["module.pt"] = pt(torch.nn.Linear(1, 1))
files["old.pt"] = pt({"w": torch.ones(1)}, _use_new_zipfile_serialization=False)
print(json.dumps({k: base64.b64encode(v).decode() for k, v in files.items()}, indent=0))
