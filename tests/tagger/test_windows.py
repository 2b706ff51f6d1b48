"""The windows that cover an article."""

from hypothesis import given
from hypothesis import strategies as st

from khabar.tagger.pieces import BEGIN, END
from khabar.tagger.windows import MOST, windows

words = st.lists(st.integers(1, 24).map(lambda n: tuple(range(4, 4 + n))), max_size=120)


@given(st.lists(words, max_size=12))
def test_windows_cover_every_word_once_and_fit(sentences: list[list[tuple[int, ...]]]) -> None:
    flat = [word for sentence in sentences for word in sentence]
    at = 0
    for w in windows(sentences):
        assert w.first == at
        assert w.after > w.first
        assert len(w.ids) <= MOST
        assert (w.ids[0], w.ids[-1]) == (BEGIN, END)
        assert [i for word in flat[w.first : w.after] for i in word] == w.ids[1:-1]
        assert [w.ids[f] for f in w.firsts] == [word[0] for word in flat[w.first : w.after]]
        at = w.after
    assert at == len(flat)


def test_windows_break_between_sentences_and_are_of_like_size() -> None:
    sentence = [(4, 5)] * 20  # 40 pieces
    got = [w.after - w.first for w in windows([sentence] * 15)]
    assert sum(got) == 300
    assert all(n % 20 == 0 for n in got)
    assert max(got) - min(got) <= 20


def test_a_sentence_longer_than_a_window_is_cut() -> None:
    assert len(list(windows([[(4,)] * 1000]))) == 3
