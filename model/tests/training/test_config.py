import tomllib
from dataclasses import fields

import pytest

from armoire.data.augment import AugmentConfig
from armoire.data.sources import Source
from armoire.modeling.config import NetworkConfig
from armoire.paths import CONFIGS
from armoire.training.config import (
    RENAMED,
    EvaluationConfig,
    Schedule,
    TrainConfig,
    read_config,
)


@pytest.mark.parametrize("path", sorted(CONFIGS.glob("*.toml")), ids=lambda p: p.stem)
def test_every_configuration_is_readable(path):
    assert read_config(path).sources


def test_unknown_settings_are_refused(tmp_path):
    (tmp_path / "bad.toml").write_text('[schedule]\nspeed = 3\n[[sources]]\nroot = "x"\n')
    with pytest.raises(TypeError, match="speed"):
        read_config(tmp_path / "bad.toml")


def write_old(path, table: str, key: str) -> None:
    sources = '[[sources]]\nroot = "x"\n'
    if table == "sources":
        path.write_text(f"{sources}{key} = 1\n")
    else:
        path.write_text(f"[{table}]\n{key} = 1\n{sources}" if table else f"{key} = 1\n{sources}")
    tomllib.loads(path.read_text())


@pytest.mark.parametrize(
    ("table", "old", "new"),
    [(t, old, new) for t, keys in RENAMED.items() for old, new in keys.items()],
)
def test_an_old_setting_is_refused_with_its_new_name(tmp_path, table, old, new):
    write_old(tmp_path / "old.toml", table, old)
    with pytest.raises(ValueError, match="is now") as refused:
        read_config(tmp_path / "old.toml")
    assert f"`{old}` is now `{new}`" in str(refused.value)


def test_new_names_are_settings():
    tables = {
        "": TrainConfig,
        "network": NetworkConfig,
        "augment": AugmentConfig,
        "schedule": Schedule,
        "sources": Source,
    }
    known = {name: {f.name for f in fields(kind)} for name, kind in tables.items()}
    known["evaluation"] = {f.name for f in fields(EvaluationConfig)}
    known[""] |= {"[evaluation]"}
    known["evaluation"] |= {"[schedule] checkpoint_minutes"}
    for table, keys in RENAMED.items():
        for new in keys.values():
            assert new.split(" (")[0] in known[table]


@pytest.mark.parametrize("setting", ['lr_schedule = "stages"', 'optimizer = "adam"'])
def test_unknown_choices_are_refused(tmp_path, setting):
    path = tmp_path / "wrong.toml"
    path.write_text(f'[schedule]\n{setting}\n[[sources]]\nroot = "x"\n')
    with pytest.raises(ValueError, match="must be one of"):
        read_config(path)
