"""Commands: `model/run.sh VERB` runs the file of that name, which calls armoire."""
