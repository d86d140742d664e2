/* SPDX-License-Identifier: ISC */
#include "common/record/arxiv_category.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "common/base/compat.h"
#include "common/base/guess.h"

static const char *const twins[][2] = {
    {"cs.IT", "math.IT"},
    {"cs.NA", "math.NA"},
    {"cs.SY", "eess.SY"},
    {"math-ph", "math.MP"},
    {"math.ST", "stat.TH"},
    {"econ.GN", "q-fin.EC"},
};

/* A second row of one is a former name of it.  Archives of former times, which
 * old papers are in, are last. */
static const struct {
	const char *id, *name;
} known[] = {
    {"astro-ph", "Astrophysics"},
    {"astro-ph.CO", "Cosmology and Nongalactic Astrophysics"},
    {"astro-ph.CO", "Cosmology and Extragalactic Astrophysics"},
    {"astro-ph.EP", "Earth and Planetary Astrophysics"},
    {"astro-ph.GA", "Astrophysics of Galaxies"},
    {"astro-ph.GA", "Galaxy Astrophysics"},
    {"astro-ph.HE", "High Energy Astrophysical Phenomena"},
    {"astro-ph.IM", "Instrumentation and Methods for Astrophysics"},
    {"astro-ph.SR", "Solar and Stellar Astrophysics"},
    {"cond-mat", "Condensed Matter"},
    {"cond-mat.dis-nn", "Disordered Systems and Neural Networks"},
    {"cond-mat.mes-hall", "Mesoscale and Nanoscale Physics"},
    {"cond-mat.mes-hall", "Mesoscopic Systems and Quantum Hall Effect"},
    {"cond-mat.mtrl-sci", "Materials Science"},
    {"cond-mat.other", "Other Condensed Matter"},
    {"cond-mat.quant-gas", "Quantum Gases"},
    {"cond-mat.soft", "Soft Condensed Matter"},
    {"cond-mat.stat-mech", "Statistical Mechanics"},
    {"cond-mat.str-el", "Strongly Correlated Electrons"},
    {"cond-mat.supr-con", "Superconductivity"},
    {"cs", "Computer Science"},
    {"cs.AI", "Artificial Intelligence"},
    {"cs.AR", "Hardware Architecture"},
    {"cs.CC", "Computational Complexity"},
    {"cs.CE", "Computational Engineering, Finance, and Science"},
    {"cs.CG", "Computational Geometry"},
    {"cs.CL", "Computation and Language"},
    {"cs.CR", "Cryptography and Security"},
    {"cs.CV", "Computer Vision and Pattern Recognition"},
    {"cs.CY", "Computers and Society"},
    {"cs.DB", "Databases"},
    {"cs.DC", "Distributed, Parallel, and Cluster Computing"},
    {"cs.DL", "Digital Libraries"},
    {"cs.DM", "Discrete Mathematics"},
    {"cs.DS", "Data Structures and Algorithms"},
    {"cs.ET", "Emerging Technologies"},
    {"cs.FL", "Formal Languages and Automata Theory"},
    {"cs.GL", "General Literature"},
    {"cs.GR", "Graphics"},
    {"cs.GT", "Computer Science and Game Theory"},
    {"cs.HC", "Human-Computer Interaction"},
    {"cs.IR", "Information Retrieval"},
    {"cs.IT", "Information Theory"},
    {"cs.LG", "Machine Learning"},
    {"cs.LG", "Learning"},
    {"cs.LO", "Logic in Computer Science"},
    {"cs.MA", "Multiagent Systems"},
    {"cs.MM", "Multimedia"},
    {"cs.MS", "Mathematical Software"},
    {"cs.NA", "Numerical Analysis"},
    {"cs.NE", "Neural and Evolutionary Computing"},
    {"cs.NI", "Networking and Internet Architecture"},
    {"cs.OH", "Other Computer Science"},
    {"cs.OS", "Operating Systems"},
    {"cs.PF", "Performance"},
    {"cs.PL", "Programming Languages"},
    {"cs.RO", "Robotics"},
    {"cs.SC", "Symbolic Computation"},
    {"cs.SD", "Sound"},
    {"cs.SE", "Software Engineering"},
    {"cs.SI", "Social and Information Networks"},
    {"cs.SY", "Systems and Control"},
    {"econ", "Economics"},
    {"econ.EM", "Econometrics"},
    {"econ.GN", "General Economics"},
    {"econ.TH", "Theoretical Economics"},
    {"eess", "Electrical Engineering and Systems Science"},
    {"eess.AS", "Audio and Speech Processing"},
    {"eess.IV", "Image and Video Processing"},
    {"eess.SP", "Signal Processing"},
    {"eess.SY", "Systems and Control"},
    {"gr-qc", "General Relativity and Quantum Cosmology"},
    {"hep-ex", "High Energy Physics - Experiment"},
    {"hep-lat", "High Energy Physics - Lattice"},
    {"hep-ph", "High Energy Physics - Phenomenology"},
    {"hep-th", "High Energy Physics - Theory"},
    {"math", "Mathematics"},
    {"math-ph", "Mathematical Physics"},
    {"math.AC", "Commutative Algebra"},
    {"math.AG", "Algebraic Geometry"},
    {"math.AP", "Analysis of PDEs"},
    {"math.AT", "Algebraic Topology"},
    {"math.CA", "Classical Analysis and ODEs"},
    {"math.CO", "Combinatorics"},
    {"math.CT", "Category Theory"},
    {"math.CV", "Complex Variables"},
    {"math.DG", "Differential Geometry"},
    {"math.DS", "Dynamical Systems"},
    {"math.FA", "Functional Analysis"},
    {"math.GM", "General Mathematics"},
    {"math.GN", "General Topology"},
    {"math.GR", "Group Theory"},
    {"math.GT", "Geometric Topology"},
    {"math.HO", "History and Overview"},
    {"math.IT", "Information Theory"},
    {"math.KT", "K-Theory and Homology"},
    {"math.LO", "Logic"},
    {"math.MG", "Metric Geometry"},
    {"math.MP", "Mathematical Physics"},
    {"math.NA", "Numerical Analysis"},
    {"math.NT", "Number Theory"},
    {"math.OA", "Operator Algebras"},
    {"math.OC", "Optimization and Control"},
    {"math.PR", "Probability"},
    {"math.QA", "Quantum Algebra"},
    {"math.RA", "Rings and Algebras"},
    {"math.RT", "Representation Theory"},
    {"math.SG", "Symplectic Geometry"},
    {"math.SP", "Spectral Theory"},
    {"math.ST", "Statistics Theory"},
    {"nlin", "Nonlinear Sciences"},
    {"nlin.AO", "Adaptation and Self-Organizing Systems"},
    {"nlin.CD", "Chaotic Dynamics"},
    {"nlin.CG", "Cellular Automata and Lattice Gases"},
    {"nlin.PS", "Pattern Formation and Solitons"},
    {"nlin.SI", "Exactly Solvable and Integrable Systems"},
    {"nucl-ex", "Nuclear Experiment"},
    {"nucl-th", "Nuclear Theory"},
    {"physics", "Physics"},
    {"physics.acc-ph", "Accelerator Physics"},
    {"physics.ao-ph", "Atmospheric and Oceanic Physics"},
    {"physics.app-ph", "Applied Physics"},
    {"physics.atm-clus", "Atomic and Molecular Clusters"},
    {"physics.atom-ph", "Atomic Physics"},
    {"physics.bio-ph", "Biological Physics"},
    {"physics.chem-ph", "Chemical Physics"},
    {"physics.class-ph", "Classical Physics"},
    {"physics.comp-ph", "Computational Physics"},
    {"physics.data-an", "Data Analysis, Statistics and Probability"},
    {"physics.ed-ph", "Physics Education"},
    {"physics.flu-dyn", "Fluid Dynamics"},
    {"physics.gen-ph", "General Physics"},
    {"physics.geo-ph", "Geophysics"},
    {"physics.hist-ph", "History and Philosophy of Physics"},
    {"physics.ins-det", "Instrumentation and Detectors"},
    {"physics.med-ph", "Medical Physics"},
    {"physics.optics", "Optics"},
    {"physics.plasm-ph", "Plasma Physics"},
    {"physics.pop-ph", "Popular Physics"},
    {"physics.soc-ph", "Physics and Society"},
    {"physics.space-ph", "Space Physics"},
    {"q-bio", "Quantitative Biology"},
    {"q-bio.BM", "Biomolecules"},
    {"q-bio.CB", "Cell Behavior"},
    {"q-bio.GN", "Genomics"},
    {"q-bio.MN", "Molecular Networks"},
    {"q-bio.NC", "Neurons and Cognition"},
    {"q-bio.OT", "Other Quantitative Biology"},
    {"q-bio.PE", "Populations and Evolution"},
    {"q-bio.QM", "Quantitative Methods"},
    {"q-bio.SC", "Subcellular Processes"},
    {"q-bio.TO", "Tissues and Organs"},
    {"q-fin", "Quantitative Finance"},
    {"q-fin.CP", "Computational Finance"},
    {"q-fin.EC", "Economics"},
    {"q-fin.GN", "General Finance"},
    {"q-fin.MF", "Mathematical Finance"},
    {"q-fin.PM", "Portfolio Management"},
    {"q-fin.PR", "Pricing of Securities"},
    {"q-fin.RM", "Risk Management"},
    {"q-fin.ST", "Statistical Finance"},
    {"q-fin.TR", "Trading and Market Microstructure"},
    {"quant-ph", "Quantum Physics"},
    {"stat", "Statistics"},
    {"stat.AP", "Applications"},
    {"stat.CO", "Computation"},
    {"stat.ME", "Methodology"},
    {"stat.ML", "Machine Learning"},
    {"stat.OT", "Other Statistics"},
    {"stat.TH", "Statistics Theory"},
    {"acc-phys", "Accelerator Physics"},
    {"adap-org", "Adaptation, Noise, and Self-Organizing Systems"},
    {"alg-geom", "Algebraic Geometry"},
    {"ao-sci", "Atmospheric-Oceanic Sciences"},
    {"atom-ph", "Atomic, Molecular and Optical Physics"},
    {"bayes-an", "Bayesian Analysis"},
    {"chao-dyn", "Chaotic Dynamics"},
    {"chem-ph", "Chemical Physics"},
    {"cmp-lg", "Computation and Language"},
    {"comp-gas", "Cellular Automata and Lattice Gases"},
    {"dg-ga", "Differential Geometry"},
    {"funct-an", "Functional Analysis"},
    {"mtrl-th", "Materials Theory"},
    {"patt-sol", "Pattern Formation and Solitons"},
    {"plasm-ph", "Plasma Physics"},
    {"q-alg", "Quantum Algebra and Topology"},
    {"solv-int", "Exactly Solvable and Integrable Systems"},
    {"supr-con", "Superconductivity"},
};

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

