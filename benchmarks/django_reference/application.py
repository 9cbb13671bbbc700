"""Settings and WSGI application of the reference; the address comes from the environment."""

import os

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from sqlalchemy import make_url

ADDRESS = "BENCH_DATABASE_URL"
APP = "benchmarks.django_reference"


def _database() -> dict[str, object]:
    url = make_url(os.environ[ADDRESS])
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": url.database,
        "USER": url.username,
        "PASSWORD": url.password or "",
        "HOST": url.query.get("host") or url.host or "",
        "PORT": str(url.port or ""),
        "CONN_MAX_AGE": None,
        "OPTIONS": {"server_side_binding": True},
    }


settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"],
    DATABASES={"default": _database()},
    DEBUG=False,
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    INSTALLED_APPS=["django.contrib.staticfiles", APP],
    LANGUAGE_CODE="zh-hans",
    LANGUAGES=[("zh-hans", "Chinese"), ("en", "English")],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.middleware.locale.LocaleMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    ROOT_URLCONF=f"{APP}.urls",
    SECRET_KEY="only-for-the-benchmark",
    STATIC_URL="/static/",
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.template.context_processors.csrf",
                    "django.template.context_processors.i18n",
                ]
            },
        }
    ],
    TIME_ZONE="Asia/Shanghai",
    USE_I18N=True,
    USE_TZ=True,
)
django.setup()
app = get_wsgi_application()
