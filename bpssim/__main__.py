"""`python -m bpssim` is `bpssim`."""

from bpssim.cli import main

if __name__ == "__main__":
    main(prog_name="bpssim")
