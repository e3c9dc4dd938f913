"""The blocks of a lesson: what authors write between slashes, one module per block."""
