"""The ASGI entry point, for servers that speak it."""

import os

from django.core.asgi import get_asgi_application

from territoires.serving import limit_statements

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "territoires.settings")

application = get_asgi_application()
limit_statements()
