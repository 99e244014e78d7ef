"""Forty data sets as people bring them, from seeds; everyday.py adds what scikit-learn makes of them."""
import zlib

import numpy as np

SETS = {}


def everyday(n=20, d=2, classes=2, flipped=0.15):
    """Registers a set: a function of latent normal numbers z [n, d], and of the generator, that gives X [n, features]."""

    def register(make):
        name = make.__name__.replace("_", " ")
        rng = np.random.default_rng(zlib.crc32(name.encode()))
        z = rng.standard_normal((n, d))
        X = np.asarray(make(z, rng), dtype=float)
        slope = np.linspace(1, -0.6, d)
        share = (np.argsort(np.argsort(z @ slope)) + 0.5) / n
        labels = np.minimum((share * classes).astype(int), classes - 1)
        wrong = rng.random(n) < flipped
        labels = np.where(wrong, (labels + 1) % classes, labels)
        if make.__name__ == "imbalanced_classes":
            labels = (share > 0.85).astype(int)
            labels[0] = 1 - labels[0]
        target = np.round(50 + 10 * (z @ slope) + 3 * rng.standard_normal(n), 2)
        SETS[name] = {"X": X, "labels": labels, "target": target}
        return make

    return register


def columns(*each):
    return np.stack(each, axis=1)


@everyday()
def timestamps(z, rng):
    start = 1_700_000_000_000  # ms since 1970
    return columns(start + 60_000 * np.round(30 * z[:, 0]), np.round(40 + 9 * z[:, 1]))


@everyday(d=1)
def timestamps_alone(z, rng):
    return columns(1_600_000_000_000 + 60_000 * np.round(50 * z[:, 0]))


@everyday(d=2)
def money(z, rng):
    return np.round(np.exp(3 + 0.8 * z), 2)


@everyday()
def coordinates(z, rng):
    # about five metres apart
    return columns(52.5200066 + np.round(5e-5 * z[:, 0], 7), 13.404954 + np.round(8e-5 * z[:, 1], 7)).round(7)


@everyday(d=4)
def pixel_counts(z, rng):
    return np.clip(np.round(128 + 60 * z), 0, 255)


@everyday()
def ages_beside_incomes(z, rng):
    return columns(np.round(42 + 12 * z[:, 0]), 100 * np.round(380 + 150 * z[:, 1]))


@everyday(n=24, d=3)
def one_hot_columns(z, rng):
    return np.concatenate([np.eye(3)[np.argmax(z, axis=1)], np.round(z[:, :1], 2)], axis=1)


@everyday()
def heavy_tails(z, rng):
    return np.round(np.sign(z) * np.exp(1.5 * np.abs(z)) ** 1.6, 3)


@everyday(n=10)
def exact_duplicates(z, rng):
    return np.round(z, 2)[np.arange(10) // 2]


@everyday(d=3)
def nearly_collinear(z, rng):
    return columns(np.round(z[:, 0], 4), np.round(z[:, 0] + 0.003 * z[:, 1], 4), np.round(z[:, 2], 2))


@everyday()
def one_price_with_six_extra_zeros(z, rng):
    X = np.round(20 + 5 * z, 2)
    X[3, 0] *= 1e6
    return X


@everyday()
def identifiers(z, rng):
    return columns(9_007_199_254_000 + np.round(300 * z[:, 0]), np.round(6 + 2 * z[:, 1]))


@everyday()
def years_beside_salaries(z, rng):
    return columns(np.round(2008 + 8 * z[:, 0]), 50 * np.round(1000 + 300 * z[:, 1]))


@everyday(d=3)
def sensor_readings_with_an_offset(z, rng):
    return np.round(np.array([101_325, 8_388_608, 65_536]) + np.array([0.4, 3, 0.02]) * z, 3)


@everyday()
def log_normal(z, rng):
    return np.round(np.exp(2 * z), 4)


@everyday(d=4, classes=3)
def word_counts(z, rng):
    return rng.poisson(np.exp(1 + 0.7 * z)).astype(float)


@everyday()
def percentages_beside_millions(z, rng):
    return columns(np.round(50 + 15 * z[:, 0], 1), 1e4 * np.round(700 + 120 * z[:, 1]))


@everyday()
def farads(z, rng):
    return np.array([float(f"{v:.3g}") for v in (1e-12 * np.exp(1 + 0.5 * z)).ravel()]).reshape(z.shape)


@everyday()
def huge_units(z, rng):
    return np.array([float(f"{v:.4g}") for v in (1e20 * (3 + z)).ravel()]).reshape(z.shape)


@everyday(n=30, d=2, flipped=0.0)
def imbalanced_classes(z, rng):
    return np.round(z, 3)


@everyday(n=24, classes=3)
def three_classes(z, rng):
    return np.round(2 * z, 2)


@everyday(n=36, d=3, classes=6, flipped=0.1)
def six_classes(z, rng):
    return np.round(10 + 4 * z, 2)


@everyday(n=8, d=12)
def fewer_samples_than_features(z, rng):
    return np.round(z, 2)


@everyday(d=1, classes=3)
def one_feature(z, rng):
    return np.round(5 * z, 1)


@everyday(n=24, d=4)
def binary_features(z, rng):
    return (z > 0.1).astype(float)


@everyday(d=2)
def constant_columns(z, rng):
    return columns(np.full(len(z), 7.1), np.round(z[:, 0], 2), np.zeros(len(z)), np.round(3 * z[:, 1], 2))


@everyday(d=3)
def integers_only(z, rng):
    return np.round(20 * z)


@everyday()
def negative_only(z, rng):
    return np.round(-np.exp(4 + 0.4 * z), 1)


@everyday(d=5, classes=3)
def a_mix(z, rng):
    return columns(
        1_650_000_000_000 + 60_000 * np.round(90 * z[:, 0]),
        np.round(np.exp(2 + z[:, 1]), 2),
        (z[:, 2] > 0).astype(float),
        np.round(-40 + 3 * z[:, 3], 1),
        np.round(1e-6 * np.exp(z[:, 4]), 9),
    )


@everyday(d=2)
def kelvins(z, rng):
    return np.round(293.15 + 1.2 * z, 2)


@everyday(d=2)
def wavelengths_in_metres(z, rng):
    return np.round(5.5e-7 + 6e-8 * z, 10)


@everyday()
def postal_codes(z, rng):
    return columns(np.round(10_115 + 800 * z[:, 0]), np.round(3 + z[:, 1]))


@everyday(d=3)
def places_and_heights(z, rng):
    return columns(
        np.round(47.3769 + 2e-4 * z[:, 0], 6), np.round(8.5417 + 3e-4 * z[:, 1], 6), np.round(408 + 20 * z[:, 2], 1)
    )


@everyday(n=24, d=3)
def ratings(z, rng):
    return np.clip(np.round(3 + z), 1, 5)


@everyday()
def bytes_of_files(z, rng):
    return np.round(10 ** (5 + 1.3 * z))


@everyday()
def rare_shares(z, rng):
    return np.array([float(f"{v:.3g}") for v in (1e-6 * np.exp(0.8 * z)).ravel()]).reshape(z.shape)


@everyday()
def exchange_rates(z, rng):
    return np.round(1.0842 + 3e-4 * z, 5)


@everyday(classes=3)
def seconds_and_weekdays(z, rng):
    return columns(np.round(43_200 + 9000 * z[:, 0]), np.clip(np.round(3 + 2 * z[:, 1]), 0, 6))


@everyday(d=3)
def standard_scores(z, rng):
    return np.round(z, 3)


@everyday(d=4, classes=3)
def blood_values(z, rng):
    return np.round(np.array([14, 4.8, 250, 0.9]) + np.array([1.5, 0.5, 60, 0.2]) * z, 2)
