# make demo   play the sample office            make test    everything that must hold, in minutes
# make bench  the ratios of docs/performance.md make proof   the long proofs: hundreds of kills, soak
# make pictures   every screen and ticket, into pictures-output, and those of docs/pictures

PYTHON ?= python3
BIN := .venv/bin
SUDO := $(if $(filter 0,$(shell id -u)),,sudo)

# evdev is compiled where there is no wheel of it: on a Raspberry Pi.
RUN_PACKAGES := python3-venv mosquitto espeak-ng alsa-utils libgl1 libegl1 \
	$(if $(filter aarch64,$(shell uname -m)),gcc python3-dev linux-libc-dev)
TEST_PACKAGES := mosquitto-clients nftables systemd procps iproute2 openssl gcc libc6-dev
BENCH_PACKAGES := gcc libc6-dev

.DEFAULT_GOAL := help
.PHONY: help setup system-packages test check unit demo bench proof pictures sbom lock offline-bundle clean

help:
	@sed -n '1,3p' Makefile

setup: system-packages .venv/.ready

# With apt, whatever of $(1) is missing; elsewhere the names, for a person to find.
define install_packages
	@missing=; for p in $(1); do dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$p"; done; \
	if [ -z "$$missing" ]; then exit 0; fi; \
	if ! command -v apt-get >/dev/null; then echo "Okienko needs these Debian packages or their like:$$missing"; exit 0; fi; \
	if [ -n "$(SUDO)" ] && ! command -v sudo >/dev/null; then \
		echo "Okienko needs:$$missing; let an administrator run: apt-get install --no-install-recommends$$missing"; exit 1; fi; \
	echo "Installing with apt:$$missing"; \
	$(SUDO) apt-get update -qq && \
	$(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $$missing >/dev/null
endef

system-packages:
	$(call install_packages,$(RUN_PACKAGES))

.venv/.ready: requirements.lock pyproject.toml | system-packages
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: setup
	$(BIN)/python -m broker.rehearsal --output demo-output

test: setup
	$(call install_packages,$(TEST_PACKAGES))
	$(MAKE) --no-print-directory check unit

check: .venv/.ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Two at a time: most of a test's time is waiting, for a program to start or a resident to read.
unit: .venv/.ready
	$(BIN)/pytest -m "not proof" -n 2 --dist loadfile

proof: setup
	$(call install_packages,$(TEST_PACKAGES))
	$(BIN)/pytest -m proof --timeout 3600

bench: setup
	$(call install_packages,$(BENCH_PACKAGES))
	$(BIN)/python -m tests.benchmarks

pictures: setup
	$(BIN)/okienko-kiosk album pictures-output/kiosk
	$(BIN)/okienko-display album pictures-output/wall
	$(BIN)/python -m tests.docs.pictures pictures-output

# What the programs are made of, as CycloneDX: sbom.cdx.json.
sbom: .venv/.ready
	$(BIN)/python .ci/sbom.py --debian "$(filter-out gcc python3-dev linux-libc-dev,$(RUN_PACKAGES)) openssl nftables" > sbom.cdx.json
	@echo "sbom.cdx.json: $$(grep -c '"type": "library"' sbom.cdx.json) libraries"

# After a change of the dependencies in pyproject.toml (needs uv).
lock:
	uv pip compile --universal --generate-hashes --no-header --no-annotate --python-version 3.11 \
		--all-extras --group dev pyproject.toml -o requirements.lock
	for role in broker kiosk display desk; do \
		uv pip compile --quiet --universal --no-header --no-annotate --python-version 3.11 --extra $$role \
			-c requirements.lock pyproject.toml | sed 's/[= ;].*//' >systemd/roles/$$role.txt || exit 1; done

# A folder with everything that systemd/install takes, for machines like this one that have no internet.
offline-bundle:
	$(call install_packages,python3-venv $(if $(filter aarch64,$(shell uname -m)),gcc python3-dev linux-libc-dev))
	systemd/install --bundle-to $(or $(BUNDLE),dist/okienko-offline)

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache demo-output pictures-output
