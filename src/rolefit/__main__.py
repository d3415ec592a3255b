"""`python -m rolefit` is `rolefit`."""

from rolefit.cli import main

if __name__ == "__main__":
    main()
