# For Linux and macOS (GNU make 3.81 and newer). Windows: see README.md.
# Everything is installed into .venv here, nothing elsewhere. Another Python: make setup PYTHON=python3.13

PYTHONS = $(or $(PYTHON),python3 python3.14 python3.13 python3.12 python3.11)

python = .venv/bin/python
invoke = $(python) -m invoke
# Each stamp says which requirements .venv holds in full; the second includes the first.
site_stamp = .venv/site.stamp
test_stamp = .venv/test.stamp

MAKEFLAGS += --no-builtin-rules --no-print-directory
.DEFAULT_GOAL = help
.PHONY: help setup site build check publish test test-slow audit lock clean

help:
	@echo 'make site     build the site and show it at http://127.0.0.1:8000/'
	@echo 'make test     run the tests; make test-slow those that take long'
	@echo 'make audit    prove that every page is valid, accessible, fast and private (ONLY=links for one check)'
	@echo
	@echo 'make check    say what in the content needs mending'
	@echo 'make build    build the site once'
	@echo 'make publish  build the site for its own address and publish it'
	@echo 'make setup    install what a build needs (the others do this by themselves)'
	@echo 'make lock     update requirements.txt, requirements-dev.txt and requirements-benchmark.txt'
	@echo 'make clean    delete everything that was made or installed here'

setup: $(site_stamp)
	@echo 'All that a build needs is in .venv.'

site build check publish: $(site_stamp)
	@$(python) -m campaign $@

test: $(test_stamp)
	@$(invoke) test

test-slow: $(test_stamp)
	@$(invoke) test-slow

audit: $(test_stamp)
	@$(invoke) audit $(if $(ONLY),--only $(ONLY))

# A .venv without its stamp was interrupted, one whose Python is gone is of no use: both are made anew.
# (A missing prerequisite with an empty recipe counts as changed.)
$(python): ;

$(site_stamp): requirements.txt $(python)
	@if [ ! -f $@ ] || ! $(python) -m pip --version >/dev/null 2>&1; then $(create_venv); fi
	@echo 'Installing what a build needs …'
	@rm -f $@; $(call install,requirements.txt); touch $@

$(test_stamp): requirements-dev.txt $(site_stamp)
	@echo 'Installing what the tests need …'
	@rm -f $(site_stamp) $@; $(call install,requirements-dev.txt); touch $(site_stamp) $@

install = { $(python) -m pip install -qq --disable-pip-version-check --require-hashes -r $(1) || { \
	echo 'That did not work. Is this computer online? Then try again.' >&2; exit 1; }; }

define create_venv
for python in $(PYTHONS); do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break; \
	python=; \
done; \
if [ -z "$$python" ]; then \
	echo 'Python 3.11 or newer is needed: install it from https://www.python.org/downloads/ or with your package manager, then try again.' >&2; \
	exit 1; \
fi; \
if ! "$$python" -c 'import venv, ensurepip' 2>/dev/null; then \
	echo "$$python cannot make virtual environments: install its venv module (on Debian and Ubuntu: sudo apt install python3-venv), then try again." >&2; \
	exit 1; \
fi; \
echo 'Making .venv …'; \
"$$python" -m venv --clear .venv
endef

# The newest versions that pyproject.toml allows, for every platform and every Python it names.
lock: $(test_stamp)
	@$(call compile,requirements.txt,What a build needs,)
	@$(call compile,requirements-dev.txt,What a build and the tests need,--extra dev --constraint requirements.txt)
	@$(call compile,requirements-benchmark.txt,What a build and the benchmark need,--extra benchmark --constraint requirements.txt)

define compile
echo 'Compiling $(1) …'; \
{ \
	echo '# $(2). Compiled from pyproject.toml; to update it: make lock'; \
	.venv/bin/uv pip compile pyproject.toml $(3) --quiet --no-config --universal --python-version 3.11 \
		--generate-hashes --annotation-style line --no-header --no-emit-index-url; \
} >$(1).new && mv $(1).new $(1) || { rm -f $(1).new; exit 1; }
endef

# What builds have made the engine itself knows best; of a .venv that is broken, the rest goes all the same.
clean:
	@[ ! -x $(python) ] || $(python) -m campaign clean || true
	@rm -rf .venv .output.lock .mypy_cache .pytest_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
