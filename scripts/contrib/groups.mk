# A digest for each of several reading groups, from one fetch:
#
#	make -f groups.mk DAY=2025-10-17
#
# Each group has a folder with topics.md and, if it wants to see other
# categories than all, a file "filter" with options for paper-filter:
#
#	groups/vision/topics.md
#	groups/vision/filter		-c cs.CV -x survey
#
# make runs what changed and nothing else; a stage that fails leaves its
# target as it was, since every tool writes -o FILE only when it has all.

DAY	?= $(shell TZ=EST5EDT,M3.2.0,M11.1.0 date +%F)
FETCH	?= arxiv-fetch --date $(DAY) cs.LG cs.AI cs.CV cs.CL
SCORE	?= llm-score
RENDER	?= digest-render -f html
GROUPS	 = $(patsubst groups/%/topics.md,%,$(wildcard groups/*/topics.md))

all: $(GROUPS:%=out/$(DAY)/%.html)

out/$(DAY)/papers.jsonl:
	mkdir -p $(@D)
	$(FETCH) -o $@

out/$(DAY)/%.kept: out/$(DAY)/papers.jsonl $(wildcard groups/*/filter)
	paper-filter $$(cat groups/$*/filter 2>/dev/null) -o $@ $<

out/$(DAY)/%.scored: out/$(DAY)/%.kept groups/%/topics.md
	$(SCORE) -T groups/$*/topics.md -o $@ $<

out/$(DAY)/%.html: out/$(DAY)/%.scored
	$(RENDER) --title '$*: papers of $(DAY)' --date $(DAY) -o $@ $<

.PHONY: all
.SECONDARY:
.DELETE_ON_ERROR:
