"""What is Floorwalker? A contact-centre performance management system that is honest about what it knows."""

import os

# Judgement solves small systems by the thousand. Threads of the linear algebra wait for each other longer than that takes
# where others want the cores too: one thread was nine times as fast on two busy cores. Whoever sets it, decides.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

__version__ = "0.1.0"
