# The only entry a person needs; `make` alone says what there is.

JISHI := build/release/jishi
JOBS ?= $(shell nproc)
PORT ?= 8080
FUZZ_SECONDS ?= 60
SOAK_SECONDS ?= 600
# A page for the figures of the soak, such as docs/generated/performance.md.
SOAK_PAGE ?=
PAGES_PAGE ?=

.DEFAULT_GOAL := help
.PHONY: help setup build run test check tidy fmt bench bench-pages soak fuzz asan tsan asan-server tsan-server \
        package clean

help:
	@echo 'make run      编译，用一座演示城市亮灯，在 http://127.0.0.1:8080 提供服务 / build, light a demo city, serve it'
	@echo 'make build    编译 build/release/jishi 和网页 build/web / build it, and the web pages'
	@echo 'make test     运行全部测试 / run all tests'
	@echo 'make check    代码检查：格式、层次、限度、文案、clang-tidy / check format, layers, limits, texts'
	@echo 'make fmt      整理代码格式 / format the code'
	@echo 'make bench    性能测量 / measure'
	@echo 'make soak     半负载运行 SOAK_SECONDS 秒（默认 600），看内存与响应是否平稳 / serve at half load, watch memory and answers'
	@echo 'make bench-pages 十万党员的城市里，页面多久显示数据 / how soon pages show their data, 100,000 members'
	@echo 'make fuzz     模糊测试，每个目标 FUZZ_SECONDS 秒 / fuzz, FUZZ_SECONDS for each target'
	@echo 'make asan     单元测试 + 内存检查 / unit tests under the address sanitizer'
	@echo 'make tsan     单元测试 + 线程检查 / unit tests under the thread sanitizer'
	@echo 'make asan-server, make tsan-server  用带检查的服务跑全部场景 / every scenario against a sanitized server'
	@echo 'make package  打包到 build/package / make an archive in build/package'
	@echo 'make clean    删除编译产物(保留已下载的依赖) / remove what was built (not what was fetched)'

setup:
	@tools/setup

build: setup
	@cmake --preset release >build/configure.log || { cat build/configure.log; exit 1; }
	@cmake --build --preset release -j $(JOBS) --target jishi
	@tools/build-web

run: build
	@test -e data || $(JISHI) demo --data ./data --members 20000 --cases
	@$(JISHI) lights --data ./data --summary
	@exec $(JISHI) serve --data ./data --port $(PORT) --payments sandbox

test: build
	@cmake --build --preset release -j $(JOBS)
	@tools/run-tests

check: build
	@tools/check

tidy: build
	@tools/check --only clang-tidy

fmt: setup
	@find src tests -name '*.[ch]pp' -print0 | xargs -0r clang-format -i

bench: build
	@$(JISHI) bench

# Whole cities take the thread sanitizer an hour and show it no further pair of threads.
tsan: FILTER := -*Demo*:*Bench*:*bench*:Histories*
asan: FILTER := *
asan tsan: setup
	@cmake --preset $@ >build/configure.log || { cat build/configure.log; exit 1; }
	@cmake --build --preset $@ -j $(JOBS) --target jishi_unit_tests
	@LSAN_OPTIONS=suppressions=$(CURDIR)/tools/lsan-suppressions.txt:print_suppressions=0 \
	TSAN_OPTIONS=suppressions=$(CURDIR)/tools/tsan-suppressions.txt build/$@/jishi_unit_tests --gtest_brief=1 --gtest_filter='$(FILTER)'

# Each of these builds takes minutes of all cores.
asan-server tsan-server: %-server: setup
	@cmake --preset $* >build/configure.log || { cat build/configure.log; exit 1; }
	@cmake --build --preset $* -j $(JOBS) --target jishi
	@tools/run-sanitized build/$*/jishi

soak: build
	@tests/load/soak.py --jishi $(JISHI) --seconds $(SOAK_SECONDS) $(if $(SOAK_PAGE),--write $(SOAK_PAGE))

bench-pages: build
	@tests/load/pages.py --jishi $(JISHI) $(if $(PAGES_PAGE),--write $(PAGES_PAGE))

fuzz: setup
	@cmake --preset fuzz >build/configure.log || { cat build/configure.log; exit 1; }
	@cmake --build --preset fuzz -j $(JOBS) --target fuzz
	@tools/run-fuzz $(FUZZ_SECONDS)

package: build
	@tools/package

clean:
	@find build -mindepth 1 -maxdepth 1 ! -name deps -exec rm -rf {} + 2>/dev/null || true
