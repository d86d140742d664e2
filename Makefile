# paperround: GNU make, no configure.
#
#   make                  the tools in $(BUILD)
#   make check            every test, with TAP output through prove
#   make install          PREFIX and DESTDIR are honoured
#   make lint             clang-format, cppcheck, shellcheck, mandoc
#   make tidy             clang-tidy, with the analyzer
#   make check-days N=300 so many days of runs that are killed or fail; SEED=2
#   make check-faults     calls that fail: each of them, where the suite has some
#   make check-shells     the scripts with the utilities of POSIX alone, in five
#                         shells and by four awks
#   make check-asan       the tests against an ASan+UBSan build
#   make check-valgrind   the tests with the tools under valgrind
#   make static           paper-filter and digest-render that need no library
#   make check-in SUITE=trixie
#                         the README's two commands on a bare Debian; root
#   make check-in ARCH=s390x
#                         other machines' code there: arm64, s390x, i386
#   make check-deb SUITE=trixie
#                         Debian's packages: made, installed, used, purged; root
#   make coverage         the tests, then what they reach
#   make release          a tarball, after all that is looked at before; root
#   make docs             the manuals and a start page as a web site, in $(DOCS)
#   make bench            measurements beside the peers
#   make shots            screenshots of every kind of page, in $(BUILD)/shots
#   make fuzz SECONDS=60  each fuzz target for that long; ENGINE=afl is AFL++,
#                         TARGETS='json feed' picks some
#
# CFLAGS, CPPFLAGS, LDFLAGS and LDLIBS given by the user come last.

PREFIX	?= /usr/local
BINDIR	?= $(PREFIX)/bin
LIBEXECDIR ?= $(PREFIX)/libexec/paperround
DATADIR	?= $(PREFIX)/share/paperround
MANDIR	?= $(PREFIX)/share/man
BASHCOMPDIR ?= $(PREFIX)/share/bash-completion/completions
ZSHCOMPDIR ?= $(PREFIX)/share/zsh/site-functions
FISHCOMPDIR ?= $(PREFIX)/share/fish/vendor_completions.d
SYSTEMDUSERDIR ?= $(PREFIX)/lib/systemd/user
BUILD	?= build
CFLAGS	?= -O2 -g
PKG_CONFIG ?= pkg-config
PROVE	?= prove
CLANG_FORMAT ?= clang-format

-include config.mk

VERSION := $(shell cat share/VERSION)
TOOLS	= arxiv-fetch paper-filter llm-score digest-render
# What the scripts call and nobody else.
HELPER	= paperround-helper
PROGRAMS = $(TOOLS) $(HELPER)

# Hardening is ours to give and the user's to take back, so it stands before
# CFLAGS.  Prefix maps make the binaries the same wherever they are built.
HARDEN	?= -fPIE -fstack-protector-strong -D_FORTIFY_SOURCE=2
HARDEN_LD ?= -pie -Wl,-z,relro,-z,now
WARN	= -Wall -Wextra -Werror -Wshadow -Wstrict-prototypes \
	  -Wmissing-prototypes -Wpointer-arith -Wwrite-strings
pc	= $(shell $(PKG_CONFIG) $(1) $(2) 2>/dev/null)

# Of the compiler's own macros: which system it builds for, and how wide that is.
# A sum of bytes or seconds may be more than 32 bits hold.
MACROS := $(shell $(CC) $(CPPFLAGS) $(CFLAGS) -dM -E -x c /dev/null 2>/dev/null)
CONFINE ?= $(if $(filter __linux__,$(MACROS)),linux,none)
WIDE	= $(if $(filter __LP64__,$(MACROS)),,-D_FILE_OFFSET_BITS=64 -D_TIME_BITS=64)

ALL_CPPFLAGS := -D_POSIX_C_SOURCE=200809L $(WIDE) -iquote lib -DDATADIR='"$(DATADIR)"' \
	  -DPAPERROUND_VERSION='"$(VERSION)"' \
	  $(call pc,--cflags,libxml-2.0 libcurl libcjson libpcre2-8 sqlite3 libutf8proc) \
	  $(CPPFLAGS)
ALL_CFLAGS = -std=c11 $(WARN) -O2 $(HARDEN) '-ffile-prefix-map=$(CURDIR)=.' \
	  -fno-common $(CFLAGS)
ALL_LDFLAGS = $(HARDEN_LD) -Wl,--as-needed $(LDFLAGS)

# --as-needed drops what a tool does not call; libjq, libcurl and liblinear are
# loaded at run time, by who needs them.
LIBS_common	   := $(call pc,--libs,libcjson libutf8proc) -ldl -lm
LIBS_arxiv-fetch   := $(call pc,--libs,libxml-2.0 libcjson libutf8proc zlib libcrypto) -ldl -lm
LIBS_paper-filter  := $(call pc,--libs,libcjson libpcre2-8 libutf8proc) -ldl -lm
LIBS_llm-score	   := $(call pc,--libs,libcjson sqlite3 libcrypto libutf8proc) \
		     -lstemmer -ldl -lm
LIBS_digest-render := $(call pc,--libs,libcjson libutf8proc) -ldl -lm
LIBS_$(HELPER)	   := $(call pc,--libs,libutf8proc) -ldl

# make V=1 shows the commands.
Q	= $(if $(V),,@)
say	= $(if $(V),,@echo '  $(1)	$(patsubst $(CURDIR)/%,%,$(2))')

all: $(PROGRAMS:%=$(BUILD)/%)

# One of these is compiled; the other systems' are not.
NOT_HERE = $(filter-out %/confine_$(CONFINE).c,$(wildcard lib/common/cli/confine_*.c))

# One archive for what tools share, and one per tool of all but its main, so
# that unit tests and fuzz targets link the very same objects.
define archive
OBJS_$(1) = $$(patsubst %.c,$(BUILD)/%.o,$$(filter-out %/main.c $$(NOT_HERE),$$(wildcard $(2)/*.c $(2)/*/*.c $(2)/*/*/*.c)))
$(BUILD)/lib$(1).a: $$(OBJS_$(1))
	$$(call say,AR,$$@)
	$$(Q)rm -f $$@
	$$(Q)$$(AR) rcsD $$@ $$^
endef
$(eval $(call archive,common,lib/common))
$(foreach t,$(PROGRAMS),$(eval $(call archive,$(t),tools/$(t))))

# A tool's files, its unit tests and its fuzz targets name its headers by their
# path in the tool's folder; nothing else sees them.
define own_headers
$(foreach d,tools tests/unit tests/fuzz,$(BUILD)/$(d)/$(1)/%.o): ALL_CPPFLAGS += -iquote tools/$(1)
endef
$(foreach t,$(PROGRAMS),$(eval $(call own_headers,$(t))))

# The web page's style and script become arrays: bytes, their number, and the
# checksum that the page's policy names.  A script is files of one idea each, in
# one function, so that nothing of it can be seen from outside.
PAGE	= tools/digest-render/formats/html
ASSETS	= page.css page.js index.js
SCRIPT_page = base marks bibtex formulas find open keys calendar page
SCRIPT_index = base marks bibtex formulas search index open keys page
$(BUILD)/$(PAGE)/page.css: $(PAGE)/page.css $(PAGE)/overview.css
	@mkdir -p $(@D)
	$(Q)cat $^ >$@
define script
$(BUILD)/$(PAGE)/$(1).js: $(SCRIPT_$(1):%=$(PAGE)/%.js) Makefile
	@mkdir -p $$(@D)
	$(Q){ printf '"use strict";\n(() => {\n' && \
	  cat $(SCRIPT_$(1):%=$(PAGE)/%.js) && echo '})();'; } >$$@.tmp
	$(Q)mv $$@.tmp $$@
