# The web site of an archive; "paperround site" runs this.  It serves as well
# as an example for a Makefile of your own:
#
#	make -f site.mk ARCHIVE=archive SITE=site
#
# One more day builds its own page, the page before it (which gets a link to
# the next), its month, the index and the feeds, and nothing else.

ARCHIVE	?= archive
SITE	?= site
RENDER	?= digest-render
export RENDER
FEED_DAYS ?= 14
# Sets the formulas that Unicode has not (Debian's libjs-katex); where it is
# not installed they stay as they were typed.
KATEX	?= /usr/share/javascript/katex
SHARE	:= $(dir $(lastword $(MAKEFILE_LIST)))

# 2025/10/2025-10-17 for each day that has papers, and 2025/10 for its month.
papers	:= $(sort $(wildcard $(ARCHIVE)/*/*/????-??-??.jsonl))
days	:= $(papers:$(ARCHIVE)/%.jsonl=%)
months	:= $(patsubst %/,%,$(sort $(dir $(days))))
best	 = $(1:%=$(SITE)/.best/%.jsonl)
# Days without papers have a report only, which overviews tell of.
reports	:= $(sort $(wildcard $(ARCHIVE)/*/*/????-??-??.report))
reported := $(reports:$(ARCHIVE)/%.report=%)
quiet	:= $(filter-out $(days:%=$(ARCHIVE)/%.report),$(reports))

all: $(days:%=$(SITE)/%.html) $(months:%=$(SITE)/%/index.html) \
    $(SITE)/index.html $(SITE)/atom.xml $(SITE)/feed.json

# A page asks for nothing but what is beside it: one copy of KaTeX, and a link
# to it in each folder.
ifneq ($(wildcard $(KATEX)/katex.min.js),)
tex	:= --tex katex
katex	:= $(SITE)/katex/katex.min.js
all: $(katex) $(months:%=$(SITE)/%/katex)
$(katex):
	mkdir -p $(@D)/fonts
	cp -L $(KATEX)/katex.min.css $(@D)
	cp -L $(KATEX)/fonts/*.woff2 $(@D)/fonts
	cp -L $(KATEX)/katex.min.js $@
$(months:%=$(SITE)/%/katex): | $(katex)
	ln -s ../../katex $@
endif

# Each page's links, in a file that only changes if they do.
links	:= $(SITE)/.links
folders	:= $(links) $(months:%=$(SITE)/%) $(months:%=$(SITE)/.best/%)
$(shell mkdir -p $(folders); rm -f $(links)/flawed)
# What paperround makes of RENDER.  A page that was made of what could be read
# (status 1) stays, and is named.
render	:= . $(SHARE)sh/render.sh && render
flawed	 = { [ $$? = 1 ] && echo $@ >>$(links)/flawed; }

# several NAME,PAPERS,DAYS: the beginning of a recipe that renders so many.
# Their names go by files, since a command line has no room for years of them.
several	 = $(file >$(links)/$1.papers,$2)$(file \
    >$(links)/$1.reports,$(3:%=--report $(ARCHIVE)/%.report))xargs awk 1 \
    <$(links)/$1.papers >$(links)/$1.jsonl && \
    eval "set -- $$(cat $(links)/$1.reports)"
$(file >$(links)/days,$(days))
$(shell tr ' ' '\n' <$(links)/days | awk -v dir=$(links) -f $(SHARE)site-links.awk)

$(days:%=$(SITE)/%.html): $(SITE)/%.html: $(ARCHIVE)/%.jsonl \
    $(ARCHIVE)/%.report
	eval "set -- $$(cat $(links)/$(*F))" && \
	    $(render) html $@ $(ARCHIVE)/$*.report $< $(*F) $(tex) "$$@" || \
	    $(flawed)
$(foreach d,$(days),$(eval $(SITE)/$d.html: $(links)/$(notdir $d)))

# What a day shows: months, index and feeds are made of that.
$(call best,$(days)): $(SITE)/.best/%.jsonl: $(ARCHIVE)/%.jsonl \
    $(ARCHIVE)/%.report
	$(render)_best $@ $(ARCHIVE)/$*.report $< $(*F) || $(flawed)

# A month follows its days and the names of its neighbours.
define month
$(SITE)/$1/index.html: $(links)/$(subst /,-,$1) \
    $(call best,$(filter $1/%,$(days))) $(filter $(ARCHIVE)/$1/%,$(quiet))
	$$(call several,$(subst /,-,$1).all,$(call best,$(filter $1/%,$(days))),$(filter $1/%,$(reported))) && \
	    eval "set -- $$$$(cat $$<) \"\$$$$@\"" && \
	    $$(render) html $$@ "" $(links)/$(subst /,-,$1).all.jsonl \
		$(subst /,-,$1) $$(tex) --view month "$$$$@" || $$(flawed)
endef
$(foreach m,$(months),$(eval $(call month,$m)))

$(SITE)/index.html: $(call best,$(days)) $(quiet)
	$(call several,index,$(call best,$(days)),$(reported)) && \
	    $(render) html $@ "" $(links)/index.jsonl "" $(tex) \
		--view index "$$@" || $(flawed)

last	:= $(shell tr ' ' '\n' <$(links)/days | tail -n $(FEED_DAYS))
$(SITE)/atom.xml $(SITE)/feed.json: $(call best,$(last))
	$(call several,$(@F),$(last:%=$(ARCHIVE)/%.jsonl),$(last)) && \
	    $(render) $(if $(filter %.xml,$@),atom,jsonfeed) $@ "" \
		$(links)/$(@F).jsonl "" "$$@" || $(flawed)

.DELETE_ON_ERROR:
