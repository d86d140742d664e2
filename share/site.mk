# The web site of an archive; "paperround site" runs this.  It serves as well
# as an example for a Makefile of your own:
#
#	make -f site.mk ARCHIVE=archive SITE=site
#
# SITE_URL in the environment is where the site will be read: feeds say so.
#
# One more day builds its own page, the page before it (which gets a link to
# the next), its month, the index and the feeds, and nothing else.

# Thousands of files, of which none is made by a rule that make brings along.
MAKEFLAGS += --no-builtin-rules
ARCHIVE	?= archive
SITE	?= site
RENDER	?= digest-render
# A feed has the last papers, of as many days at most.
FEED_PAPERS ?= 50
FEED_DAYS ?= 14
# Sets the formulas that Unicode has not (Debian's libjs-katex); where it is
# not installed they stay as they were typed.
KATEX	?= /usr/share/javascript/katex
# For the shell.  make parts names at blanks, so paperround says it.
share	:= $(if $(value PAPERROUND_DATADIR),$$PAPERROUND_DATADIR,$(patsubst \
    %/,%,$(dir $(lastword $(MAKEFILE_LIST)))))
export ARCHIVE SITE RENDER FORMULAS FEED_PAPERS

# 2025/10/2025-10-17 for each day that has papers, and 2025/10 for its month.
# Other names are none of ours, and their characters might mean something here.
date	:= [0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]
day	:= [0-9][0-9][0-9][0-9]/[01][0-9]/$(date)
days	:= $(patsubst $(ARCHIVE)/%.jsonl,%,$(sort \
    $(wildcard $(ARCHIVE)/$(day).jsonl)))
months	:= $(patsubst %/,%,$(sort $(dir $(days))))
# Days without papers have a report only, which overviews tell of.
reports	:= $(wildcard $(ARCHIVE)/$(day).report)

all: $(months:%=$(SITE)/%/index.html) $(SITE)/index.html $(SITE)/atom.xml \
    $(SITE)/feed.json

# A page asks for nothing but what is beside it: one copy of KaTeX, and a link
# to it in each folder.
ifneq ($(wildcard $(KATEX)/katex.min.js),)
FORMULAS	:= --tex katex
katex	:= $(SITE)/katex/katex.min.js
all: $(katex) $(months:%=$(SITE)/%/katex)
$(katex):
	mkdir -p $(@D)/fonts
	cp $(KATEX)/katex.min.css $(@D)
	cp $(KATEX)/fonts/*.woff2 $(@D)/fonts
	cp $(KATEX)/katex.min.js $@
$(months:%=$(SITE)/%/katex): | $(katex)
	ln -s ../../katex $@
endif

# Each page's links, in a file that only changes if they do.
links	:= $(SITE)/.links
folders	:= $(links) $(months:%=$(SITE)/%) $(months:%=$(SITE)/.best/%)
$(shell mkdir -p $(folders); rm -f $(links)/flawed)
$(file >$(links)/days,$(days))
$(shell tr ' ' '\n' <$(links)/days | awk -v dir=$(links) -f "$(share)/site-links.awk")

# What paperround makes of RENDER.
site	:= . "$(share)/sh/render.sh" && . "$(share)/sh/site.sh"
# What was removed is made again.
made	:= $(days:%=$(SITE)/%.html) $(days:%=$(SITE)/.best/%.jsonl)
lost	:= $(filter-out $(wildcard $(SITE)/$(day).html \
    $(SITE)/.best/$(day).jsonl),$(made))
$(lost): ;

# month 2025/10,2025-10,DAYS,REPORTS: the pages of its days; what they show, in
# a file that only changes if that does; its overview.
define month
$(links)/$2.made: $(3:%=$(ARCHIVE)/%.jsonl) \
    $(filter $(3:%=$(ARCHIVE)/%.report),$4) $(addprefix $(links)/,$(notdir $3)) \
    $(filter $(SITE)/$1/% $(SITE)/.best/$1/%,$(lost))
	$$(site) && site_days $1 $$? && touch $$@
$(SITE)/.best/$1.jsonl: $(links)/$2.made ;
$(SITE)/$1/index.html: $(SITE)/.best/$1.jsonl $(links)/$2 $4
	$$(site) && set -- $(FORMULAS) --view month && . $(links)/$2 && \
	    site_overview $$@ html $$< $2 '$(ARCHIVE)/$1/$(date).report' "$$$$@"
endef
$(foreach m,$(months),$(eval $(call month,$m,$(subst /,-,$m),$(filter \
    $m/%,$(days)),$(filter $(ARCHIVE)/$m/%,$(reports)))))

$(SITE)/index.html: $(months:%=$(SITE)/.best/%.jsonl) $(reports) \
    $(links)/topics
	cat $(filter %.jsonl,$^) >$(links)/index.jsonl
	$(site) && site_index $@ $(links)/index.jsonl \
	    '$(ARCHIVE)/$(day).report' $(FORMULAS) --view index

# Feeds: of everything, and of each topic that $(links)/topics names.
last	:= $(shell tr ' ' '\n' <$(links)/days | tail -n $(FEED_DAYS))
$(shell printf '%s\n' "$$SITE_URL" | cmp -s - $(links)/url || \
    printf '%s\n' "$$SITE_URL" >$(links)/url)
$(SITE)/atom.xml: feed := atom
$(SITE)/feed.json: feed := jsonfeed
$(SITE)/atom.xml $(SITE)/feed.json $(links)/topics: $(links)/url \
    $(patsubst %/,$(SITE)/.best/%.jsonl,$(sort $(dir $(last))))
$(SITE)/atom.xml $(SITE)/feed.json:
	awk 1 $(last:%=$(ARCHIVE)/%.jsonl) >$(links)/$(@F).jsonl
	$(site) && site_feed $(@F) $(@F) $(feed) $(links)/$(@F).jsonl \
	    '$(filter $(last:%=$(ARCHIVE)/%.report),$(reports))'
$(links)/topics:
	$(site) && site_topics $@ $(last:%=$(SITE)/.best/%.jsonl)

.DELETE_ON_ERROR:
