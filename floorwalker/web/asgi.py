"""Where does the web server enter?"""

from __future__ import annotations

import os
import warnings

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "floorwalker.web.settings")
# Static files are small and served by WhiteNoise, which knows synchronous files only; the warning would repeat each time.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")

application = get_asgi_application()
