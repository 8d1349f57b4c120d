"""Where does the web server enter?"""

from __future__ import annotations

import atexit
import gc
import os
import warnings

import django
from django.conf import settings
from django.urls import get_resolver

from floorwalker.web.pooling import share_connections
from floorwalker.web.serving import Pages

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "floorwalker.web.settings")
# Static files are small and served by WhiteNoise, which knows synchronous files only; the warning would repeat each time.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")

django.setup(set_prefix=False)
application = Pages()
share_connections(settings.FLOORWALKER)
# The pages' own code, before the first reader asks for one: loading it takes longer than any page.
get_resolver().url_patterns  # noqa: B018
# What is loaded now stays until the end: the collector need not look through it in the middle of somebody's page, which
# made one page in twenty half as slow again. Given back at the end, when libraries count what they left.
gc.collect()
gc.freeze()
# Nor through all that pages have loaded since, each time that a few hundred objects are made: a page makes tens of thousands and
# lets nearly all go by itself. It took 7 ms a page, and the whole of it, up to 120 ms, in the middle of one page in seventeen.
gc.set_threshold(10_000, 20, 20)
atexit.register(gc.unfreeze)
