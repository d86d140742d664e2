# One fetch, and a digest for each reader of a lab, in one site:
#
#	make -f lab.mk DAY=2025-10-17
#
# Each reader has a folder, with one of the first two files at least:
#
#	readers/ada/topics.md		what she wants to read
#	readers/ada/refs.bib		what she knows: papers say what they cite
#					of it and what they are near to; without
#					topics.md it makes these, too
#	readers/ada/filter		-c cs.CV -x survey
#
# make runs what changed and nothing else, and with -j readers side by side; a
# stage that fails leaves its target as it was, since every tool writes -o FILE
# only when it has all.  "library" is the script beside this file.

DAY	?= $(shell TZ=EST5EDT,M3.2.0,M11.1.0 date +%Y-%m-%d)
FETCH	?= arxiv-fetch --date $(DAY) cs.LG cs.AI cs.CV cs.CL
LIBRARY	?= library
SCORE	?= llm-score
ENRICH	?= arxiv-fetch --enrich html --min-relevance 8
RENDER	?= digest-render -f html
READERS	 = $(sort $(patsubst readers/%/,%,$(dir $(wildcard \
	   readers/*/topics.md readers/*/refs.bib))))

all: site/index.html

work/$(DAY)/papers.jsonl:
	mkdir -p $(@D)
	$(FETCH) -o $@

# What cannot be read of a library is told, and the rest is used.
work/%.library: readers/%/refs.bib
	mkdir -p $(@D)
	$(LIBRARY) $< >$@ || test -s $@

# $(call reader,NAME,TOPICS,LIBRARY)
define reader
work/$(1).topics:
	llm-score --draft-topics -o $$@ work/$(1).library
$(if $(3),work/$(1).topics: $(3))

work/$(DAY)/$(1).kept: work/$(DAY)/papers.jsonl $(wildcard readers/$(1)/filter)
	paper-filter $$$$(cat readers/$(1)/filter 2>/dev/null) -o $$@ $$<

work/$(DAY)/$(1).scored: work/$(DAY)/$(1).kept $(2)
	$$(SCORE) -T $(2) -o $$@ $$<

# A page of arXiv's that is not there yet is no failure of the day.
work/$(DAY)/$(1).known: work/$(DAY)/$(1).scored $(3)
	$(if $(3),$$(ENRICH) -o $$@.part $$< || test $$$$? = 1
	paper-filter --cites $(3) --near $(3) -o $$@ $$@.part,cp $$< $$@)

site/$(1)/$(DAY).html: work/$(DAY)/$(1).known
	mkdir -p $$(@D)
	$$(RENDER) --title '$(1): papers of $(DAY)' --date $(DAY) \
	    --up 'All readers=../index.html' -o $$@ $$<
endef
library	= $(patsubst readers/%/refs.bib,work/%.library,$(wildcard \
	  readers/$(1)/refs.bib))
$(foreach r,$(READERS),$(eval $(call reader,$(r),$(or $(wildcard \
    readers/$(r)/topics.md),work/$(r).topics),$(call library,$(r)))))

# The days of each reader, the last one first.
site/index.html: $(READERS:%=site/%/$(DAY).html)
	{ echo '<!DOCTYPE html><html lang="en"><meta charset="utf-8">'; \
	echo '<meta name="viewport" content="width=device-width">'; \
	echo '<title>Papers</title><h1>Papers</h1>'; \
	for r in $(READERS); do \
		echo "<h2>$$r</h2><ul>"; \
		ls -r site/$$r | sed "s,\(.*\)[.]html,<li><a href=\"$$r/&\">\1</a>,"; \
		echo '</ul>'; \
	done; echo '</html>'; } >$@

.PHONY: all
.SECONDARY:
.DELETE_ON_ERROR:
