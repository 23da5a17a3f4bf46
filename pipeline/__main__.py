"""`python -m pipeline` is `inclusion`, for machines where the command is not on the path."""

from pipeline.cli import main

if __name__ == "__main__":
    main()
