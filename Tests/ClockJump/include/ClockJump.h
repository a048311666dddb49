/// Nothing to call: a library to preload, which lets the wall clock of a process jump.
