"""Commands: `model/run.sh VERB` runs the file of that name. They read arguments and call armoire."""
