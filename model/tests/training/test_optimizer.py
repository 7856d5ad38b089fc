from armoire.modeling.config import NetworkConfig
from armoire.modeling.detector import Parser
from armoire.training.config import Schedule
from armoire.training.optimizer import make_optimizer


def test_gates_learn_at_their_own_rate():
    model = Parser(NetworkConfig(depth=18, width=0.25, fpn_channels=16, frozen_stages=2))
    schedule = Schedule(lr=3e-4, backbone_lr=1e-4, gate_lr=2e-3)
    rates = {
        id(weight): table["initial_lr"]
        for table in make_optimizer(model, schedule).param_groups
        for weight in table["params"]
    }
    wanted = {"heads.": 3e-4, "backbone.": 1e-4}
    for name, weight in model.named_parameters():
        if not weight.requires_grad:
            assert id(weight) not in rates
            continue
        rate = 2e-3 if ".gate." in name else wanted.get(f"{name.split('.')[0]}.", 3e-4)
        assert rates[id(weight)] == rate, name
    plain = make_optimizer(model, Schedule(backbone_lr=1e-4)).param_groups
    assert len(plain) == 4 and sum(len(t["params"]) for t in plain) == len(rates)
