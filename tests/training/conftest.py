"""The scripts stand outside the package: their folder's parent is put on the path."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[2]))
