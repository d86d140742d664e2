# SPDX-License-Identifier: ISC
"""The local judges as a Python script would have them: scikit-learn's tf-idf
of words and pairs, and a linear support vector machine.

usage: screen_sklearn.py train MODEL LABELLED
       screen_sklearn.py screen MODEL PAPERS    >SCREENED
       screen_sklearn.py topics TOPICS PAPERS   >RANKED"""
import json
import pickle
import sys

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import make_pipeline
from sklearn.svm import LinearSVC

what, argument, path = sys.argv[1:]
with open(path, encoding="utf-8") as f:
    papers = [json.loads(line) for line in f]
texts = [p["title"] + " " + p["abstract"] for p in papers]
words = TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2), min_df=2,
                        stop_words="english")

if what == "train":
    model = make_pipeline(words, LinearSVC(C=0.1, class_weight="balanced"))
    model.fit(texts, [p["score"]["relevance"] >= 8 and p["score"]["novelty"] >= 7
                      for p in papers])
    with open(argument, "wb") as f:
        pickle.dump(model, f)
    sys.exit()
if what == "screen":
    with open(argument, "rb") as f:
        found = pickle.load(f).decision_function(texts)
else:
    with open(argument, encoding="utf-8") as f:
        topics = f.read()
    found = (words.fit_transform(texts) @ words.transform([topics]).T).toarray()[:, 0]
for paper, p in zip(papers, found):
    print(json.dumps(dict(paper, screen=float(p))))
