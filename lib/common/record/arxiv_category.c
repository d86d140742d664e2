/* SPDX-License-Identifier: ISC */
#include "common/record/arxiv_category.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "common/base/guess.h"

static const char *const twins[][2] = {
    {"cs.IT", "math.IT"},
    {"cs.NA", "math.NA"},
    {"cs.SY", "eess.SY"},
    {"math-ph", "math.MP"},
    {"math.ST", "stat.TH"},
    {"econ.GN", "q-fin.EC"},
};

/* Those of former times too, which old papers are in. */
static const char *const known[] = {"acc-phys", "adap-org", "alg-geom",
    "ao-sci", "astro-ph", "astro-ph.CO", "astro-ph.EP", "astro-ph.GA",
    "astro-ph.HE", "astro-ph.IM", "astro-ph.SR", "atom-ph", "bayes-an",
    "chao-dyn", "chem-ph", "cmp-lg", "comp-gas", "cond-mat", "cond-mat.dis-nn",
    "cond-mat.mes-hall", "cond-mat.mtrl-sci", "cond-mat.other",
    "cond-mat.quant-gas", "cond-mat.soft", "cond-mat.stat-mech",
    "cond-mat.str-el", "cond-mat.supr-con", "cs", "cs.AI", "cs.AR", "cs.CC",
    "cs.CE", "cs.CG", "cs.CL", "cs.CR", "cs.CV", "cs.CY", "cs.DB", "cs.DC",
    "cs.DL", "cs.DM", "cs.DS", "cs.ET", "cs.FL", "cs.GL", "cs.GR", "cs.GT",
    "cs.HC", "cs.IR", "cs.IT", "cs.LG", "cs.LO", "cs.MA", "cs.MM", "cs.MS",
    "cs.NA", "cs.NE", "cs.NI", "cs.OH", "cs.OS", "cs.PF", "cs.PL", "cs.RO",
    "cs.SC", "cs.SD", "cs.SE", "cs.SI", "cs.SY", "dg-ga", "econ", "econ.EM",
    "econ.GN", "econ.TH", "eess", "eess.AS", "eess.IV", "eess.SP", "eess.SY",
    "funct-an", "gr-qc", "hep-ex", "hep-lat", "hep-ph", "hep-th", "math",
    "math-ph", "math.AC", "math.AG", "math.AP", "math.AT", "math.CA", "math.CO",
    "math.CT", "math.CV", "math.DG", "math.DS", "math.FA", "math.GM", "math.GN",
    "math.GR", "math.GT", "math.HO", "math.IT", "math.KT", "math.LO", "math.MG",
    "math.MP", "math.NA", "math.NT", "math.OA", "math.OC", "math.PR", "math.QA",
    "math.RA", "math.RT", "math.SG", "math.SP", "math.ST", "mtrl-th", "nlin",
    "nlin.AO", "nlin.CD", "nlin.CG", "nlin.PS", "nlin.SI", "nucl-ex", "nucl-th",
    "patt-sol", "physics", "physics.acc-ph", "physics.ao-ph", "physics.app-ph",
    "physics.atm-clus", "physics.atom-ph", "physics.bio-ph", "physics.chem-ph",
    "physics.class-ph", "physics.comp-ph", "physics.data-an", "physics.ed-ph",
    "physics.flu-dyn", "physics.gen-ph", "physics.geo-ph", "physics.hist-ph",
    "physics.ins-det", "physics.med-ph", "physics.optics", "physics.plasm-ph",
    "physics.pop-ph", "physics.soc-ph", "physics.space-ph", "plasm-ph", "q-alg",
    "q-bio", "q-bio.BM", "q-bio.CB", "q-bio.GN", "q-bio.MN", "q-bio.NC",
    "q-bio.OT", "q-bio.PE", "q-bio.QM", "q-bio.SC", "q-bio.TO", "q-fin",
    "q-fin.CP", "q-fin.EC", "q-fin.GN", "q-fin.MF", "q-fin.PM", "q-fin.PR",
    "q-fin.RM", "q-fin.ST", "q-fin.TR", "quant-ph", "solv-int", "stat",
    "stat.AP", "stat.CO", "stat.ME", "stat.ML", "stat.OT", "stat.TH",
    "supr-con"};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static bool
is(struct slice name, const char *category)
{
	return strncasecmp(name.p, category, name.n) == 0 &&
	    category[name.n] == '\0';
}

const char *
category_twin(struct slice name)
{
	for (size_t i = 0; i < COUNT(twins); i++)
		for (int j = 0; j < 2; j++)
			if (is(name, twins[i][j]))
				return twins[i][1 - j];
	return NULL;
}

static bool
is_known(struct slice name)
{
	for (size_t i = 0; i < COUNT(known); i++)
		if (is(name, known[i]))
			return true;
	return false;
}

/* As any class but those of physics, which are words. */
static bool
may_be_new(const char *name)
{
	struct slice archive = {name, strcspn(name, ".")};

	return strlen(name) == archive.n + 3 && is_known(archive);
}

const char *
category_guess(const char *name)
{
	struct guess g = GUESS_INIT(name);

	if (may_be_new(name) || is_known(slice_of(name)))
		return NULL;
	for (size_t i = 0; i < COUNT(known); i++)
		guess_consider(&g, slice_of(known[i]));
	return g.word.n > 0 ? g.word.p : NULL;
}
