"""Django's settings: the database of REJOINDER_DATABASE_URL, and nothing that is not needed."""

import os
from urllib.parse import parse_qs, urlsplit

_URL = urlsplit(os.environ.get("REJOINDER_DATABASE_URL", ""))
_GIVEN = parse_qs(_URL.query)

SECRET_KEY = "not a secret: nothing is signed"
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = ["rest_framework", "desk"]
MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]
ROOT_URLCONF = "desk.urls"
WSGI_APPLICATION = "desk.wsgi.application"
USE_TZ = True
TIME_ZONE = "UTC"
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _URL.path.lstrip("/"),
        "USER": _URL.username or "",
        "HOST": _URL.hostname or _GIVEN.get("host", [""])[0],
        "PORT": str(_URL.port or _GIVEN.get("port", [""])[0]),
        "CONN_MAX_AGE": 60,
    }
}
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.LimitOffsetPagination",
    "PAGE_SIZE": 100,
    "UNAUTHENTICATED_USER": None,
}
