"""The WSGI entry point: `gunicorn territoires.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

from territoires.serving import limit_statements

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "territoires.settings")

application = get_wsgi_application()
limit_statements()
