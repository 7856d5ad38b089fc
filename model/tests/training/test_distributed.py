import os
import subprocess
import sys

import torch

from armoire.paths import MODEL
from armoire.training.distributed import Distributed

# One process's batch counts and the other's does not; then both count, with gradients 1 and 3.
SCRIPT = """
import torch
from armoire.training.distributed import Distributed
me = Distributed("cpu")
layer = torch.nn.Linear(2, 1, bias=False)
for valid, expected in (((True, False), 1.0), ((True, True), 2.0)):
    layer.weight.grad = torch.full((1, 2), 1.0 + 2 * me.rank)
    assert me.average_gradients(layer, valid[me.rank])
    assert layer.weight.grad.tolist() == [[expected] * 2]
assert not me.average_gradients(layer, False)
assert me.broadcast([float(me.rank), 5.0 + me.rank]) == [0.0, 5.0]
me.close()
"""


def test_processes_share_gradients_and_values(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(SCRIPT)
    environment = os.environ | {"PYTHONPATH": str(MODEL), "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "torch.distributed.run", "--standalone"]
    subprocess.run(
        [*command, "--nproc-per-node", "2", str(script)], env=environment, check=True, timeout=90
    )


def test_alone_nothing_is_exchanged():
    me = Distributed("cpu")
    layer = torch.nn.Linear(2, 1)
    assert (
        me.is_main and me.average_gradients(layer, True) and not me.average_gradients(layer, False)
    )
    assert me.broadcast([1.0, 2.0]) == [1.0, 2.0]
