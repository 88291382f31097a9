# The service in a container: `docker build -t diversion-screening .`, or `docker compose up` beside PostgreSQL.
#
# Everything comes from requirements-service.lock with its hashes; what the compiled packages need to be built
# stays behind in the first stage.

FROM python:3.12-slim-bookworm AS build
RUN apt-get update -qq \
    && apt-get install -y -qq --no-install-recommends build-essential pkg-config libicu-dev \
    && rm -rf /var/lib/apt/lists/*
RUN python -m venv /opt/screening
WORKDIR /src
COPY requirements-service.lock ./
RUN /opt/screening/bin/pip install --no-cache-dir --require-hashes --requirement requirements-service.lock
COPY . .
RUN /opt/screening/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.12-slim-bookworm
RUN apt-get update -qq \
    && apt-get install -y -qq --no-install-recommends libicu72 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --create-home --home-dir /var/lib/screening screening
COPY --from=build /opt/screening /opt/screening
ENV PATH=/opt/screening/bin:$PATH SCREENING_HOME=/var/lib/screening PYTHONUNBUFFERED=1
USER screening
VOLUME /var/lib/screening
EXPOSE 8000
HEALTHCHECK --start-period=60s CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/healthz', timeout=3)"]
# In a container loopback would be the container's own: what reaches port 8000 is for who runs it to say.
CMD ["screening", "serve", "--host", "0.0.0.0", "--port", "8000"]