bool
category_is_known(struct slice name)
{
	for (size_t i = 0; i < COUNT(known); i++)
		if (is(name, known[i].id))
			return true;
	return false;
}

/* Semicolons may stand for the commas of a name. */
static bool
same_name(struct slice a, const char *b)
{
	size_t i;

	for (i = 0; i < a.n; i++)
		if (b[i] == '\0' ||
		    (a.p[i] != b[i] && !(a.p[i] == ';' && b[i] == ',')))
			return false;
	return b[i] == '\0';
}

/* "Mathematics" of math.NT. */
static bool
is_archive_of(struct slice name, const char *category)
{
	size_t n = strcspn(category, ".");

	for (size_t i = 0; i < COUNT(known); i++)
		if (strlen(known[i].id) == n &&
		    memcmp(known[i].id, category, n) == 0 &&
		    same_name(name, known[i].name))
			return true;
	return false;
}

/* Cuts off and returns "Mathematics" of "Mathematics - Number Theory"; nothing
 * if there is no dash between two names. */
static struct slice
cut_archive(struct slice *name)
{
	static const char dash[] = " - ";
	const char *at = memmem(name->p, name->n, dash, sizeof(dash) - 1);
	struct slice archive = {name->p, 0};
	size_t n = at != NULL ? (size_t)(at - name->p) + sizeof(dash) - 1 : 0;

	if (n == 0 || n == name->n)
		return archive;
	archive.n = (size_t)(at - name->p);
	name->p += n;
	name->n -= n;
	return archive;
}

const char *
category_named(struct slice name, size_t *row)
{
	struct slice class = name, archive = cut_archive(&class);

	while (name.n > 0 && *row < COUNT(known)) {
		size_t i = (*row)++;
		char first = known[i].name[0];

		/* Few rows have the same first letter. */
		if (first != *name.p && first != *class.p)
			continue;
		if (same_name(name, known[i].name) ||
		    (same_name(class, known[i].name) &&
			is_archive_of(archive, known[i].id)))
			return known[i].id;
	}
	return NULL;
}

/* As any class but those of physics, which are words. */
static bool
may_be_new(const char *name)
{
	struct slice archive = {name, strcspn(name, ".")};

	return strlen(name) == archive.n + 3 && category_is_known(archive);
}

const char *
category_guess(const char *name)
{
	struct guess g = GUESS_INIT(name);

	if (may_be_new(name) || category_is_known(slice_of(name)))
		return NULL;
	for (size_t i = 0; i < COUNT(known); i++)
		guess_consider(&g, slice_of(known[i].id));
	return g.word.n > 0 ? g.word.p : NULL;
}