endef
$(foreach s,page index,$(eval $(call script,$s)))
$(BUILD)/$(PAGE)/asset_%.c: $(BUILD)/$(PAGE)/% Makefile
	@mkdir -p $(@D)
	$(call say,GEN,$@)
	$(Q){ n=$$(echo '$*' | tr . _); \
	  printf '#include "formats/html/html.h"\nstatic const unsigned char bytes[] = {\n' && \
	  od -An -v -tx1 '$<' | sed 's/ \([0-9a-f][0-9a-f]\)/0x\1,/g' && \
	  printf '};\nconst struct asset %s = {\nbytes, sizeof(bytes), "%s"};\n' \
	      "$$n" "$$(env printf '%b' \
	      "$$(sha256sum <'$<' | cut -c1-64 | sed 's/../\\x&/g')" | base64)"; } >$@.tmp
	$(Q)mv $@.tmp $@
$(BUILD)/$(PAGE)/asset_%.o: $(BUILD)/$(PAGE)/asset_%.c
	$(call say,CC,$<)
	$(Q)$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<
.SECONDARY: $(ASSETS:%=$(BUILD)/$(PAGE)/asset_%.c) $(ASSETS:%=$(BUILD)/$(PAGE)/%)
$(BUILD)/libdigest-render.a: $(ASSETS:%=$(BUILD)/$(PAGE)/asset_%.o)

# What scripts/make-vectors cuts words with.
$(BUILD)/scripts/terms: $(BUILD)/scripts/terms.o $(BUILD)/libllm-score.a $(BUILD)/libcommon.a
	$(call say,LD,$@)
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $^ $(LIBS_llm-score) $(LDLIBS)

define tool
$(BUILD)/$(1): $(BUILD)/tools/$(1)/main.o $(BUILD)/lib$(1).a $(BUILD)/libcommon.a
	$$(call say,LD,$$@)
	$$(Q)$$(CC) $$(ALL_CFLAGS) $$(ALL_LDFLAGS) -o $$@ $$^ $$(LIBS_$(1)) $$(LDLIBS)
endef
$(foreach t,$(PROGRAMS),$(eval $(call tool,$(t))))

# What the system has of the functions in compat.h: those that can be linked.
COMPAT	= memmem memrchr strcasestr strsep explicit_bzero getentropy closefrom \
	  _Fork memfd_create
has	= $(shell echo 'char $(1)(void); int main(void) { return $(1)(); }' | \
	  $(CC) $(ALL_CFLAGS) -w -x c - -x none $(ALL_LDFLAGS) -o '$(BUILD)/$(1).try' \
	  2>/dev/null && rm '$(BUILD)/$(1).try' && echo -DHAVE_$(1))
$(BUILD)/lib/common/base/compat.o: lib/common/base/compat.c share/VERSION | $(BUILD)/lib/common/base
	$(call say,CC,$<)
	$(Q)$(CC) $(ALL_CPPFLAGS) $(foreach f,$(COMPAT),$(call has,$f)) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<
$(BUILD)/lib/common/base:
	@mkdir -p $@

$(BUILD)/%.o: %.c share/VERSION
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# Unit tests: tests/unit/common/x.c and tests/unit/TOOL/x.c print TAP.
UNITS	= $(patsubst %.c,$(BUILD)/%,$(wildcard tests/unit/*/*.c))
define unit
$(BUILD)/tests/unit/$(1)/%: $(BUILD)/tests/unit/$(1)/%.o $(BUILD)/lib$(1).a $(BUILD)/libcommon.a
	$$(call say,LD,$$@)
	$$(Q)$$(CC) $$(ALL_CFLAGS) $$(ALL_LDFLAGS) -o $$@ $$^ $$(LIBS_$(1)) $$(LDLIBS)
endef
$(foreach t,common $(TOOLS),$(eval $(call unit,$(t))))
.SECONDARY: $(UNITS:%=%.o)

# What tests preload to make calls fail.
FAULTS	= $(patsubst %.c,$(BUILD)/%.so,$(wildcard tests/fault/*.c))
$(BUILD)/tests/fault/%.so: tests/fault/%.c
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(CC) -shared -fPIC -O1 -Wall -Wextra -D_GNU_SOURCE -o $@ $< -ldl

# Fuzz targets: tests/fuzz/common/x.c and tests/fuzz/TOOL/x.c.  `make check`
# replays their corpus, `make fuzz` lets libFuzzer or AFL++ look for more.
FUZZERS	= $(patsubst %.c,$(BUILD)/%,$(wildcard tests/fuzz/*/*.c))
FUZZ_MAIN ?= $(BUILD)/tests/fuzz/replay.o
define fuzzer
$(BUILD)/tests/fuzz/$(1)/%: $(BUILD)/tests/fuzz/$(1)/%.o $(FUZZ_MAIN) $(BUILD)/lib$(1).a $(BUILD)/libcommon.a
	$$(call say,LD,$$@)
	$$(Q)$$(CC) $$(ALL_CFLAGS) $$(ALL_LDFLAGS) -o $$@ $$^ $$(LIBS_$(1)) $$(LDLIBS)
endef
$(foreach t,common $(TOOLS),$(eval $(call fuzzer,$(t))))
.SECONDARY: $(FUZZERS:%=%.o) $(FUZZ_MAIN)
fuzzers: $(FUZZERS)

SECONDS	?= 60
ENGINE	?= libfuzzer
TARGETS	?= $(notdir $(FUZZERS))
FUZZ_CC_libfuzzer = clang
FUZZ_CFLAGS_libfuzzer = -fsanitize=fuzzer-no-link
FUZZ_CC_afl	= afl-clang-fast
FUZZ	= -fsanitize=address,undefined -fno-sanitize-recover=undefined
FUZZ_BUILD = $(abspath $(BUILD)).fuzz/$(ENGINE)
fuzz:
	$(MAKE) fuzzers BUILD='$(FUZZ_BUILD)' CC=$(FUZZ_CC_$(ENGINE)) HARDEN= \
	    HARDEN_LD= FUZZ_MAIN= \
	    CFLAGS='-O1 -g $(FUZZ_CFLAGS_$(ENGINE)) $(FUZZ)' \
	    LDFLAGS='-fsanitize=fuzzer $(FUZZ)'
	tests/fuzz/run $(ENGINE) $(SECONDS) '$(FUZZ_BUILD)' \
	    $(foreach t,$(FUZZERS:$(BUILD)/%=%),$(if $(filter \
		$(TARGETS),$(notdir $t)),'$(FUZZ_BUILD)/$t'))

# TESTS picks some: make check TESTS='tests/paper-filter*.t'.  The longest come
# first, so that they are not what the others' end is waited for.
LONGEST	= $(wildcard $(patsubst %,tests/%.t,build fault-server \
	  paperround static musl paperround-days paperround-month \
	  digest-render-looks digest-render-chromium fault state net secrets \
	  llm-score-agreement posix paperround-deliver paperround-upgrade \
	  digest-render-firefox release docs examples digest-render-templates \
	  errors llm-score-faults endings digest-render-formats \
	  arxiv-fetch-parse arxiv-fetch-html paper-filter-cites))
TESTS	?= $(LONGEST) $(UNITS) $(filter-out $(LONGEST),$(wildcard tests/*.t))
check: all $(UNITS) $(FAULTS) $(FUZZERS) $(BUILD)/scripts/terms
	BUILD='$(abspath $(BUILD))' SRCDIR='$(CURDIR)' \
	    PATH='$(abspath $(BUILD)):$(CURDIR)/scripts':"$$PATH" \
	    $(PROVE) $(PROVEFLAGS) $(TESTS)

# Half an hour for a year; the suite has 10.
N	?= 300
SEED	?= 1
check-days:
	DAYS=$(N) SEED=$(SEED) $(MAKE) check TESTS=tests/paperround-days.t \
	    PROVEFLAGS=-v

# The suite thins out a long row of calls that fail, and has fewer kinds.
check-faults:
	FAULT_ALL=1 $(MAKE) check PROVEFLAGS=-v TESTS='tests/fault.t \
	    tests/fault-server.t tests/fault-paperround.t tests/state.t \
	    tests/paperround-helper.t'

# The suite has one of them; here each has an awk.
SHELLS	= dash/mawk bash/gawk mksh/original-awk yash/mawk busybox/busybox
check-shells:
	@. ./scripts/packages.sh; for p in $$SHELL_PACKAGES; do \
	    command -v "$$p" >/dev/null || { \
		echo "check-shells: please install $$SHELL_PACKAGES" >&2; exit 2; }; done
	POSIX_RUNS='$(SHELLS)' $(MAKE) check TESTS=tests/posix.t PROVEFLAGS=-v

SAN	= -fsanitize=address,undefined -fno-sanitize-recover=undefined \
	  -fno-omit-frame-pointer
check-asan:
	$(MAKE) check BUILD='$(BUILD).asan' HARDEN= HARDEN_LD= \
	    CFLAGS='-O1 -g $(SAN)' SANITIZED=1

# The same shell tests with every tool under valgrind; slow.
VALGRIND ?= valgrind -q --error-exitcode=99
VALGRIND_TESTS ?= $(filter-out tests/build.t tests/fault.t tests/fuzz.t,$(wildcard tests/*.t))
check-valgrind: all $(UNITS) $(FAULTS) $(FUZZERS) $(BUILD)/scripts/terms
	@mkdir -p '$(BUILD).valgrind/scripts'
	@cp '$(BUILD)/scripts/terms' '$(BUILD).valgrind/scripts'
	@for t in $(PROGRAMS); do \
	    printf '#!/bin/sh\nTOOL_TMPDIR=$${TMPDIR-/tmp} TMPDIR=/tmp LD_PRELOAD=%s exec $(VALGRIND) %s "$$@"\n' \
		'$(abspath $(BUILD))/tests/fault/valgrind.so' \
		'$(abspath $(BUILD))'/$$t >'$(BUILD).valgrind'/$$t; \
	    chmod +x '$(BUILD).valgrind'/$$t; done
	BUILD='$(abspath $(BUILD)).valgrind' SRCDIR='$(CURDIR)' VALGRIND=1 \
	    $(PROVE) $(PROVEFLAGS) $(VALGRIND_TESTS)

# The README's two commands on a bare Debian, or the tools of another
# architecture and the tests that show what they write.
check-in:
	scripts/check-in '$(or $(SUITE),$(if $(ARCH),bookworm))' $(if $(ARCH),scripts/check-arch '$(ARCH)')

check-deb:
	scripts/check-deb '$(SUITE)'

# The two tools that ask no server, as files that need no library of the system.
# Debian has no libcjson.a, libjq.a and libonig.a: they are made of its sources.
# Those that ask servers are left as they are: libcurl.a would want Kerberos and
# LDAP, which Debian has as shared libraries only, and a TLS library and names
# that are looked up are what a system's updates are for.
STATIC_TOOLS = paper-filter digest-render
STATIC_LIBS ?= $(abspath $(BUILD)).static-libs
STATIC_BUILD = $(abspath $(BUILD)).static
static:
	scripts/static-libs '$(STATIC_LIBS)'
	$(MAKE) BUILD='$(STATIC_BUILD)' HARDEN_LD='-static-pie -Wl,-z,relro,-z,now' \
	    CPPFLAGS='-DLINK_LIBRARIES $(CPPFLAGS)' \
	    LDFLAGS='-L$(STATIC_LIBS) $(LDFLAGS)' LDLIBS='-ljq -lonig -lpthread -lm $(LDLIBS)' \
	    $(STATIC_TOOLS:%='$(STATIC_BUILD)/%')
	cd '$(STATIC_BUILD)' && strip $(STATIC_TOOLS) && wc -c $(STATIC_TOOLS)

# What the tests reach.  Fails for lines that they do not, unless
# tests/coverage/reasons says why.  The tests left out want what this build
# does not do: to be like the ordinary one, and to confine the tools for real.
COVERAGE_TESTS ?= $(filter-out %/confine,$(UNITS:$(BUILD)/%=$(BUILD).coverage/%)) \
	  $(filter-out tests/build.t tests/confine.t tests/musl.t,$(wildcard tests/*.t))
COUNTS	= $(BUILD).coverage/tests/coverage/counts.o
COVERED	= BUILD='$(BUILD).coverage' HARDEN= HARDEN_LD= CFLAGS='-Og -g --coverage'
coverage:
	@command -v gcovr >/dev/null || { . ./scripts/packages.sh; \
	    echo "coverage: please install $$COVERAGE_PACKAGES" >&2; exit 2; }
	@mkdir -p '$(BUILD).coverage' && find '$(BUILD).coverage' -name '*.gcda' -delete
	$(MAKE) $(COUNTS) $(COVERED)
	$(MAKE) check $(COVERED) TESTS='$(COVERAGE_TESTS)' \
	    LDFLAGS='-Wl,--wrap=raise,--wrap=_exit,--wrap=syscall,--wrap=execl,--wrap=execvp $(COUNTS)'
	gcovr -r . --object-directory '$(BUILD).coverage' -f lib/ -f tools/ \
	    --json '$(BUILD).coverage/counts.json'
	tests/coverage/compare '$(BUILD).coverage/counts.json' tests/coverage/reasons

bench: all
	BUILD='$(abspath $(BUILD))' PATH='$(abspath $(BUILD)):$(CURDIR)/scripts':"$$PATH" \
	    scripts/bench/run

shots: all
	BUILD='$(abspath $(BUILD))' scripts/shots '$(BUILD)/shots'

DOCS	?= $(BUILD)/docs
docs: all
	PATH='$(abspath $(BUILD))':"$$PATH" scripts/make-docs '$(DOCS)'

# C sources that clang-format and cppcheck look at; scripts for shellcheck.
C_SOURCES = $(shell find lib tools tests scripts -name '*.[ch]')
SH_SOURCES = $(shell grep -lE '^\#! ?/bin/(ba)?sh' $$(git ls-files 2>/dev/null) 2>/dev/null) $(wildcard share/sh/*.sh scripts/*.sh scripts/bench/*.sh)
format:
	@$(CLANG_FORMAT) -i $(C_SOURCES)
# Each version of clang-format lays out a little differently.
LAYOUT_VERSION = 14
layout:
	@if $(CLANG_FORMAT) --version 2>/dev/null | grep -q 'version $(LAYOUT_VERSION)\.'; \
	then \
	    echo clang-format; $(CLANG_FORMAT) --dry-run -Werror $(C_SOURCES); \
	else echo 'layout: not checked, for want of clang-format $(LAYOUT_VERSION)'; fi
lint: layout
	cppcheck --quiet --std=c11 --error-exitcode=1 --inline-suppr \
	    --enable=warning,performance,portability -Ilib $(PROGRAMS:%=-Itools/%) \
	    --suppress=missingInclude --suppress=missingIncludeSystem \
	    --suppress=varFuncNullUB --library=scripts/cppcheck.cfg \
	    -D_POSIX_C_SOURCE=200809L -DDATADIR='""' \
	    -DPAPERROUND_VERSION='""' lib/common tools
	$(if $(SH_SOURCES),shellcheck $(SH_SOURCES))
	$(if $(wildcard man/*.[157]),mandoc -Tlint -W warning man/*.[157])

# What clang-tidy and the analyzer think; minutes, so not part of lint.
CLANG_TIDY ?= clang-tidy
tidy:
	$(CLANG_TIDY) --quiet $(filter %.c,$(filter lib/% tools/%,$(C_SOURCES))) -- -std=c11 \
	    $(ALL_CPPFLAGS) $(PROGRAMS:%=-iquote tools/%)

# Completions are made from the programs' own option tables.
COMPLETED = $(TOOLS:%=$(BUILD)/%) scripts/paperround
define completion
$(BUILD)/completions/$(1)/$(notdir $(2)): $(2) scripts/completions/generate \
    lib/common/record/arxiv_category.c share/models.tsv
	@mkdir -p $$(@D)
	scripts/completions/generate $(1) $(2) >$$@.part && mv $$@.part $$@
completions: $(BUILD)/completions/$(1)/$(notdir $(2))
endef
$(foreach s,bash zsh fish,$(foreach t,$(COMPLETED),$(eval $(call completion,$(s),$(t)))))

MAN	= $(wildcard man/*.[157])
TIMERS	= $(wildcard share/systemd/*)
install: all completions
	install -d '$(DESTDIR)$(BINDIR)' '$(DESTDIR)$(LIBEXECDIR)' \
	    '$(DESTDIR)$(DATADIR)'
	install -m 0755 $(BUILD)/$(HELPER) '$(DESTDIR)$(LIBEXECDIR)'
	install -m 0755 $(TOOLS:%=$(BUILD)/%) $(wildcard scripts/paperround) scripts/llm-batch \
	    '$(DESTDIR)$(BINDIR)'
	for m in $(MAN); do \
	    d='$(DESTDIR)$(MANDIR)'/man$${m##*.}; \
	    install -d "$$d" && install -m 0644 "$$m" "$$d" || exit 1; done
	cp -R $(filter-out share/systemd,$(wildcard share/*)) '$(DESTDIR)$(DATADIR)'
	install -d '$(DESTDIR)$(DATADIR)/contrib' '$(DESTDIR)$(BASHCOMPDIR)' \
	    '$(DESTDIR)$(ZSHCOMPDIR)' '$(DESTDIR)$(FISHCOMPDIR)' \
	    '$(DESTDIR)$(SYSTEMDUSERDIR)'
	install -m 0644 $(TIMERS) '$(DESTDIR)$(SYSTEMDUSERDIR)'
	install -m 0755 $(filter-out %.mk,$(wildcard scripts/contrib/*)) \
	    '$(DESTDIR)$(DATADIR)/contrib'
	install -m 0644 $(wildcard scripts/contrib/*.mk) '$(DESTDIR)$(DATADIR)/contrib'
	for t in $(notdir $(COMPLETED)); do \
	    install -m 0644 $(BUILD)/completions/bash/$$t \
		'$(DESTDIR)$(BASHCOMPDIR)' && \
	    install -m 0644 $(BUILD)/completions/zsh/$$t \
		'$(DESTDIR)$(ZSHCOMPDIR)'/_$$t && \
	    install -m 0644 $(BUILD)/completions/fish/$$t \
		'$(DESTDIR)$(FISHCOMPDIR)'/$$t.fish || exit 1; done

uninstall:
	rm -f $(TOOLS:%='$(DESTDIR)$(BINDIR)/%') '$(DESTDIR)$(BINDIR)/paperround' \
	    '$(DESTDIR)$(BINDIR)/llm-batch'
	for m in $(notdir $(MAN)); do \
	    rm -f '$(DESTDIR)$(MANDIR)'/man$${m##*.}/"$$m"; done
	for t in $(notdir $(COMPLETED)); do \
	    rm -f '$(DESTDIR)$(BASHCOMPDIR)'/$$t \
		'$(DESTDIR)$(ZSHCOMPDIR)'/_$$t \
		'$(DESTDIR)$(FISHCOMPDIR)'/$$t.fish; done
	rm -f $(TIMERS:share/systemd/%='$(DESTDIR)$(SYSTEMDUSERDIR)/%')
	rm -rf '$(DESTDIR)$(DATADIR)' '$(DESTDIR)$(LIBEXECDIR)'

dist:
	OUT='$(BUILD)' scripts/release tarball

# Hours: all that is looked at before a release, and what is released.
release:
	OUT='$(BUILD)/release' scripts/release

clean:
	rm -rf $(BUILD) $(BUILD).asan $(BUILD).fuzz $(BUILD).valgrind $(BUILD).coverage \
	    $(BUILD).static $(BUILD).static-libs

.PHONY: all static fuzz fuzzers check check-days check-faults check-shells check-asan check-valgrind check-in check-deb coverage bench docs shots completions format layout lint tidy install uninstall dist release clean
-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
