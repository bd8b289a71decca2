"""``python -m entrecidades`` is the same door as the ``entrecidades`` command."""

from entrecidades.cli.__main__ import main

if __name__ == "__main__":
    main()
